package dev.earshot.eventlog.app;

import dev.earshot.schema.Topics;
import picocli.CommandLine.Option;

/** How far the topics are spread: the same for every process on one Kafka, and for the life of the topics. */
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

    /** The catalogue as given; throws IllegalArgumentException with a sentence for a count that makes no sense. */
    public Topics toTopics() {
        requirePositive(audio, "AUDIO_PARTITIONS");
        requirePositive(meeting, "MEETING_PARTITIONS");
        return Topics.of(audio, meeting);
    }

    private static void requirePositive(int partitions, String name) {
        if (partitions < 1) {
            throw new IllegalArgumentException(name + ": " + partitions + " (expected: 1 or more)");
        }
    }
}
