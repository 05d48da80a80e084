package dev.earshot.bench;

import dev.earshot.eventlog.AvroSerde;
import dev.earshot.eventlog.EventLog;
import dev.earshot.eventlog.EventLogConfig;
import dev.earshot.localstack.LocalStack;
import dev.earshot.localstack.LocalStackConfig;
import dev.earshot.schema.Topics;
import dev.earshot.schema.avro.AsrHypothesis;
import dev.earshot.schema.avro.HypothesisKind;
import dev.earshot.schema.avro.Word;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/**
 * A hypothesis of ten words to bytes and back, against a real registry. {@link #bareEncode} is the baseline: Avro alone,
 * without wire format, schema lookup or a copy of the bytes.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // Filled by JMH before each trial.
public class SerdeBenchmark {

    private static final int WORDS = 10;

    private LocalStack stack;
    private EventLog log;
    private AvroSerde<AsrHypothesis> serde;
    private String topic;
    private AsrHypothesis hypothesis;
    private byte[] bytes;
    private SpecificDatumWriter<AsrHypothesis> bareWriter;
    private BinaryEncoder bareEncoder;
    private ByteArrayOutputStream bareBytes;

    @Setup
    public void start() {
        LocalStackConfig whole = LocalStackConfig.ephemeral();
        stack = LocalStack.start(new LocalStackConfig(whole.dataDir(), false, whole.ports(), true, false, false, true));
        log = EventLog.open(
                EventLogConfig.of(stack.bootstrapServers(), stack.schemaRegistryUrl(), "bench"), Topics.defaults());
        topic = log.topics().hypotheses().name();
        serde = log.serde(AsrHypothesis.class);
        hypothesis = hypothesis();
        bytes = Objects.requireNonNull(serde.serialize(topic, hypothesis));
        bareWriter = new SpecificDatumWriter<>(AsrHypothesis.class);
        bareBytes = new ByteArrayOutputStream(4096);
        bareEncoder = EncoderFactory.get().directBinaryEncoder(bareBytes, null);
    }

    @TearDown
    public void stop() {
        log.close();
        stack.close();
    }

    private static AsrHypothesis hypothesis() {
        List<Word> words = IntStream.range(0, WORDS)
                .mapToObj(i -> new Word("word" + i, 300L * i, 300L * i + 250, 0.9f))
                .toList();
        return AsrHypothesis.newBuilder()
                .setMeetingId("42")
                .setSessionUid("0b0f4a52-7d0c-4a3e-9a55-6c1d3a4c8a11")
                .setTrackId("0b0f4a52-7d0c-4a3e-9a55-6c1d3a4c8a11:t0")
                .setKind(HypothesisKind.PARTIAL)
                .setUtteranceId("0b0f4a52-7d0c-4a3e-9a55-6c1d3a4c8a11:t0:1200")
                .setRevision(3)
                .setStartSample(19_200)
                .setEndSample(64_000)
                .setText("word0 word1 word2 word3 word4 word5 word6 word7 word8 word9")
                .setWords(words)
                .setStablePrefixWords(7)
                .setLanguage("en")
                .build();
    }

    @Benchmark
    public void encode(Blackhole hole) {
        hole.consume(serde.serialize(topic, hypothesis));
    }

    @Benchmark
    public void decode(Blackhole hole) {
        hole.consume(serde.deserialize(topic, bytes));
    }

    @Benchmark
    public int bareEncode() throws IOException {
        bareBytes.reset();
        bareWriter.write(hypothesis, bareEncoder);
        return bareBytes.size();
    }
}
