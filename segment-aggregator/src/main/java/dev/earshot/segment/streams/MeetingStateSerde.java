package dev.earshot.segment.streams;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.dataformat.smile.databind.SmileMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.earshot.segment.domain.MeetingState;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * The state of a meeting as Smile, JSON's binary form: the components of its records by name, so that a version that knows
 * more or fewer of them still reads what another wrote. Half as large as JSON, and the store's history with it.
 */
final class MeetingStateSerde implements Serde<MeetingState> {

    private static final SmileMapper SMILE = SmileMapper.builder()
            .addModule(new JavaTimeModule())
            .visibility(PropertyAccessor.ALL, Visibility.NONE)
            .visibility(PropertyAccessor.FIELD, Visibility.ANY)
            .visibility(PropertyAccessor.CREATOR, Visibility.ANY)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    private static final ObjectWriter WRITER = SMILE.writerFor(MeetingState.class);
    private static final ObjectReader READER = SMILE.readerFor(MeetingState.class);

    @Override
    public Serializer<MeetingState> serializer() {
        return (topic, state) -> write(state);
    }

    @Override
    public Deserializer<MeetingState> deserializer() {
        return (topic, bytes) -> read(bytes);
    }

    private static byte @Nullable [] write(@Nullable MeetingState state) {
        try {
            return state == null ? null : WRITER.writeValueAsBytes(state);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable MeetingState read(byte @Nullable [] bytes) {
        try {
            return bytes == null ? null : READER.readValue(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
