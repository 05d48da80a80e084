package dev.earshot.bench;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.earshot.segment.domain.Event;
import dev.earshot.segment.domain.Hypothesis;
import dev.earshot.segment.domain.MeetingState;
import dev.earshot.segment.domain.SegmentFold;
import dev.earshot.segment.domain.SegmentRules;
import dev.earshot.segment.domain.Span;
import dev.earshot.segment.domain.Word;
import dev.earshot.segment.streams.MeetingStateSerde;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The state of a meeting in which a final of ten words waits, to bytes and back. {@link #writeJson} and {@link #readJson} are
 * the baseline: Jackson, by reflection.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // Filled by JMH before each trial.
public class MeetingStateBenchmark {

    private static final int WORDS = 10;
    private static final String TOPIC = "changelog";

    private final Serializer<MeetingState> serializer = new MeetingStateSerde().serializer();
    private final Deserializer<MeetingState> deserializer = new MeetingStateSerde().deserializer();
    private final ObjectWriter jsonWriter = json().writerFor(MeetingState.class);
    private final ObjectReader jsonReader = json().readerFor(MeetingState.class);
    private MeetingState state;
    private byte[] bytes;
    private byte[] jsonBytes;

    @Setup
    public void fold() throws IOException {
        var heard = new Event.Heard(Instant.now(), hypothesis());
        state = new SegmentFold(SegmentRules.DEFAULTS)
                .step(MeetingState.NEW, heard)
                .next();
        bytes = serializer.serialize(TOPIC, state);
        jsonBytes = jsonWriter.writeValueAsBytes(state);
    }

    private static Hypothesis hypothesis() {
        List<Word> words = IntStream.range(0, WORDS)
                .mapToObj(i -> new Word("word" + i, 300L * i, 300L * i + 250, 0.9f))
                .toList();
        return new Hypothesis(
                "s",
                "s:t0",
                "s:t0:0",
                1,
                true,
                new Span(0, 48_000),
                "word0 word1 word2 word3 word4 word5 word6 word7 word8 word9",
                words,
                WORDS,
                "en",
                new Hypothesis.Provenance("bench", "00", 0, 0L, 0L),
                new Hypothesis.CaptureTimes(null, null, Instant.now(), 0));
    }

    private static JsonMapper json() {
        return JsonMapper.builder()
                .addModule(new JavaTimeModule())
                .visibility(PropertyAccessor.ALL, Visibility.NONE)
                .visibility(PropertyAccessor.FIELD, Visibility.ANY)
                .visibility(PropertyAccessor.CREATOR, Visibility.ANY)
                .build();
    }

    @Benchmark
    public byte[] write() {
        return serializer.serialize(TOPIC, state);
    }

    @Benchmark
    public MeetingState read() {
        return deserializer.deserialize(TOPIC, bytes);
    }

    @Benchmark
    public byte[] writeJson() throws IOException {
        return jsonWriter.writeValueAsBytes(state);
    }

    @Benchmark
    public MeetingState readJson() throws IOException {
        return jsonReader.readValue(jsonBytes);
    }
}
