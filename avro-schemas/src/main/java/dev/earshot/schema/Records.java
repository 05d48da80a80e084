package dev.earshot.schema;

import dev.earshot.schema.avro.AudioChunk;
import org.apache.avro.SystemLimitException;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.generic.GenericData;
import org.apache.avro.util.ClassSecurityValidator;

/**
 * Lets Avro build our generated records, and keeps it from believing any length that it reads.
 *
 * <p>Avro 1.12.2 instantiates only classes it was told to trust. Whoever reads or writes records calls {@link #trust} once,
 * before the first reader or writer is made; calling it again changes nothing.
 */
public final class Records {

    private static final String PACKAGE = AudioChunk.class.getPackageName();

    /** No broker of ours takes a record a tenth as large; without a limit five bad bytes make Avro allocate gigabytes. */
    private static final String MAX_LENGTH = Integer.toString(16 * 1024 * 1024);

    static {
        limit(SystemLimitException.MAX_BYTES_LENGTH_PROPERTY);
        limit(SystemLimitException.MAX_STRING_LENGTH_PROPERTY);
        ClassSecurityValidator.setGlobal(
                ClassSecurityValidator.composite(ClassSecurityValidator.getGlobal(), type -> type.getPackageName()
                        .equals(PACKAGE)));
        // The lists of a decoded record compare themselves by the generic model, which must then know our timestamps.
        GenericData.get().addLogicalTypeConversion(new TimeConversions.TimestampMicrosConversion());
    }

    private Records() {}

    private static void limit(String property) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, MAX_LENGTH);
        }
    }

    /** Makes sure that the generated records are trusted. Thread-safe. */
    public static void trust() {
        // The static initialiser has done it.
    }
}
