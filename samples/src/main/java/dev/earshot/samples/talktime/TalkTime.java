package dev.earshot.samples.talktime;

import dev.earshot.eventlog.EventLog;
import dev.earshot.eventlog.EventLogConfig;
import dev.earshot.eventlog.app.Failures;
import dev.earshot.eventlog.app.ServiceProcess;
import dev.earshot.schema.avro.TranscriptSegment;
import java.time.Duration;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Prints how long each speaker of each meeting has talked, and in how many words, as the transcript grows. Begins with the
 * oldest entry that the topic still has.
 *
 * <p>{@link ServiceProcess} brings the options and variables that say where the log is, as every service has them, looks
 * whether it answers, and runs until the process is told to end.
 */
@Command(
        name = "talk-time",
        description = "Print how long each speaker of each meeting has talked, as the transcript grows.",
        mixinStandardHelpOptions = true)
public final class TalkTime implements Callable<Integer> {

    /** Names the store, and the positions that a later start goes on from. */
    private static final String APPLICATION_ID = "talk-time";

    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(10);

    @Mixin
    private final ServiceProcess process = new ServiceProcess();

    public static void main(String[] arguments) {
        System.exit(Failures.said(new CommandLine(new TalkTime())).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        return process.run(APPLICATION_ID, TalkTime::launch);
    }

    private static AutoCloseable launch(EventLog log) {
        var topology =
                TalkTimeTopology.of(log.topics().segments(), log.serde(TranscriptSegment.class), TalkTime::print);
        var streams = new KafkaStreams(topology, settings(log.config()));
        streams.start();
        return () -> streams.close(CLOSE_PATIENCE);
    }

    private static Properties settings(EventLogConfig config) {
        var settings = new Properties();
        settings.putAll(config.clientSettings());
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, APPLICATION_ID);
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
}
