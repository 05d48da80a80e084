package dev.earshot.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.earshot.api.ApiRules;
import dev.earshot.api.IngressApi;
import dev.earshot.api.IngressApiConfig;
import dev.earshot.asr.AsrConfig;
import dev.earshot.asr.AsrWorkers;
import dev.earshot.asr.port.AsrEvents;
import dev.earshot.audio.AudioPublisher;
import dev.earshot.audio.AudioSession;
import dev.earshot.audio.domain.DecodingOptions;
import dev.earshot.audio.file.AudioFile;
import dev.earshot.eventlog.EventLog;
import dev.earshot.eventlog.EventLogConfig;
import dev.earshot.localstack.LocalStack;
import dev.earshot.localstack.LocalStackConfig;
import dev.earshot.schema.Topics;
import dev.earshot.segment.SegmentAggregator;
import dev.earshot.segment.SegmentAggregatorConfig;
import dev.earshot.segment.domain.SegmentRules;
import dev.earshot.segment.postgres.DatabaseUrl;
import dev.earshot.segment.streams.SegmentStream;
import dev.earshot.standalone.audit.Audit;
import dev.earshot.standalone.audit.Auditor;
import dev.earshot.standalone.audit.MeetingAudit;
import dev.earshot.standalone.client.Accounts;
import dev.earshot.standalone.client.ApiClient;
import dev.earshot.standalone.client.ApiException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers go and a worker dies while people speak: the checker that reads topics, Postgres and the API finds nothing wrong. */
class FaultsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String ADMIN_TOKEN = "admin-of-this-test";
    private static final int SPEAKERS = 4;

    @TempDir
    private Path folder;

    private final List<AutoCloseable> started = new ArrayList<>();
    private LocalStack stack;
    private EventLog log;
    private ApiClient api;

    @BeforeEach
    void start() {
        stack = keep(LocalStack.start(LocalStackConfig.ephemeral()));
        log = keep(EventLog.open(
                EventLogConfig.of(stack.bootstrapServers(), stack.schemaRegistryUrl(), "faults"), Topics.defaults()));
        log.createTopics();
        var stream =
                new SegmentStream.Settings(folder.resolve("state"), 1, Duration.ofMillis(30), Duration.ofMillis(200));
        keep(SegmentAggregator.launch(
                new SegmentAggregatorConfig(
                        SegmentRules.DEFAULTS,
                        stream,
                        DatabaseUrl.parse(stack.databaseUrl()),
                        stack.redisUrl(),
                        Duration.ofSeconds(30)),
                log));
        IngressApi server = keep(IngressApi.launch(
                new IngressApiConfig(
                        "127.0.0.1",
                        0,
                        0,
                        stack.databaseUrl(),
                        stack.redisUrl(),
                        ADMIN_TOKEN,
                        new ApiRules(
                                false,
                                false,
                                false,
                                Duration.ofHours(6),
                                Duration.ofHours(6),
                                Duration.ofHours(6),
                                0,
                                0,
                                0)),
                log));
        api = user(server);
    }

    private <T extends AutoCloseable> T keep(T part) {
        started.add(0, part);
        return part;
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable part : started) {
            part.close();
        }
    }

    private static ApiClient user(IngressApi server) {
        var accounts = new Accounts(URI.create("http://127.0.0.1:" + server.adminPort()), ADMIN_TOKEN);
        String key = accounts.user("someone@example.org", SPEAKERS).apiKey();
        return ApiClient.forUser(URI.create("http://127.0.0.1:" + server.port()), key);
    }

    @Test
    void nothingIsLostOrTwice_whenPostgresIsAwayAndRedisForgets() throws Exception {
        keep(AsrWorkers.launch(AsrConfig.defaults(), log, AsrEvents.NOOP));
        List<Speaker> speakers = speakers();

        speakFirstHalves(speakers);
        stack.postgres().stop();
        stack.redis().restart();
        speakSecondHalves(speakers);
        stack.postgres().start();

        assertNothingIsWrong(speakers);
    }

    @Test
    void nothingIsLostOrTwice_whenAWorkerIsKilledInMidSentence() throws Exception {
        List<Speaker> speakers = speakers();
        var servers = Map.of(
                "KAFKA_BOOTSTRAP_SERVERS", stack.bootstrapServers(), "SCHEMA_REGISTRY_URL", stack.schemaRegistryUrl());
        try (EarshotProcess worker = EarshotProcess.start(folder, servers, "run", "asr-workers")) {
            speakFirstHalves(speakers);
            keep(AsrWorkers.launch(AsrConfig.defaults(), log, AsrEvents.NOOP));
            worker.kill();
        }
        speakSecondHalves(speakers);

        assertNothingIsWrong(speakers);
    }

    /** Somebody in a meeting of their own, with one turn of the demo to say. */
    private record Speaker(long meetingId, AudioSession session, short[] turn) {

        void say(int from, int to) throws InterruptedException {
            short[] part = new short[to - from];
            System.arraycopy(turn, from, part, 0, part.length);
            session.write(part);
        }

        int half() {
            return turn.length / 2;
        }
    }

    private List<Speaker> speakers() throws Exception {
        var publisher = AudioPublisher.on(log);
        var speakers = new ArrayList<Speaker>();
        for (int i = 0; i < SPEAKERS; i++) {
            long id = api.post(
                            "/bots",
                            Map.of("platform", "google_meet", "native_meeting_id", "abc-defg-hi" + (char) ('a' + i)))
                    .path("id")
                    .asLong();
            var session = AudioSession.start(log, publisher, Long.toString(id), "Speaker " + i, DecodingOptions.NONE);
            speakers.add(new Speaker(id, session, samples(Speech.turn(i))));
        }
        return speakers;
    }

    private static short[] samples(Speech speech) throws Exception {
        var pieces = new ArrayList<short[]>();
        try (AudioFile wav = AudioFile.open(speech.open(), speech.resource())) {
            for (short[] piece = wav.next(); piece != null; piece = wav.next()) {
                pieces.add(piece);
            }
        }
        short[] whole =
                new short[pieces.stream().mapToInt(piece -> piece.length).sum()];
        int at = 0;
        for (short[] piece : pieces) {
            System.arraycopy(piece, 0, whole, at, piece.length);
            at += piece.length;
        }
        return whole;
    }

    /** Everybody stops in the middle of a sentence, and text of it is shown. */
    private void speakFirstHalves(List<Speaker> speakers) throws InterruptedException {
        for (Speaker speaker : speakers) {
            speaker.say(0, speaker.half());
        }
        await("everybody is heard")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> IntStream.range(0, SPEAKERS)
                        .allMatch(i -> api.get("/transcripts/google_meet/abc-defg-hi" + (char) ('a' + i))
                                        .path("segments")
                                        .size()
                                > 0));
    }

    private static void speakSecondHalves(List<Speaker> speakers) throws Exception {
        for (Speaker speaker : speakers) {
            speaker.say(speaker.half(), speaker.turn().length);
            speaker.session().end();
        }
    }

    private void assertNothingIsWrong(List<Speaker> speakers) {
        var auditor = new Auditor(log, stack.databaseUrl(), api);
        List<Long> ids = speakers.stream().map(Speaker::meetingId).toList();
        await("every transcript is complete")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .ignoreExceptions()
                .until(() -> auditor.areComplete(ids, SPEAKERS));
        Audit audit = await("the API has found its database again")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .ignoreException(ApiException.class)
                .until(() -> auditor.audit(ids), audited -> true);
        assertThat(audit.violations()).as(audit.text()).isEmpty();
        assertThat(audit.lostSeconds()).isZero();
        assertThat(audit.meetings()).allSatisfy(meeting -> assertThat(meeting.segments())
                .as("meeting %d", meeting.meetingId())
                .isNotEmpty());
        assertThat(audit.meetings()).extracting(MeetingAudit::duplicates).containsOnly(0);
    }
}
