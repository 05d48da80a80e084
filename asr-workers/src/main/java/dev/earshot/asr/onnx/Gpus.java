package dev.earshot.asr.onnx;

import java.util.List;

/** The machine's GPUs, as far as this process may use them. */
interface Gpus {

    /** In CUDA's order, as they are now; empty when there is none or nobody can tell. */
    List<Gpu> visible();
}
