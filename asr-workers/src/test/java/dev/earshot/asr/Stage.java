package dev.earshot.asr;

import dev.earshot.asr.domain.LanguageRules;
import dev.earshot.asr.domain.TrackRules;
import dev.earshot.asr.onnx.Computing;
import dev.earshot.asr.wire.OpusChunks;
import dev.earshot.eventlog.DeadLetterIndex;
import dev.earshot.eventlog.EventLog;
import dev.earshot.eventlog.EventLogConfig;
import dev.earshot.eventlog.Received;
import dev.earshot.eventlog.Subscription;
import dev.earshot.localstack.LocalStack;
import dev.earshot.schema.Topics;
import dev.earshot.schema.avro.AsrHypothesis;
import dev.earshot.schema.avro.AudioChunk;
import dev.earshot.schema.avro.AudioCodec;
import dev.earshot.schema.avro.HypothesisKind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

/** One session on a real broker: tracks go in, and every hypothesis about them is kept in order. */
final class Stage implements AutoCloseable {

    static final int CHUNK = 3200;

    /** What brokers take for one record, as local-stack and docker-compose.yml set them up. */
    static final int MOST_BYTES = 2 * 1024 * 1024;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    final String session = UUID.randomUUID().toString();
    final EventLog log;
    final List<AsrHypothesis> heard = new CopyOnWriteArrayList<>();
    private final Disposable listening;
    private final Instant start = Instant.now();

    Stage() {
        log = openLog(Map.of("max.request.size", String.valueOf(MOST_BYTES)));
        log.createTopics();
        listening = log.receive(log.topics().hypotheses(), Subscription.everything(Subscription.From.EARLIEST))
                .map(Received::value)
                .filter(hypothesis -> hypothesis.getSessionUid().equals(session))
                .subscribe(heard::add);
    }

    static EventLog openLog() {
        return openLog(Map.of());
    }

    private static EventLog openLog(Map<String, String> clientSettings) {
        LocalStack stack = LocalStack.shared();
        var config = new EventLogConfig(
                stack.bootstrapServers(),
                stack.schemaRegistryUrl(),
                "asr-workers-it",
                Duration.ofSeconds(10),
                EventLogConfig.BROKERS_DEFAULT,
                clientSettings);
        return EventLog.open(config, Topics.of(2, 2));
    }

    /** The built-in model on the CPU. */
    static AsrConfig config(TrackRules rules, int backlogMax) {
        return new AsrConfig(
                "builtin", Computing.onCpu(1), 8, Duration.ofMillis(20), rules, backlogMax, LanguageRules.ANY);
    }

    String track(int number) {
        return session + ":t" + number;
    }

    /** Chunks of 200 ms in Opus; the last one ends the track. */
    List<AudioChunk> opus(int track, short[] audio) {
        return chunks(track, audio, AudioCodec.OPUS);
    }

    List<AudioChunk> pcm(int track, short[] audio) {
        return chunks(track, audio, AudioCodec.PCM_S16LE);
    }

    private List<AudioChunk> chunks(int track, short[] audio, AudioCodec codec) {
        var chunks = new ArrayList<AudioChunk>();
        for (int from = 0; from < audio.length; from += CHUNK) {
            int count = Math.min(CHUNK, audio.length - from);
            chunks.add(AudioChunk.newBuilder()
                    .setMeetingId("42")
                    .setSessionUid(session)
                    .setTrackId(track(track))
                    .setSequence(chunks.size())
                    .setFirstSample(from)
                    .setSampleCount(count)
                    .setSampleRateHz(16_000)
                    .setCodec(codec)
                    .setPayload(
                            codec == AudioCodec.OPUS
                                    ? OpusChunks.encode(audio, from, count)
                                    : pcm(Arrays.copyOfRange(audio, from, from + count)))
                    .setCapturedAt(start.plusMillis(from / 16))
                    .setEndOfTrack(from + count == audio.length)
                    .build());
        }
        return chunks;
    }

    private static ByteBuffer pcm(short[] samples) {
        ByteBuffer bytes = ByteBuffer.allocate(samples.length * 2).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asShortBuffer().put(samples);
        return bytes;
    }

    /** Publishes tracks to partition 0, a chunk of each in turn. */
    @SafeVarargs
    final void publish(List<AudioChunk>... tracks) {
        int longest = Arrays.stream(tracks).mapToInt(List::size).max().orElse(0);
        var inTurn = new ArrayList<AudioChunk>();
        for (int i = 0; i < longest; i++) {
            for (List<AudioChunk> track : tracks) {
                if (i < track.size()) {
                    inTurn.add(track.get(i));
                }
            }
        }
        publishTo(0, inTurn);
    }

    void publishTo(int partition, List<AudioChunk> chunks) {
        var publisher = log.publisher(log.topics().audioChunks());
        Flux.fromIterable(chunks)
                .flatMapSequential(chunk -> publisher.publish(chunk.getTrackId(), chunk, partition), 100)
                .blockLast();
    }

    /** Chunks of a partition that the workers' group would read again. */
    long uncommitted(int number) throws Exception {
        var partition = new TopicPartition(log.topics().audioChunks().name(), number);
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", LocalStack.shared().bootstrapServers()))) {
            OffsetAndMetadata committed = admin.listConsumerGroupOffsets(AsrWorkers.GROUP)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .get(partition);
            long end = admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                    .partitionResult(partition)
                    .get()
                    .offset();
            return committed == null ? end : end - committed.offset();
        }
    }

    void await(Predicate<AsrHypothesis> arrival) {
        Awaitility.await().atMost(PATIENCE).until(() -> heard.stream().anyMatch(arrival));
    }

    void awaitEndOf(int... tracks) {
        for (int track : tracks) {
            await(hypothesis ->
                    hypothesis.getEndOfTrack() && hypothesis.getTrackId().equals(track(track)));
        }
    }

    List<AsrHypothesis> of(int track, HypothesisKind kind) {
        return heard.stream()
                .filter(h -> h.getTrackId().equals(track(track)) && h.getKind() == kind)
                .toList();
    }

    /** Finals of a track by start; said twice, the later one counts. */
    Map<Long, String> finals(int track) {
        var finals = new TreeMap<Long, String>();
        of(track, HypothesisKind.FINAL)
                .forEach(h -> finals.put(h.getStartSample(), h.getEndSample() + " " + h.getText()));
        return finals;
    }

    /** Why chunks of a track are among the dead letters. */
    List<String> buried(int track) {
        var audio = log.topics().audioChunks();
        var office = log.deadLetterOffice();
        var reasons = new ArrayList<String>();
        Set<Long> letters = office.index(audio).entries().stream()
                .map(DeadLetterIndex.Entry::letter)
                .collect(Collectors.toSet());
        office.read(audio, letters, letter -> {
            if (track(track).equals(letter.key())) {
                reasons.add(letter.errorMessage());
            }
        });
        return reasons;
    }

    String text(int track) {
        var texts = new TreeMap<Long, String>();
        of(track, HypothesisKind.FINAL).forEach(h -> texts.put(h.getStartSample(), h.getText()));
        return String.join(" ", texts.values());
    }

    /** Clips one after the other with pauses between them. */
    static short[] talk(int... clips) {
        List<SpeechClips.Clip> all = SpeechClips.all();
        short[] audio = new short[8000];
        for (int clip : clips) {
            short[] speech = all.get(clip).samples();
            int at = audio.length;
            audio = Arrays.copyOf(audio, at + speech.length + 14_000);
            System.arraycopy(speech, 0, audio, at, speech.length);
        }
        return audio;
    }

    static String said(int... clips) {
        List<SpeechClips.Clip> all = SpeechClips.all();
        return ""
                + String.join(
                        " ",
                        Arrays.stream(clips)
                                .mapToObj(clip -> all.get(clip).text())
                                .toList());
    }

    @Override
    public void close() {
        listening.dispose();
        log.close();
    }
}
