package dev.earshot.asr.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads chunks as a worker does, with every final and report published at once, and keeps what was said. */
final class TrackReading {

    /** What a final says of its place; its text is a function of the samples. */
    record Final(long start, long end, int revision, int samplesHash, DecodingOptions options) {}

    final Track track;
    final Map<Long, Final> finals = new TreeMap<>();
    final List<Progress> reports = new ArrayList<>();
    final List<TrackEvent.PartialDue> partials = new ArrayList<>();
    final List<Gap> lost = new ArrayList<>();

    private long lastProducedMicros = Long.MAX_VALUE / 2;

    private final SpeechGate gate;
    private final LoudnessDetector detector = new LoudnessDetector();

    TrackReading(TrackRules rules) {
        this(rules, new EnergyGate());
    }

    TrackReading(TrackRules rules, SpeechGate gate) {
        this.gate = gate;
        this.track = new Track(rules, gate);
    }

    static TrackReading of(List<Chunk> chunks) {
        return of(chunks, new EnergyGate());
    }

    static TrackReading of(List<Chunk> chunks, SpeechGate gate) {
        var reading = new TrackReading(TrackRules.DEFAULTS, gate);
        chunks.forEach(reading::read);
        return reading;
    }

    void read(Chunk chunk) {
        if (track.knows(chunk)) {
            handle(track.accept(chunk));
            return;
        }
        // While the log has nothing, the worker's clock may tell it, or it may look only when the next chunk is there.
        if (chunk.producedAtMicros() - lastProducedMicros >= 11_000_000 && chunk.sequence() % 2 == 0) {
            handle(track.flush());
        }
        lastProducedMicros = chunk.producedAtMicros();
        track.take(chunk);
        if (gate instanceof NeuralGate neural) {
            for (List<SpeechWindow> next = neural.next(); !next.isEmpty(); next = neural.next()) {
                detector.detect(next);
                neural.answered();
            }
        }
        handle(track.decide());
    }

    void handle(List<TrackEvent> events) {
        for (TrackEvent event : events) {
            if (event instanceof TrackEvent.UtteranceEnded ended) {
                finals.put(
                        ended.startSample(),
                        new Final(
                                ended.startSample(),
                                ended.endSample(),
                                ended.revision(),
                                java.util.Arrays.hashCode(ended.window().samples()),
                                track.optionsAt(ended.startSample())));
                track.finalPublished(ended.startSample());
            } else if (event instanceof TrackEvent.PartialDue partial) {
                partials.add(partial);
            } else if (event instanceof TrackEvent.AudioLost gap) {
                lost.add(gap.gap());
            }
        }
        Progress report = track.report();
        if (report != null) {
            reports.add(report);
            track.reported();
        }
    }

    /** Of all reports, in order. */
    Stream<Gap> gaps() {
        return reports.stream().flatMap(report -> report.gaps().stream());
    }

    long reportedTo() {
        return reports.isEmpty() ? 0 : reports.get(reports.size() - 1).endSample();
    }
}
