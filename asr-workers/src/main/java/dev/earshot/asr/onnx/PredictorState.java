package dev.earshot.asr.onnx;

import java.util.ArrayList;
import java.util.List;

/**
 * The state of a prediction network (an LSTM) for one path: hidden and cell values, layer after layer. Immutable.
 *
 * @param layers layers of the network
 */
record PredictorState(float[] hidden, float[] cell, int layers) {

    static PredictorState zeros(int layers, int width) {
        return new PredictorState(new float[layers * width], new float[layers * width], layers);
    }

    /** Values per layer. */
    int width() {
        return hidden.length / layers;
    }

    /** Hidden values of many paths as a tensor [layers, paths, width]. */
    static float[] hidden(List<PredictorState> states) {
        return packed(states.stream().map(PredictorState::hidden).toList(), states.get(0));
    }

    /** Cell values of many paths as a tensor [layers, paths, width]. */
    static float[] cells(List<PredictorState> states) {
        return packed(states.stream().map(PredictorState::cell).toList(), states.get(0));
    }

    private static float[] packed(List<float[]> values, PredictorState shape) {
        int width = shape.width();
        var tensor = new float[values.size() * shape.layers * width];
        for (int layer = 0; layer < shape.layers; layer++) {
            for (int path = 0; path < values.size(); path++) {
                System.arraycopy(
                        values.get(path), layer * width, tensor, (layer * values.size() + path) * width, width);
            }
        }
        return tensor;
    }

    /** Takes such tensors apart again. */
    static List<PredictorState> unpacked(float[] hidden, float[] cells, int layers, int paths) {
        var states = new ArrayList<PredictorState>(paths);
        int width = hidden.length / layers / paths;
        for (int path = 0; path < paths; path++) {
            PredictorState state = zeros(layers, width);
            for (int layer = 0; layer < layers; layer++) {
                int from = (layer * paths + path) * width;
                System.arraycopy(hidden, from, state.hidden, layer * width, width);
                System.arraycopy(cells, from, state.cell, layer * width, width);
            }
            states.add(state);
        }
        return states;
    }
}
