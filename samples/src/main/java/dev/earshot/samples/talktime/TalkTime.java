package dev.earshot.samples.talktime;

import dev.earshot.eventlog.EventLog;
import dev.earshot.eventlog.EventLogConfig;
import dev.earshot.eventlog.EventLogException;
import dev.earshot.schema.Topics;
import dev.earshot.schema.avro.TranscriptSegment;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.kstream.ForeachAction;

/**
 * Prints how long each speaker of each meeting has talked, and in how many words, as the transcript grows.
 *
 * <p>Reads {@code KAFKA_BOOTSTRAP_SERVERS} and {@code SCHEMA_REGISTRY_URL} from the environment and begins with the oldest
 * entry that the topic still has.
 */
public final class TalkTime implements AutoCloseable {

    private final EventLog log;
    private final KafkaStreams streams;

    private TalkTime(EventLog log, KafkaStreams streams) {
        this.log = log;
        this.streams = streams;
    }

    public static void main(String[] arguments) throws InterruptedException {
        Map<String, String> environment = System.getenv();
        var config = EventLogConfig.of(
                environment.getOrDefault("KAFKA_BOOTSTRAP_SERVERS", "localhost:9092"),
                environment.getOrDefault("SCHEMA_REGISTRY_URL", "http://localhost:8081"),
                "talk-time");
        var asked = new CountDownLatch(1);
        try (var talkTime = launch(config, "talk-time", TalkTime::print)) {
            Runtime.getRuntime().addShutdownHook(new Thread(asked::countDown));
            asked.await();
        } catch (EventLogException e) {
            System.err.println("talk-time: " + e.getMessage());
            System.exit(1);
        }
    }

    /**
     * Starts to count. The topics must be there. Throws {@link EventLogException} with a sentence when Kafka or the registry
     * is not.
     *
     * @param applicationId names the store and the positions that a later start goes on from
     */
    static TalkTime launch(EventLogConfig config, String applicationId, ForeachAction<String, MeetingTalk> told) {
        var log = EventLog.open(config, Topics.defaults());
        try {
            log.check();
        } catch (EventLogException e) {
            log.close();
            throw e;
        }
        var topology = TalkTimeTopology.of(log.topics().segments(), log.serde(TranscriptSegment.class), told);
        var streams = new KafkaStreams(topology, settings(config, applicationId));
        streams.start();
        return new TalkTime(log, streams);
    }

    private static Properties settings(EventLogConfig config, String applicationId) {
        var settings = new Properties();
        settings.putAll(config.clientSettings());
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
        // A sum that is written down together with its position counts nothing twice; it also reads committed entries
        // only.
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        return settings;
    }

    private static void print(String meeting, MeetingTalk talk) {
        talk.speakers()
                .forEach((speaker, said) -> System.out.printf(
                        Locale.ROOT,
                        "meeting %s  %-20s %7.1f s %6d words%n",
                        meeting,
                        speaker,
                        said.milliseconds() / 1000.0,
                        said.words()));
    }

    @Override
    public void close() {
        streams.close(Duration.ofSeconds(10));
        log.close();
    }
}
