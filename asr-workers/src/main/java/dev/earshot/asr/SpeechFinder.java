package dev.earshot.asr;

import dev.earshot.asr.domain.EnergyGate;
import dev.earshot.asr.domain.NeuralGate;
import dev.earshot.asr.domain.SpeechGate;
import dev.earshot.asr.domain.SpeechWindow;
import dev.earshot.asr.port.SpeechDetector;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds speech in what the tracks have taken in: at once with the built-in gate, and for the tracks of a round together with a
 * detector, when the loop has handled the chunks that came with the first of them. Called on the loop.
 */
final class SpeechFinder {

    private final @Nullable SpeechDetector detector;
    private final TrackLoop loop;
    private final Consumer<ListenedTrack> found;
    private final Map<ListenedTrack, NeuralGate> waiting = new LinkedHashMap<>();

    /** @param found what to do with a track whose speech is found */
    SpeechFinder(@Nullable SpeechDetector detector, TrackLoop loop, Consumer<ListenedTrack> found) {
        this.detector = detector;
        this.loop = loop;
        this.found = found;
    }

    /** For a new track. */
    SpeechGate gate() {
        return detector == null ? new EnergyGate() : new NeuralGate();
    }

    /** A track has taken a chunk in, and takes no other before its speech is found. */
    void heard(ListenedTrack track) {
        if (track.gate instanceof NeuralGate gate) {
            if (waiting.isEmpty()) {
                loop.execute(this::findAll);
            }
            waiting.put(track, gate);
        } else {
            found.accept(track);
        }
    }

    /** Makes a track ready for its next chunk. */
    void settle(ListenedTrack track) {
        if (waiting.containsKey(track)) {
            findAll();
        }
    }

    /** Finds the speech of all tracks that wait. */
    void findAll() {
        if (detector == null || waiting.isEmpty()) {
            return;
        }
        Map<ListenedTrack, NeuralGate> tracks = new LinkedHashMap<>(waiting);
        waiting.clear();
        List<NeuralGate> asking = List.copyOf(tracks.values());
        while (!asking.isEmpty()) {
            asking = ask(detector, asking);
        }
        tracks.keySet().stream().filter(track -> !track.gone).forEach(found);
    }

    /** One window, or the two of a run-up, of each gate. Returns the gates that had any. */
    private static List<NeuralGate> ask(SpeechDetector detector, List<NeuralGate> gates) {
        var windows = new ArrayList<SpeechWindow>();
        var asking = new ArrayList<NeuralGate>();
        for (NeuralGate gate : gates) {
            List<SpeechWindow> next = gate.next();
            if (!next.isEmpty()) {
                windows.addAll(next);
                asking.add(gate);
            }
        }
        if (!windows.isEmpty()) {
            detector.detect(windows);
        }
        asking.forEach(NeuralGate::answered);
        return asking;
    }

    void clear() {
        waiting.clear();
    }
}
