package dev.earshot.bench.worker;

import dev.earshot.asr.domain.Transcription;
import dev.earshot.asr.domain.Window;
import dev.earshot.asr.port.ModelInfo;
import dev.earshot.asr.port.Recognizer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A recogniser that keeps the batches that it has decoded, and stays open when a worker closes it: it is lent. */
final class RecordingRecognizer implements Recognizer {

    private final Recognizer recognizer;
    private final List<List<Window>> batches = new CopyOnWriteArrayList<>();

    RecordingRecognizer(Recognizer recognizer) {
        this.recognizer = recognizer;
    }

    /** In the order in which they came. */
    List<List<Window>> batches() {
        return List.copyOf(batches);
    }

    @Override
    public ModelInfo model() {
        return recognizer.model();
    }

    @Override
    public List<Transcription> decode(List<Window> windows) {
        List<Transcription> decoded = recognizer.decode(windows);
        batches.add(windows);
        return decoded;
    }

    @Override
    public void close() {}
}
