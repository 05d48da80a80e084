package dev.earshot.segment.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.earshot.schema.avro.TranscriptKind;
import dev.earshot.schema.avro.TranscriptSegment;
import dev.earshot.schema.avro.Word;
import dev.earshot.segment.RecordingAggregatorEvents;
import dev.earshot.segment.Servers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

class PostgresSinkIT {

    private final String meeting = Servers.newMeeting();
    private final RecordingAggregatorEvents events = new RecordingAggregatorEvents();
    private PostgresSink sink;

    @BeforeEach
    void launch() {
        sink = PostgresSink.launch(Servers.database(), Servers.PATIENCE, Servers.log(), events);
    }

    @AfterEach
    void close() {
        sink.close();
    }

    @Test
    void writesEveryColumn() {
        publish(entry(1, "s:t0:0", 3, "one two"));

        await().atMost(Servers.PATIENCE)
                .until(() -> Servers.rows(meeting, "text").size() == 1);
        assertThat(Servers.query("select row_to_json(s) from (select meeting_id::text, segment_id, seq, kind, revision,"
                        + " session_uid, track_id, participant_id, speaker, start_ms, end_ms,"
                        + " session_started_at at time zone 'UTC' as started, text, words, language, model_name, model_hash,"
                        + " audio_partition, audio_first_offset, audio_last_offset, start_sample, end_sample, status, reason,"
                        + " captured_ms, end_captured_at at time zone 'UTC' as spoken, ready_at at time zone 'UTC' as ready,"
                        + " confirmed_at at time zone 'UTC' as confirmed"
                        + " from transcript.segment where meeting_id = " + meeting + ") s"))
                .containsExactly(
                        "{\"meeting_id\":\"" + meeting + "\",\"segment_id\":\"s:t0:0\",\"seq\":1,\"kind\":\"SEGMENT\","
                                + "\"revision\":3,\"session_uid\":\"s\",\"track_id\":\"s:t0\",\"participant_id\":null,"
                                + "\"speaker\":\"Ada\",\"start_ms\":0,\"end_ms\":900,\"started\":\"2026-01-01T12:00:00.000001\","
                                + "\"text\":\"one two\",\"words\":[{\"text\": \"one\", \"end_ms\": 400, \"start_ms\": 0,"
                                + " \"confidence\": 0.5}, {\"text\": \"two\", \"end_ms\": 900, \"start_ms\": 400}],"
                                + "\"language\":\"en\",\"model_name\":\"m\",\"model_hash\":\"00\",\"audio_partition\":2,"
                                + "\"audio_first_offset\":7,\"audio_last_offset\":9,\"start_sample\":0,\"end_sample\":14400,"
                                + "\"status\":null,\"reason\":null,\"captured_ms\":null,"
                                + "\"spoken\":\"2026-01-01T12:00:00.9\",\"ready\":\"2026-01-01T12:00:01.4\","
                                + "\"confirmed\":\"2026-01-01T12:00:03\"}");
    }

    @Test
    void writesNothing_whenTheTranscriptWasDeleted() {
        Servers.query("insert into transcript.deleted (meeting_id) values (" + meeting + ") returning meeting_id");
        publish(entry(1, "s:t0:0", 1, "one"));
        String other = Servers.newMeeting();
        publish(TranscriptSegment.newBuilder(entry(1, "s:t0:0", 1, "two"))
                .setMeetingId(other)
                .build());

        await().atMost(Servers.PATIENCE).until(() -> Servers.rows(other, "text").equals(List.of("two")));
        assertThat(Servers.rows(meeting, "text")).isEmpty();
    }

    @Test
    void newerRevisionWins_alsoWithinABatch() {
        publish(entry(1, "s:t0:0", 2, "two"), entry(1, "s:t0:0", 1, "one"), entry(1, "s:t0:0", 3, "three"));
        await().atMost(Servers.PATIENCE)
                .until(() -> Servers.rows(meeting, "text").equals(List.of("three")));

        publish(entry(1, "s:t0:0", 3, "other three"), entry(1, "s:t0:0", 2, "two"), entry(2, "s:t0:900", 1, "end"));

        await().atMost(Servers.PATIENCE)
                .until(() -> Servers.rows(meeting, "text").size() == 2);
        assertThat(Servers.rows(meeting, "text")).containsExactly("three", "end");
    }

    @Test
    void deadLettersWhatPostgresRefuses_andWritesItsNeighbours() {
        long lettersBefore = deadLetters();
        publish(entry(1, "s:t0:0", 1, "one"), entry(2, "s:t0:900", 1, "t\u0000wo"), entry(3, "s:t0:1800", 1, "three"));
        Servers.publish(
                Servers.log().topics().segments(),
                "no number",
                TranscriptSegment.newBuilder(entry(1, "s:t0:0", 1, "one"))
                        .setMeetingId("no number")
                        .build());
        publish(entry(4, "s:t0:2700", 1, "four"));

        await().atMost(Servers.PATIENCE)
                .until(() -> Servers.rows(meeting, "text").size() == 3);
        assertThat(Servers.rows(meeting, "text")).containsExactly("one", "three", "four");
        // Told when they are among the dead letters, a moment after anybody may see them there.
        await().atMost(Servers.PATIENCE).untilAsserted(() -> assertThat(events.lines())
                .filteredOn(line -> line.equals("refused POSTGRES"))
                .hasSize(2));
        assertThat(deadLetters()).isEqualTo(lettersBefore + 2);
    }

    @Test
    void losesNothing_whilePostgresIsAway() {
        publish(entry(1, "s:t0:0", 1, "before"));
        await().atMost(Servers.PATIENCE)
                .until(() -> Servers.rows(meeting, "text").size() == 1);

        Servers.stack().postgres().stop();
        for (int i = 2; i <= 200; i++) {
            publish(entry(i, "s:t0:" + i, 1, "while away " + i));
        }
        await().atMost(Servers.PATIENCE).until(() -> events.lines().contains("retried POSTGRES"));
        Servers.stack().postgres().start();

        await().atMost(Servers.PATIENCE)
                .ignoreExceptions()
                .until(() -> Servers.rows(meeting, "seq").size() == 200);
        assertThat(Servers.rows(meeting, "seq"))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 200).mapToObj(Long::toString).toList());
        assertThat(sink.isRunning()).isTrue();
    }

    @Test
    void goesOnWhereItEnded_afterRestart() {
        publish(entry(1, "s:t0:0", 1, "one"));
        await().atMost(Servers.PATIENCE)
                .until(() -> Servers.rows(meeting, "text").size() == 1);
        sink.close();
        publish(entry(2, "s:t0:900", 1, "two"));

        launch();

        await().atMost(Servers.PATIENCE)
                .until(() -> Servers.rows(meeting, "text").size() == 2);
    }

    @Test
    void saysWhatIsWrong_whenDatabaseCannotBeUsed() {
        DatabaseUrl right = Servers.database();
        Duration shortTime = Duration.ofMillis(500);

        assertThatExceptionOfType(DatabaseException.class)
                .isThrownBy(() -> TranscriptMigration.run(
                        new DatabaseUrl(right.host(), 1, right.database(), right.user(), "secret"), shortTime))
                .withMessageContaining("PostgreSQL not reachable at postgresql://")
                .withMessageContaining("DATABASE_URL")
                .withMessageNotContaining("secret");
        assertThatExceptionOfType(DatabaseException.class)
                .isThrownBy(() -> TranscriptMigration.run(
                        new DatabaseUrl(right.host(), right.port(), "nowhere", right.user(), right.password()),
                        shortTime))
                .withMessageContaining("has no database nowhere");
    }

    private void publish(TranscriptSegment... entries) {
        Flux.fromArray(entries)
                .concatMap(entry -> Servers.log()
                        .publisher(Servers.log().topics().segments())
                        .publish(meeting, entry))
                .blockLast(Servers.PATIENCE);
    }

    private TranscriptSegment entry(long seq, String id, int revision, String text) {
        return TranscriptSegment.newBuilder()
                .setMeetingId(meeting)
                .setSeq(seq)
                .setKind(TranscriptKind.SEGMENT)
                .setSessionUid("s")
                .setSegmentId(id)
                .setRevision(revision)
                .setTrackId("s:t0")
                .setSpeaker("Ada")
                .setStartMs(0)
                .setEndMs(900)
                .setSessionStartedAt(Instant.parse("2026-01-01T12:00:00.000001Z"))
                .setText(text)
                .setWords(List.of(new Word("one", 0L, 400L, 0.5f), new Word("two", 400L, 900L, null)))
                .setLanguage("en")
                .setModelName("m")
                .setModelHash("00")
                .setAudioPartition(2)
                .setAudioFirstOffset(7L)
                .setAudioLastOffset(9L)
                .setStartSample(0L)
                .setEndSample(14400L)
                .setEndCapturedAt(Instant.parse("2026-01-01T12:00:00.9Z"))
                .setReadyAt(Instant.parse("2026-01-01T12:00:01.4Z"))
                .setConfirmedAt(Instant.parse("2026-01-01T12:00:03Z"))
                .build();
    }

    private static long deadLetters() {
        var topic = Servers.log().topics().segments().deadLetterName();
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", Servers.stack().bootstrapServers()),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            return consumer.endOffsets(partitions).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }
    }
}
