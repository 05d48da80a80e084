package dev.earshot.localstack.registry;

import org.jspecify.annotations.Nullable;

/** One fact in the schema log; a later fact with the same key replaces it. */
sealed interface RegistryRecord {

    /** A version of a subject; {@code schema} is the canonical text, {@code id} is shared by equal texts. */
    record SchemaStored(String subject, int version, int id, String schema, boolean deleted)
            implements RegistryRecord {}

    /** A compatibility level; subject null means the global one, level null means "not set any more". */
    record LevelSet(@Nullable String subject, @Nullable Compatibility level) implements RegistryRecord {}
}
