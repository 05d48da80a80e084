package dev.earshot.standalone;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What one process with everything in it needs to know. What each service needs besides, it takes from its own options and
 * environment.
 *
 * @param dataDir folder in which data is kept; null for data that is thrown away on close
 * @param servers outside servers, in place of embedded ones
 * @param ports where the services listen
 * @param adminToken what administrators must show
 * @param demoPlatform whether bots may be sent to meeting pages on this machine, and be mocks
 */
public record StandaloneConfig(
        @Nullable Path dataDir, ServerAddresses servers, ServicePorts ports, String adminToken, boolean demoPlatform) {

    @Override
    public String toString() {
        // The token is a secret.
        return "StandaloneConfig[dataDir=" + dataDir + ", ports=" + ports + "]";
    }
}
