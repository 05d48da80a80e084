package dev.earshot.bot;

import dev.earshot.audio.AudioPublisher;
import dev.earshot.audio.TrackInfo;
import dev.earshot.audio.TrackWriter;
import dev.earshot.audio.domain.AudioTime;
import dev.earshot.bot.domain.BotOrder;
import dev.earshot.bot.domain.Person;
import dev.earshot.bot.mock.MockStay;
import dev.earshot.schema.avro.AsrHypothesis;
import dev.earshot.schema.avro.HypothesisKind;
import dev.earshot.schema.avro.SpeakerEventType;
import dev.earshot.schema.avro.Word;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A mock's session: two participants, a track each, who take turns. Their words go straight to where workers would have put
 * them, and so does the account of their audio; a third track of real, silent audio goes the way of all audio. Belongs to
 * the bot's thread.
 */
final class MockSession {

    private static final List<Person> PEOPLE =
            List.of(new Person("mock-alice", "Alice", false), new Person("mock-bob", "Bob", false));

    private static final String MODEL = "mock";
    private static final long SENTENCE_SAMPLES = MockStay.SENTENCE.toMillis() * AudioTime.RATE_HZ / 1_000;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final BotOrder order;
    private final BotReport report;
    private final Instant startedAt = Instant.now();
    private final @Nullable TrackWriter silence;
    /** Up to where each participant's audio is accounted for. */
    private final long[] accounted = new long[PEOPLE.size()];

    private long now;
    private long silentSamples;

    private MockSession(BotOrder order, BotReport report, @Nullable TrackWriter silence) {
        this.order = order;
        this.report = report;
        this.silence = silence;
    }

    /**
     * Starts a session now.
     *
     * @param publisher where silent audio goes; null for none
     */
    static MockSession begin(BotOrder order, BotReport report, @Nullable AudioPublisher publisher) {
        TrackWriter silence = publisher == null ? null : publisher.open(track(order, PEOPLE.size()));
        var session = new MockSession(order, report, silence);
        report.sessionStarted(session.startedAt);
        for (int i = 0; i < PEOPLE.size(); i++) {
            session.speaker(SpeakerEventType.JOINED, i, 0);
            session.speaker(SpeakerEventType.TRACK_ASSIGNED, i, 0);
        }
        return session;
    }

    /** A participant has said the sentence of that number, from 1. */
    void say(int number) {
        int who = (number - 1) % PEOPLE.size();
        long start = (number - 1) * SENTENCE_SAMPLES;
        now = number * SENTENCE_SAMPLES;
        List<String> words = List.of("Mock", "segment", Integer.toString(number));
        speaker(SpeakerEventType.STARTED_SPEAKING, who, start);
        report.heard(speech(who, start, words.subList(0, 1))
                .setKind(HypothesisKind.PARTIAL)
                .setRevision(1)
                .build());
        report.heard(speech(who, start, words)
                .setKind(HypothesisKind.FINAL)
                .setRevision(2)
                .setStablePrefixWords(words.size())
                .build());
        speaker(SpeakerEventType.STOPPED_SPEAKING, who, now);
        account(who, false);
    }

    /** Sends the silence since the last call, where this session has real audio. */
    void hearSilence() throws InterruptedException {
        long samples = AudioTime.sampleAt(startedAt, Instant.now()) - silentSamples;
        if (silence != null && samples > 0) {
            silence.write(
                    new short[(int) samples], silentSamples, startedAt.plus(AudioTime.duration(silentSamples)), 0);
            silentSamples += samples;
        }
    }

    /** Ends the tracks and returns their ids. */
    List<String> close() {
        var trackIds = new ArrayList<String>();
        now = Math.max(now, AudioTime.sampleAt(startedAt, Instant.now()));
        for (int i = 0; i < PEOPLE.size(); i++) {
            account(i, true);
            speaker(SpeakerEventType.LEFT, i, now);
            trackIds.add(track(order, i).trackId());
        }
        if (silence != null) {
            trackIds.add(silence.track().trackId());
            endSilence(silence);
        }
        return trackIds;
    }

    private void endSilence(TrackWriter track) {
        try {
            track.end(PATIENCE);
        } catch (TimeoutException e) {
            report.error("audio_lost", String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void account(int who, boolean endOfTrack) {
        report.heard(about(who, accounted[who], now)
                .setKind(HypothesisKind.PROGRESS)
                .setRevision(0)
                .setEndOfTrack(endOfTrack)
                .build());
        accounted[who] = now;
    }

    /** The words so far of a sentence that begins at a sample; all three share its time. */
    private AsrHypothesis.Builder speech(int who, long start, List<String> said) {
        long startMs = start * 1_000 / AudioTime.RATE_HZ;
        long wordMs = MockStay.SENTENCE.toMillis() / 3;
        var words = new ArrayList<Word>();
        for (String word : said) {
            long from = startMs + words.size() * wordMs;
            words.add(new Word(word, from, from + wordMs, 1f));
        }
        return about(who, start, start + said.size() * SENTENCE_SAMPLES / 3)
                .setUtteranceId(track(order, who).trackId() + ":" + startMs)
                .setText(String.join(" ", said))
                .setWords(words)
                .setLanguage(order.options().language())
                .setModelName(MODEL);
    }

    private AsrHypothesis.Builder about(int who, long start, long end) {
        return AsrHypothesis.newBuilder()
                .setMeetingId(order.meetingId())
                .setSessionUid(order.sessionUid())
                .setTrackId(track(order, who).trackId())
                .setStartSample(start)
                .setEndSample(end)
                .setStartCapturedAt(startedAt.plus(AudioTime.duration(start)))
                .setEndCapturedAt(startedAt.plus(AudioTime.duration(end)))
                .setReadyAt(startedAt.plus(AudioTime.duration(end)));
    }

    private void speaker(SpeakerEventType type, int who, long atSample) {
        report.speaker(
                type,
                PEOPLE.get(who),
                type == SpeakerEventType.TRACK_ASSIGNED ? track(order, who).trackId() : null,
                atSample,
                startedAt.plus(AudioTime.duration(atSample)));
    }

    private static TrackInfo track(BotOrder order, int index) {
        return TrackInfo.nth(order.meetingId(), order.sessionUid(), index, order.options());
    }
}
