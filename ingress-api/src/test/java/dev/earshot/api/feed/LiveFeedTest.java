package dev.earshot.api.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.earshot.api.domain.LiveTrack;
import dev.earshot.api.domain.TranscriptEntry;
import dev.earshot.api.domain.TranscriptEntry.Kind;
import dev.earshot.api.feed.FeedCutException.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

class LiveFeedTest {

    private static final Pattern ID = Pattern.compile("(?m)^id: (\\d+)$");
    private static final Duration HOLE_PATIENCE = Duration.ofSeconds(30);
    private static final LiveFeedConfig CONFIG = new LiveFeedConfig(
            Duration.ofSeconds(15), 10, 5, Duration.ofMinutes(1), Duration.ofMillis(100), HOLE_PATIENCE);

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final MemoryStore store = new MemoryStore();
    private final List<LiveTrack> liveView = new ArrayList<>();
    private final Sinks.Many<TranscriptEntry> topic = Sinks.many().unicast().onBackpressureBuffer();
    private final Sinks.Many<LiveTrack> liveTopic = Sinks.many().unicast().onBackpressureBuffer();
    private final Sinks.Many<Boolean> broker = Sinks.many().unicast().onBackpressureBuffer();
    private final LiveFeed feed = new LiveFeed(
            store,
            meetingId -> Flux.fromIterable(liveView),
            new FrameEncoder(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC)),
            CONFIG,
            time);

    LiveFeedTest() {
        feed.start(topic.asFlux(), liveTopic.asFlux(), broker.asFlux());
    }

    @Test
    void tellsWhatWasMissed_thenWhatComes() {
        written(1, 2, 3);
        Client client = watch(1);
        said(4);
        assertThat(client.ids()).containsExactly(2L, 3L, 4L);
        assertThat(client.text()).startsWith("retry: 2000\n\nevent: meeting.status");
    }

    @Test
    void leavesNoHole_whenRowsLagBehindTheTopic() {
        Client first = watch(0);
        said(1);
        said(2);
        Client late = watch(0);
        assertThat(late.ids()).containsExactly(1L, 2L);
        assertThat(first.ids()).containsExactly(1L, 2L);
    }

    @Test
    void waitsForTheRow_whenTheTopicWasReadBeforeAnybodyWatched() {
        written(1);
        store.newestKnown = 1;
        Client client = watch(0);
        said(3);
        assertThat(client.ids()).containsExactly(1L);
        time.advanceTimeBy(Duration.ofSeconds(1));
        assertThat(client.ids()).containsExactly(1L);
        written(2);
        time.advanceTimeBy(Duration.ofMillis(600));
        assertThat(client.ids()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void goesOnAndTells_whenWhatTheTopicLeftOutIsNeverWritten() {
        written(1);
        Client client = watch(0);
        said(5);
        time.advanceTimeBy(HOLE_PATIENCE.minusSeconds(1));
        assertThat(client.ids()).containsExactly(1L);
        time.advanceTimeBy(Duration.ofSeconds(5));
        assertThat(client.ids()).containsExactly(1L, 4L, 5L);
        assertThat(client.text()).contains("id: 4\nevent: transcript.missing\n").contains("\"seq\":4,\"from_seq\":2}");
        said(6);
        assertThat(client.ids()).endsWith(6L);

        Client late = watch(0);
        assertThat(late.ids()).containsExactly(1L, 4L, 5L, 6L);
    }

    @Test
    void goesOnAndTells_whenRowsAreGone() {
        for (long seq = 1; seq <= 25; seq++) {
            written(seq);
        }
        store.rows.keySet().removeAll(List.of(3L, 4L, 8L));
        Client client = watch(0);
        assertThat(client.ids()).containsExactly(1L, 2L);
        time.advanceTimeBy(HOLE_PATIENCE.plusSeconds(5));
        assertThat(client.ids()).containsExactly(1L, 2L, 4L, 5L, 6L, 7L);
        Client other = watch(0);
        assertThat(other.ids()).containsExactly(1L, 2L, 4L, 5L, 6L, 7L);
        time.advanceTimeBy(HOLE_PATIENCE.plusSeconds(5));
        assertThat(client.ids()).hasSize(24).endsWith(25L);
        assertThat(other.ids()).isEqualTo(client.ids());
    }

    @Test
    void doesNotGiveUpARow_whileTheStoreIsAway() {
        written(1);
        Client client = watch(0);
        store.away = true;
        said(3);
        time.advanceTimeBy(HOLE_PATIENCE.multipliedBy(4));
        assertThat(client.ids()).containsExactly(1L);
        written(2);
        store.away = false;
        time.advanceTimeBy(Duration.ofSeconds(10));
        assertThat(client.ids()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void goesToTheStore_whenMoreWasMissedThanIsRemembered() {
        for (long seq = 1; seq <= 25; seq++) {
            written(seq);
        }
        Client client = watch(3);
        assertThat(client.ids()).hasSize(22).startsWith(4L).endsWith(25L);
    }

    @Test
    void sendsPendingTextWhole_onEveryConnection() {
        liveView.add(track(1, "hello"));
        assertThat(watch(0).text()).contains("\"text\":\"hello\"");
        liveTopic.tryEmitNext(track(2, "hello world"));
        assertThat(watch(0).text()).contains("\"text\":\"hello world\"").doesNotContain("\"text\":\"hello\"");
    }

    @Test
    void neverLosesEntries_andDropsOldDrafts_whenAClientReadsSlowly() {
        Client slow = new Client(2);
        feed.watch(1, 0, Runnable::run).block().subscribe(slow);
        for (int i = 1; i <= 50; i++) {
            liveTopic.tryEmitNext(track(i, "draft " + i));
        }
        said(1);
        liveTopic.tryEmitNext(track(51, "draft 51"));
        slow.request(Long.MAX_VALUE);
        assertThat(slow.ids()).containsExactly(1L);
        assertThat(slow.text()).contains("draft 51").doesNotContain("draft 1\"").doesNotContain("draft 49\"");
    }

    @Test
    void hangsUpOnAClientThatDoesNotRead_soThatItComesBackWithItsCursor() {
        Client stuck = new Client(2);
        feed.watch(1, 0, Runnable::run).block().subscribe(stuck);
        for (long seq = 1; seq <= 7; seq++) {
            said(seq);
        }
        stuck.request(Long.MAX_VALUE);
        assertThat(stuck.completed).isTrue();
        written(1, 2, 3, 4, 5, 6, 7);
        assertThat(watch(0).ids()).hasSize(7);
    }

    @Test
    void saysWhyItEnds_whenMoreWouldHaveCome() {
        StepVerifier.create(feed.frames(1, 0).flatMapMany(frames -> frames), 0)
                .thenRequest(1)
                .expectNextCount(1)
                .then(() -> Stream.of(1L, 2L, 3L, 4L, 5L, 6L).forEach(this::said))
                .verifyErrorSatisfies(error -> assertThat(cutBy(error)).isEqualTo(Reason.TOO_SLOW));

        StepVerifier.create(feed.frames(2, 0).flatMapMany(frames -> frames))
                .expectNextCount(1)
                .then(feed::close)
                .verifyErrorSatisfies(error -> assertThat(cutBy(error)).isEqualTo(Reason.GOING_AWAY));
    }

    private static Reason cutBy(Throwable error) {
        assertThat(error).isInstanceOf(FeedCutException.class);
        return ((FeedCutException) error).reason();
    }

    @Test
    void repeatsNothing_whenAnotherNodeWasAheadOfThisOne() {
        written(1);
        liveView.add(track(1, "hello"));
        Client client = watch(3);
        Client beside = watch(1);
        said(2);
        said(3);
        topic.tryEmitNext(entry(4, "s:t0:0"));
        assertThat(client.ids()).containsExactly(4L);
        assertThat(beside.ids()).containsExactly(2L, 3L, 4L);
    }

    @Test
    void takesConfirmedTextFromThePending_thatAnotherNodeHasToldAlready() {
        liveView.add(track(1, "hello"));
        Client client = watch(1);
        assertThat(client.text()).contains("\"text\":\"hello\"");
        topic.tryEmitNext(entry(1, "s:t0:0"));
        assertThat(client.ids()).isEmpty();
        assertThat(client.text().lines().filter(line -> line.startsWith("data:")))
                .last(STRING)
                .contains("\"pending\":[]");
    }

    @Test
    void readsAMeetingAnew_thatWasForgottenBetweenAskingAndWatching() {
        written(1);
        Flux<byte[]> late = feed.watch(1, 0, Runnable::run).block();
        time.advanceTimeBy(Duration.ofMinutes(3));
        written(2);
        Client client = new Client(Long.MAX_VALUE);
        late.subscribe(client);
        said(3);
        assertThat(client.ids()).containsExactly(1L, 2L, 3L);
        assertThat(client.completed).isFalse();
    }

    @Test
    void fillsAHole_thatOpenedWhileTheMeetingWasRead() {
        written(1);
        Sinks.Empty<Void> read = Sinks.empty();
        store.delay = read.asMono();
        Client client = new Client(Long.MAX_VALUE);
        feed.watch(1, 0, Runnable::run).flatMapMany(events -> events).subscribe(client);
        said(3);
        read.tryEmitEmpty();
        assertThat(client.ids()).containsExactly(1L);
        written(2);
        time.advanceTimeBy(Duration.ofSeconds(1));
        assertThat(client.ids()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void goesOnForTheOthers_whenAClientIsHungUpOn() {
        Client first = watch(0);
        Client stuck = new Client(2);
        feed.watch(1, 0, Runnable::run).block().subscribe(stuck);
        Client last = watch(0);
        for (long seq = 1; seq <= 9; seq++) {
            said(seq);
        }
        assertThat(first.ids()).hasSize(9);
        assertThat(last.ids()).hasSize(9);
        assertThat(feed.viewers()).isEqualTo(2);
        written(1, 2, 3, 4, 5, 6, 7, 8, 9);
        store.ended = true;
        time.advanceTimeBy(Duration.ofSeconds(16));
        assertThat(first.completed).isTrue();
        assertThat(last.completed).isTrue();
        assertThat(feed.viewers()).isZero();
    }

    @Test
    void sendsAHeartbeat_whileNothingIsSaid() {
        Client client = watch(0);
        time.advanceTimeBy(Duration.ofSeconds(31));
        assertThat(client.text()).endsWith(":\n\n:\n\n");
    }

    @Test
    void ends_whenTheMeetingIsOverAndTheTranscriptWhole() {
        Client client = watch(0);
        Client beside = watch(0);
        said(1);
        written(1);
        topic.tryEmitNext(entry(2, Kind.STATUS, "completed"));
        time.advanceTimeBy(Duration.ofSeconds(5));
        assertThat(client.completed).isFalse();
        topic.tryEmitNext(entry(3, Kind.COMPLETE, null));
        store.rows.put(2L, entry(2, Kind.STATUS, "completed"));
        store.rows.put(3L, entry(3, Kind.COMPLETE, null));
        store.ended = true;
        time.advanceTimeBy(Duration.ofSeconds(1));
        assertThat(client.completed).isTrue();
        assertThat(beside.completed).isTrue();
        assertThat(client.ids()).containsExactly(1L, 2L, 3L);

        assertThat(feed.watch(1, 3, Runnable::run).blockOptional()).isEmpty();
        Client again = watch(2);
        assertThat(again.ids()).containsExactly(3L);
        assertThat(again.completed).isTrue();
    }

    @Test
    void readsTheNewestEntries_whenTheTopicNeverBroughtThem() {
        Client client = watch(0);
        said(1);
        written(1, 2, 3);
        time.advanceTimeBy(Duration.ofSeconds(31));
        assertThat(client.ids()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void forgetsAMeetingThatNobodyWatches_andTellsItAnewToTheNext() {
        Client client = watch(0);
        said(1);
        client.cancel();
        time.advanceTimeBy(Duration.ofMinutes(2));
        written(1, 2);
        assertThat(watch(0).ids()).containsExactly(1L, 2L);
        assertThat(feed.viewers()).isEqualTo(1);
    }

    @Test
    void goesOn_whenMoreComesThanWeWereTold() {
        written(1);
        store.ended = true;
        assertThat(feed.watch(1, 1, Runnable::run).blockOptional()).isEmpty();
        said(2);
        Client client = watch(1);
        assertThat(client.ids()).containsExactly(2L);
        assertThat(client.completed).isFalse();
    }

    @Test
    void saysThatNothingNewCanCome_whileTheBrokerIsAway() {
        Client client = watch(0);
        broker.tryEmitNext(true);
        assertThat(client.text()).doesNotContain("health");
        broker.tryEmitNext(false);
        assertThat(client.text()).contains("event: health\ndata: {\"type\":\"health\",\"status\":\"stalled\",");
        assertThat(watch(0).text()).contains("\"status\":\"stalled\"");
        assertThat(feed.isStalled()).isTrue();
        broker.tryEmitNext(true);
        assertThat(client.text()).contains("\"status\":\"ok\",\"detail\":null");
        assertThat(watch(0).text()).doesNotContain("health");
    }

    @Test
    void forgetsADeletedMeeting_hereAtOnce_andElsewhereWithTheNextHeartbeat() {
        written(1);
        Client here = watch(0);
        store.deleted = true;
        feed.forget(1);
        assertThat(here.completed).isTrue();
        StepVerifier.create(feed.watch(1, 0, Runnable::run)).verifyError();

        store.deleted = false;
        Client elsewhere = watch(0);
        store.deleted = true;
        time.advanceTimeBy(Duration.ofSeconds(16));
        assertThat(elsewhere.completed).isTrue();
        StepVerifier.create(feed.watch(1, 0, Runnable::run)).verifyError();
    }

    @Test
    void comesBack_whenTheStoreWasAway() {
        store.failures = 1;
        assertThat(feed.watch(1, 0, Runnable::run).onErrorComplete().blockOptional())
                .isEmpty();
        written(1);
        assertThat(watch(0).ids()).containsExactly(1L);
    }

    private Client watch(long cursor) {
        Client client = new Client(Long.MAX_VALUE);
        feed.watch(1, cursor, Runnable::run).block().subscribe(client);
        return client;
    }

    private void said(long seq) {
        topic.tryEmitNext(entry(seq, Kind.SEGMENT, null));
    }

    private void written(long... seqs) {
        for (long seq : seqs) {
            store.rows.put(seq, entry(seq, Kind.SEGMENT, null));
        }
    }

    private static TranscriptEntry entry(long seq, Kind kind, @Nullable String status) {
        return entry(seq, kind, status, "s:t0:" + seq);
    }

    private static TranscriptEntry entry(long seq, String segmentId) {
        return entry(seq, Kind.SEGMENT, null, segmentId);
    }

    private static TranscriptEntry entry(long seq, Kind kind, @Nullable String status, String segmentId) {
        return new TranscriptEntry(
                1,
                seq,
                kind,
                "s",
                segmentId,
                "s:t0",
                null,
                "Ada",
                seq * 1000,
                seq * 1000 + 900,
                null,
                "words " + seq,
                List.of(),
                "en",
                status,
                null,
                null,
                null,
                null,
                Instant.EPOCH);
    }

    private static LiveTrack track(long revision, String text) {
        var draft = new LiveTrack.Text("s:t0:0", 1, false, 0, 900, text, "en", List.of(), 0, null, null, null, 0);
        return new LiveTrack(1, "s", "s:t0", revision, "Ada", null, List.of(draft), Set.of(), Set.of());
    }

    private static final class Client extends BaseSubscriber<byte[]> {

        private final StringBuilder received = new StringBuilder();
        private final long demand;
        private boolean completed;

        private Client(long demand) {
            this.demand = demand;
        }

        String text() {
            return received.toString();
        }

        List<Long> ids() {
            var ids = new ArrayList<Long>();
            Matcher matcher = ID.matcher(received);
            while (matcher.find()) {
                ids.add(Long.valueOf(matcher.group(1)));
            }
            return ids;
        }

        @Override
        protected void hookOnSubscribe(org.reactivestreams.Subscription subscription) {
            request(demand);
        }

        @Override
        protected void hookOnNext(byte[] bytes) {
            received.append(new String(bytes, StandardCharsets.UTF_8));
        }

        @Override
        protected void hookOnComplete() {
            completed = true;
        }
    }

    private static final class MemoryStore implements TranscriptStore {

        private final TreeMap<Long, TranscriptEntry> rows = new TreeMap<>();
        private long newestKnown = Long.MAX_VALUE;
        private boolean ended;
        private boolean away;
        private boolean deleted;
        private int failures;
        private Mono<Void> delay = Mono.empty();

        @Override
        public Flux<TranscriptEntry> after(long meetingId, long cursor, int limit) {
            return Flux.defer(() -> away
                            ? Flux.<TranscriptEntry>error(new IllegalStateException("away"))
                            : Flux.fromIterable(
                                    List.copyOf(rows.tailMap(cursor, false).values())))
                    .take(limit);
        }

        @Override
        public Flux<TranscriptEntry> newest(long meetingId, int limit) {
            return Flux.defer(() -> {
                List<TranscriptEntry> all = rows.values().stream()
                        .filter(entry -> entry.seq() <= newestKnown)
                        .toList();
                return Flux.fromIterable(all.subList(Math.max(0, all.size() - limit), all.size()));
            });
        }

        @Override
        public Mono<About> about(long meetingId) {
            if (deleted) {
                return Mono.empty();
            }
            return failures-- > 0
                    ? Mono.error(new IllegalStateException("away"))
                    : delay.thenReturn(new About(meetingId, 7, "demo", "m1", "active"));
        }

        @Override
        public Flux<Long> deleted(Collection<Long> meetingIds) {
            return Flux.fromIterable(meetingIds).filter(id -> deleted);
        }

        @Override
        public Mono<Ending> ending(long meetingId, Instant now) {
            return Mono.fromSupplier(() -> new Ending(ended, rows.isEmpty() ? 0 : rows.lastKey()));
        }
    }
}
