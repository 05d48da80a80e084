package dev.earshot.standalone;

import org.jspecify.annotations.Nullable;

/**
 * Addresses of outside servers; what is null is embedded.
 *
 * @param kafka {@code host:port[,host:port]}
 * @param registry URL of a registry with the Confluent REST API
 * @param postgres {@code postgresql://user:password@host:port/database}
 * @param redis {@code redis://host:port/0}
 */
public record ServerAddresses(
        @Nullable String kafka, @Nullable String registry, @Nullable String postgres, @Nullable String redis) {

    /** Everything embedded. */
    public static final ServerAddresses NONE = new ServerAddresses(null, null, null, null);

    boolean complete() {
        return kafka != null && registry != null && postgres != null && redis != null;
    }

    @Override
    public String toString() {
        // URLs may hold passwords.
        return "ServerAddresses[kafka=" + kafka + "]";
    }
}
