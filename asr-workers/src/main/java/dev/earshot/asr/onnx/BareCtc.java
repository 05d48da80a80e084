package dev.earshot.asr.onnx;

import dev.earshot.asr.domain.Transcription;
import dev.earshot.asr.domain.Window;
import dev.earshot.asr.port.ModelInfo;
import dev.earshot.asr.port.Recognizer;
import java.util.List;

/** A CTC model that runs its graph on the same tensors as {@link CtcRecognizer} and looks for no text in what comes out. */
final class BareCtc implements Recognizer {

    private final CtcGraph graph;
    private final ModelInfo model;

    private BareCtc(CtcGraph graph, ModelInfo model) {
        this.graph = graph;
        this.model = model;
    }

    static BareCtc load(ModelFolder folder, Compute compute) {
        ModelMetadata metadata = ModelMetadata.read(folder);
        OnnxSession session = OnnxSession.open(folder, metadata, compute);
        var graph = new CtcGraph(session);
        graph.warmUp();
        return new BareCtc(graph, metadata.info(folder.sha256(metadata.model()), session.provider()));
    }

    @Override
    public ModelInfo model() {
        return model;
    }

    @Override
    public List<Transcription> decode(List<Window> windows) {
        for (List<Integer> run : graph.runs(windows)) {
            graph.fill(windows, run);
            graph.run(windows, run);
        }
        return windows.stream().map(window -> Transcription.EMPTY).toList();
    }

    @Override
    public void close() {
        graph.close();
    }
}
