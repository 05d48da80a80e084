package dev.earshot.schema;

import dev.earshot.schema.avro.AudioChunk;
import org.apache.avro.util.ClassSecurityValidator;

/**
 * Lets Avro build our generated records.
 *
 * <p>Avro 1.12.2 instantiates only classes it was told to trust. Whoever reads or writes records calls {@link #trust} once,
 * before the first reader or writer is made; calling it again changes nothing.
 */
public final class Records {

    private static final String PACKAGE = AudioChunk.class.getPackageName();

    static {
        ClassSecurityValidator.setGlobal(
                ClassSecurityValidator.composite(ClassSecurityValidator.getGlobal(), type -> type.getPackageName()
                        .equals(PACKAGE)));
    }

    private Records() {}

    /** Makes sure that the generated records are trusted. Thread-safe. */
    public static void trust() {
        // The static initialiser has done it.
    }
}
