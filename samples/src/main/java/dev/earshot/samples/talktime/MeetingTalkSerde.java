package dev.earshot.samples.talktime;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** Figures as JSON in the program's own store. */
final class MeetingTalkSerde implements Serde<MeetingTalk> {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public Serializer<MeetingTalk> serializer() {
        return (topic, talk) -> write(talk);
    }

    @Override
    public Deserializer<MeetingTalk> deserializer() {
        return (topic, bytes) -> read(bytes);
    }

    private static byte @Nullable [] write(@Nullable MeetingTalk talk) {
        try {
            return talk == null ? null : JSON.writeValueAsBytes(talk);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable MeetingTalk read(byte @Nullable [] bytes) {
        try {
            return bytes == null ? null : JSON.readValue(bytes, MeetingTalk.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
