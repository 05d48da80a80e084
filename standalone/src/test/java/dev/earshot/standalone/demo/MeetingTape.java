package dev.earshot.standalone.demo;

import dev.earshot.eventlog.EventLog;
import dev.earshot.eventlog.Subscription;
import dev.earshot.schema.Topic;
import dev.earshot.schema.avro.AudioChunk;
import dev.earshot.schema.avro.MeetingEvent;
import dev.earshot.schema.avro.MeetingEventType;
import dev.earshot.schema.avro.SpeakerEvent;
import dev.earshot.schema.avro.SpeakerEventType;
import io.github.jaredmdobson.concentus.OpusDecoder;
import io.github.jaredmdobson.concentus.OpusException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import reactor.core.Disposable;
import reactor.core.Disposables;

/** Everything that the topics say about one meeting. */
final class MeetingTape implements AutoCloseable {

    private final String meetingId;
    private final Disposable.Composite subscriptions = Disposables.composite();
    private final List<AudioChunk> chunks = new CopyOnWriteArrayList<>();
    private final List<MeetingEvent> events = new CopyOnWriteArrayList<>();
    private final List<SpeakerEvent> speakers = new CopyOnWriteArrayList<>();

    MeetingTape(EventLog log, String meetingId) {
        this.meetingId = meetingId;
        record(log, log.topics().audioChunks(), AudioChunk::getMeetingId, chunks);
        record(log, log.topics().meetingEvents(), MeetingEvent::getMeetingId, events);
        record(log, log.topics().speakerEvents(), SpeakerEvent::getMeetingId, speakers);
    }

    private <V extends SpecificRecord> void record(
            EventLog log, Topic<V> topic, Function<V, String> meeting, List<V> target) {
        subscriptions.add(log.receive(topic, Subscription.everything(Subscription.From.EARLIEST))
                .map(received -> received.value())
                .filter(value -> meeting.apply(value).equals(meetingId))
                .subscribe(target::add));
    }

    List<String> statuses() {
        return events.stream()
                .filter(event -> event.getType() == MeetingEventType.STATUS_CHANGED)
                .map(MeetingEvent::getStatus)
                .toList();
    }

    /** The last status with its reason, as {@code failed(evicted)}. */
    String lastStatus() {
        return events.stream()
                .filter(event -> event.getType() == MeetingEventType.STATUS_CHANGED)
                .reduce((first, second) -> second)
                .map(event -> event.getStatus() + "(" + event.getReason() + ")")
                .orElse("none");
    }

    /** Whether the meeting has its last status and all audio of its tracks is here, which comes on another topic. */
    boolean isOver() {
        boolean ended = lastStatus().startsWith("completed") || lastStatus().startsWith("failed");
        Set<String> whole = chunks.stream()
                .filter(AudioChunk::getEndOfTrack)
                .map(AudioChunk::getTrackId)
                .collect(Collectors.toSet());
        return ended
                && events(MeetingEventType.SESSION_ENDED).stream()
                        .map(MeetingEvent::getTrackIds)
                        .filter(Objects::nonNull)
                        .allMatch(whole::containsAll);
    }

    List<MeetingEvent> events(MeetingEventType type) {
        return events.stream().filter(event -> event.getType() == type).toList();
    }

    List<SpeakerEvent> speakers(SpeakerEventType type) {
        return speakers.stream().filter(event -> event.getType() == type).toList();
    }

    /** Chunks by track, in the order in which they lie in Kafka. */
    Map<String, List<AudioChunk>> tracks() {
        return chunks.stream().collect(Collectors.groupingBy(AudioChunk::getTrackId));
    }

    /** A track's samples on the session's time axis; silence before it began. */
    static short[] decode(List<AudioChunk> track) throws OpusException {
        AudioChunk last = track.get(track.size() - 1);
        short[] samples = new short[(int) last.getFirstSample() + last.getSampleCount()];
        for (AudioChunk chunk : track) {
            var decoder = new OpusDecoder(16_000, 1);
            ByteBuffer packets = chunk.getPayload().duplicate();
            short[] decoded = new short[320 + 3_200];
            for (int at = 0; packets.hasRemaining(); at += 320) {
                byte[] packet = new byte[Short.toUnsignedInt(packets.getShort())];
                packets.get(packet);
                decoder.decode(packet, 0, packet.length, decoded, at, 320, false);
            }
            System.arraycopy(decoded, 320, samples, (int) chunk.getFirstSample(), chunk.getSampleCount());
        }
        return samples;
    }

    @Override
    public void close() {
        subscriptions.dispose();
    }
}
