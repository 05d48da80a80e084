package dev.earshot.eventlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.schema.Topic;
import dev.earshot.schema.Topics;
import dev.earshot.schema.avro.BotClaim;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

/**
 * A receiver that commits all the time while others join its group and leave: each change makes the epoch stale that a commit
 * on its way names.
 */
class MembersComeAndGoIT {

    private static final String GROUP = "come-and-go";
    private static final int VISITORS = 4;

    private final Topics topics = Servers.freshTopics();
    private final Topic<BotClaim> topic = topics.botClaims();

    private final Set<Integer> held = ConcurrentHashMap.newKeySet();
    private final AtomicInteger leftWithNothing = new AtomicInteger();
    private final AtomicLong acknowledged = new AtomicLong();

    @Test
    void whoStays_goesOnReading() {
        try (EventLog log = Servers.open(topics)) {
            log.createTopics();
            var committing = new Subscription(
                    GROUP,
                    Subscription.From.EARLIEST,
                    true,
                    500,
                    1,
                    Duration.ofMillis(1),
                    held::addAll,
                    this::revoked,
                    null);
            Disposable stays = log.receive(topic, committing).subscribe(received -> {
                received.acknowledge();
                acknowledged.incrementAndGet();
            });
            Disposable claims = Flux.interval(Duration.ofMillis(1))
                    .onBackpressureDrop()
                    .flatMap(i -> log.publisher(topic).publish(Long.toString(i), Servers.claim(i)), 100)
                    .subscribe();
            for (int i = 0; i < VISITORS; i++) {
                awaitHeld(topic.partitions());
                try (EventLog visiting = Servers.open(topics);
                        var visitor =
                                new Inbox<>(watched -> visiting.receive(topic, watched), Subscription.group(GROUP))) {
                    visitor.awaitPartitions(1);
                    awaitHeld(topic.partitions() - 1);
                }
            }
            awaitHeld(topic.partitions());
            long before = acknowledged.get();
            Awaitility.await().atMost(Inbox.PATIENCE).until(() -> acknowledged.get() > before);

            assertThat(leftWithNothing).as("times that it had to begin again").hasValue(0);

            claims.dispose();
            stays.dispose();
        }
    }

    private void revoked(Collection<Integer> gone) {
        held.removeAll(gone);
        if (held.isEmpty()) {
            leftWithNothing.incrementAndGet();
        }
    }

    private void awaitHeld(int partitions) {
        Awaitility.await().atMost(Inbox.PATIENCE).until(() -> held.size() == partitions);
    }
}
