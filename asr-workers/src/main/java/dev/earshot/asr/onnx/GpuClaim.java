package dev.earshot.asr.onnx;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One worker's hold on one GPU: an advisory lock on a file named after it, which the system lets go of however the process ends.
 * All workers that share a folder for such files keep out of each other's way, whatever container they are in: it is one kernel's
 * lock on one file.
 */
final class GpuClaim implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(GpuClaim.class);

    /** What this process has locked: to open such a file a second time, and close it, would let go of its lock. */
    private static final Set<Path> LOCKED_HERE = ConcurrentHashMap.newKeySet();

    private final Gpu gpu;
    private final Path file;
    private final FileChannel locked;
    private boolean closed;

    private GpuClaim(Gpu gpu, Path file, FileChannel locked) {
        this.gpu = gpu;
        this.file = file;
        this.locked = locked;
    }

    /**
     * Claims a GPU. Makes the folder where it is not there.
     *
     * @param number of the one that is wanted, or {@link Computing#ANY_GPU} for the one with the most free memory that is to be had
     * @throws GpuUnavailableException when it is not there, or another worker has it
     * @throws IllegalArgumentException with a sentence when the folder cannot be made or written: whoever went on without it
     *     might share a GPU and never know
     */
    static GpuClaim of(int number, List<Gpu> gpus, Path folder) {
        List<Gpu> wanted = gpus.stream()
                .filter(gpu -> number == Computing.ANY_GPU || gpu.number() == number)
                .sorted(Comparator.comparingInt(Gpu::freeMb).reversed())
                .toList();
        if (wanted.isEmpty()) {
            throw new GpuUnavailableException(
                    gpus.isEmpty()
                            ? "nvidia-smi shows no GPU"
                            : "there is no GPU " + number + " (expected: one of "
                                    + gpus.stream().map(Gpu::number).toList() + ")");
        }
        make(folder);
        for (Gpu gpu : wanted) {
            Path file = folder.resolve("earshot-" + gpu.uuid() + ".lock").toAbsolutePath();
            FileChannel locked = locked(file);
            if (locked != null) {
                return new GpuClaim(gpu, file, locked);
            }
        }
        throw new GpuUnavailableException("another worker has GPU "
                + wanted.stream().map(gpu -> Integer.toString(gpu.number())).collect(Collectors.joining(" and GPU ")));
    }

    private static void make(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw unusable(folder, e);
        }
    }

    private static @Nullable FileChannel locked(Path file) {
        if (!LOCKED_HERE.add(file)) {
            return null;
        }
        FileChannel channel = null;
        boolean locked = false;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            locked = channel.tryLock() != null;
            return locked ? channel : null;
        } catch (IOException e) {
            if (!Files.exists(file)) {
                throw unusable(file.getParent(), e);
            }
            throw new GpuUnavailableException(
                    "its lock " + file + " cannot be had (" + reason(e)
                            + "); workers that share ASR_GPU_LOCKS must run as one user",
                    e);
        } finally {
            if (!locked) {
                close(channel);
                LOCKED_HERE.remove(file);
            }
        }
    }

    private static IllegalArgumentException unusable(@Nullable Path folder, IOException e) {
        return new IllegalArgumentException(
                "ASR_GPU_LOCKS: " + folder + " cannot be made or written (" + reason(e)
                        + "); let this user write there, name another folder for all workers of this machine, or set PROVIDER=cpu",
                e);
    }

    private static String reason(IOException e) {
        // The message of these is the path, and their reason is mostly in their name.
        if (e instanceof FileSystemException file) {
            return file.getReason() == null ? file.getClass().getSimpleName() : file.getReason();
        }
        return String.valueOf(e.getMessage());
    }

    private static void close(@Nullable FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            log.warn("gpu_lock_close_failed", e);
        }
    }

    Gpu gpu() {
        return gpu;
    }

    /** Lets go. Closing twice does nothing. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            close(locked);
            LOCKED_HERE.remove(file);
        }
    }
}
