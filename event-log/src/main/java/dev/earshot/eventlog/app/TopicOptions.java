package dev.earshot.eventlog.app;

import dev.earshot.schema.Retentions;
import dev.earshot.schema.Topics;
import picocli.CommandLine.Option;

/**
 * How far the topics are spread, the same for every process on one Kafka and for the life of the topics; and how long their
 * records are kept.
 */
public final class TopicOptions {

    @Option(
            names = "--audio-partitions",
            paramLabel = "N",
            defaultValue = "${env:AUDIO_PARTITIONS:-16}",
            description = "partitions of the audio topic: the most ASR workers that share it (AUDIO_PARTITIONS)")
    private int audio;

    @Option(
            names = "--meeting-partitions",
            paramLabel = "N",
            defaultValue = "${env:MEETING_PARTITIONS:-8}",
            description = "partitions of each topic keyed by meeting: the most aggregators that share them"
                    + " (MEETING_PARTITIONS)")
    private int meeting;

    @Option(
            names = "--topic-retention",
            paramLabel = "TOPIC=TIME,…",
            defaultValue = "${env:TOPIC_RETENTION:-}",
            description =
                    "how long records are kept where not as declared, such as audio.chunk.v1=6h,dlq=30d or =forever;"
                            + " applied where topics are created, to those that are there too (TOPIC_RETENTION)")
    private String retention = "";

    @Option(
            names = "--replication",
            paramLabel = "N",
            defaultValue = "${env:TOPIC_REPLICATION:--1}",
            description = "copies of each topic that is created; -1 for as many as the broker's default says"
                    + " (TOPIC_REPLICATION)")
    private short replication;

    /** The catalogue as given; throws IllegalArgumentException with a sentence for a setting that makes no sense. */
    public Topics toTopics() {
        requirePositive(audio, "AUDIO_PARTITIONS");
        requirePositive(meeting, "MEETING_PARTITIONS");
        return Topics.of(audio, meeting, Retentions.parse(retention));
    }

    /** Copies of each topic that is created, the aggregator's changelog among them. */
    public short replication() {
        return replication;
    }

    private static void requirePositive(int partitions, String name) {
        if (partitions < 1) {
            throw new IllegalArgumentException(name + ": " + partitions + " (expected: 1 or more)");
        }
    }
}
