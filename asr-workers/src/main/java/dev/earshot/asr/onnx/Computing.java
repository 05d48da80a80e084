package dev.earshot.asr.onnx;

import java.nio.file.Path;

/**
 * Where a model shall compute, and with how much.
 *
 * @param provider where
 * @param threads of one run on the CPU: 1..64
 * @param gpu number of the GPU as nvidia-smi shows it, or {@link #ANY_GPU}
 * @param gpuMemoryMb megabytes that a graph may take on the GPU; 0 for nine tenths of what is free
 * @param gpuLocks folder of the files by which workers keep off each other's GPUs; need not be there yet
 */
public record Computing(Provider provider, int threads, int gpu, int gpuMemoryMb, Path gpuLocks) {

    /** The GPU with the most free memory of those that no other worker has. */
    public static final int ANY_GPU = -1;

    /** The temporary folder: all workers of a machine share it but those that have one of their own, as in a container. */
    public static final Path DEFAULT_GPU_LOCKS = Path.of(System.getProperty("java.io.tmpdir"));

    public Computing {
        check(threads >= 1 && threads <= 64, "decode threads", threads, "1..64");
        check(gpu >= ANY_GPU, "gpu", gpu, "auto, or a number from 0 on");
        check(gpuMemoryMb >= 0, "gpu memory", gpuMemoryMb, "megabytes, or 0 for what is free");
    }

    private static void check(boolean holds, String name, int value, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
        }
    }

    /** On the CPU, on so many threads. */
    public static Computing onCpu(int threads) {
        return new Computing(Provider.CPU, threads, ANY_GPU, 0, DEFAULT_GPU_LOCKS);
    }

    /** Reads {@code auto} or a number; throws IllegalArgumentException with a sentence for anything else. */
    public static int parseGpu(String gpu) {
        if (gpu.equals("auto")) {
            return ANY_GPU;
        }
        if (!gpu.matches("[0-9]{1,3}")) {
            throw new IllegalArgumentException(
                    "ASR_GPU: " + gpu + " (expected: auto, or a GPU's number as nvidia-smi shows it)");
        }
        return Integer.parseInt(gpu);
    }

    /** Reads the path of a folder; empty for the default. */
    public static Path parseGpuLocks(String folder) {
        return folder.isBlank() ? DEFAULT_GPU_LOCKS : Path.of(folder);
    }
}
