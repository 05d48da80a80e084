package dev.earshot.segment.streams;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.smile.SmileConstants;
import com.fasterxml.jackson.dataformat.smile.databind.SmileMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.earshot.segment.domain.MeetingState;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The state of a meeting as Smile, JSON's binary form, which stores of earlier versions hold. It is read, never written. */
final class SmileState {

    private static final ObjectReader READER = SmileMapper.builder()
            .addModule(new JavaTimeModule())
            .visibility(PropertyAccessor.ALL, Visibility.NONE)
            .visibility(PropertyAccessor.FIELD, Visibility.ANY)
            .visibility(PropertyAccessor.CREATOR, Visibility.ANY)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build()
            .readerFor(MeetingState.class);

    private SmileState() {}

    /** Whether the first byte is that of Smile's header; no form of {@link MeetingStateSerde} begins so. */
    static boolean is(byte[] bytes) {
        return bytes.length > 0 && bytes[0] == SmileConstants.HEADER_BYTE_1;
    }

    static MeetingState read(byte[] bytes) {
        try {
            return READER.readValue(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
