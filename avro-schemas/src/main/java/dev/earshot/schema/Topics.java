package dev.earshot.schema;

import dev.earshot.schema.avro.AsrHypothesis;
import dev.earshot.schema.avro.AudioChunk;
import dev.earshot.schema.avro.BotClaim;
import dev.earshot.schema.avro.BotCommand;
import dev.earshot.schema.avro.MeetingEvent;
import dev.earshot.schema.avro.SpeakerEvent;
import dev.earshot.schema.avro.TranscriptLive;
import dev.earshot.schema.avro.TranscriptSegment;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * The catalogue: every topic of the product, each declared on one line.
 *
 * <p>The three inputs of the transcript fold ({@link #hypotheses}, {@link #speakerEvents}, {@link #meetingEvents}) have one
 * partition count and one key, the meeting id, so one task sees a meeting whole.
 *
 * @param retentions that were asked for, in place of those declared here
 */
public record Topics(
        Topic<AudioChunk> audioChunks,
        Topic<MeetingEvent> meetingEvents,
        Topic<SpeakerEvent> speakerEvents,
        Topic<BotCommand> botCommands,
        Topic<BotClaim> botClaims,
        Topic<AsrHypothesis> hypotheses,
        Topic<TranscriptLive> live,
        Topic<TranscriptSegment> segments,
        Retentions retentions) {

    private static final String FILTERED = "asr.filtered.v1";

    /** Names the rule on a record of {@link #filtered}. */
    public static final String FILTER_RULE_HEADER = "filter.rule";

    public Topics {
        if (hypotheses.partitions() != speakerEvents.partitions()
                || hypotheses.partitions() != meetingEvents.partitions()) {
            throw new IllegalArgumentException("partitions of " + hypotheses.name() + ", " + speakerEvents.name() + ", "
                    + meetingEvents.name() + ": " + hypotheses.partitions() + ", " + speakerEvents.partitions() + ", "
                    + meetingEvents.partitions() + " (expected: the same, or no task sees a meeting whole)");
        }
        // Compacted topics keep the newest of each key for ever.
        var names = Stream.of(
                        Stream.of(audioChunks, meetingEvents, speakerEvents, botCommands, hypotheses, live, segments)
                                .map(Topic::name),
                        Stream.of(FILTERED, Retentions.DEAD_LETTERS))
                .flatMap(name -> name)
                .toList();
        retentions.requireKnown(names);
    }

    /** The catalogue with the partition counts that suit one machine up to a small cluster. */
    public static Topics defaults() {
        return of(16, 8);
    }

    /**
     * The catalogue for a cluster of a given size.
     *
     * @param audioPartitions partitions of the audio topic: the most ASR workers that can share it
     * @param meetingPartitions partitions of all topics keyed by meeting: the most aggregators that can share them
     */
    public static Topics of(int audioPartitions, int meetingPartitions) {
        return of(audioPartitions, meetingPartitions, Retentions.DECLARED);
    }

    /** The same, with some topics kept longer or shorter. */
    public static Topics of(int audioPartitions, int meetingPartitions, Retentions retentions) {
        int audio = audioPartitions;
        int meeting = meetingPartitions;
        Duration day = Duration.ofDays(1);
        Duration week = Duration.ofDays(7);
        return new Topics(
                retentions.topic("audio.chunk.v1", AudioChunk.class, audio, day),
                retentions.topic("meeting.event.v1", MeetingEvent.class, meeting, Topic.FOREVER),
                retentions.topic("speaker.event.v1", SpeakerEvent.class, meeting, Duration.ofDays(30)),
                retentions.topic("bot.command.v1", BotCommand.class, meeting, week),
                new Topic<>("bot.claim.v1", BotClaim.class, meeting, week, true),
                retentions.topic("asr.hypothesis.v1", AsrHypothesis.class, meeting, week),
                retentions.topic("transcript.live.v1", TranscriptLive.class, meeting, Duration.ofHours(1)),
                retentions.topic("transcript.segment.v1", TranscriptSegment.class, meeting, Topic.FOREVER),
                retentions);
    }

    /**
     * Text that the aggregator's filter kept out of the transcript, as the worker said it; the header
     * {@value #FILTER_RULE_HEADER} says why. Not among {@link #all}: it is made only where somebody wants it.
     */
    public Topic<AsrHypothesis> filtered() {
        return retentions.topic(FILTERED, AsrHypothesis.class, hypotheses.partitions(), hypotheses.retention());
    }

    /** How long dead letters wait for somebody to look at them. */
    public Duration deadLetterRetention() {
        return retentions.of(Retentions.DEAD_LETTERS).orElse(Duration.ofDays(14));
    }

    /** Every topic, in the order in which data flows. */
    public List<Topic<?>> all() {
        return List.of(audioChunks, meetingEvents, speakerEvents, botCommands, botClaims, hypotheses, live, segments);
    }
}
