package dev.earshot.asr.onnx;

/**
 * A GPU that this process may use.
 *
 * @param number as nvidia-smi shows it
 * @param ordinal CUDA's own number for it in this process: its place among the visible ones
 * @param uuid the same for every process that sees it
 * @param name of the product
 * @param freeMb megabytes that nobody uses now; 0 when that is not known
 */
record Gpu(int number, int ordinal, String uuid, String name, int freeMb) {}
