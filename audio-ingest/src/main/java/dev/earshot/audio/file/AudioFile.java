package dev.earshot.audio.file;

import dev.earshot.audio.domain.Resampler;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An audio file as a stream of 16 kHz mono samples, read piece by piece.
 *
 * <p>WAV needs nothing; FLAC, MP3, OGG and whatever else ffmpeg knows go through {@code ffmpeg} if it is on the PATH. Not
 * thread-safe. Failures are {@link AudioFormatException}s that say what to do.
 */
public final class AudioFile implements AutoCloseable {

    /** Half a second at 16 kHz: small enough to start soon, large enough to cost nothing. */
    private static final int PIECE = 8_000;

    private final WavReader wav;
    private final Resampler resampler;
    private final @Nullable Process ffmpeg;
    private final String name;
    private final float[] piece = new float[PIECE];
    private boolean finished;

    private AudioFile(WavReader wav, @Nullable Process ffmpeg, String name) {
        this.wav = wav;
        this.ffmpeg = ffmpeg;
        this.name = name;
        this.resampler = new Resampler(wav.sampleRateHz());
    }

    /** Opens a file by what is in it, not by its name. */
    public static AudioFile open(Path path) throws IOException {
        String name = Optional.ofNullable(path.getFileName()).orElse(path).toString();
        if (Files.isDirectory(path)) {
            throw new AudioFormatException(path + " is a folder (expected: an audio file).");
        }
        if (!Files.isRegularFile(path)) {
            throw new AudioFormatException("There is no file " + path + ".");
        }
        var in = new BufferedInputStream(Files.newInputStream(path), 1 << 16);
        if (startsWithRiff(in) || name.toLowerCase(Locale.ROOT).endsWith(".wav")) {
            return open(in, name);
        }
        in.close();
        return throughFfmpeg(path, name);
    }

    /** Opens a WAV stream; it is closed with the file. */
    public static AudioFile open(InputStream wav, String name) throws IOException {
        return new AudioFile(WavReader.open(wav, name), null, name);
    }

    private static AudioFile throughFfmpeg(Path path, String name) throws IOException {
        Process process;
        try {
            process = new ProcessBuilder(List.of(
                            "ffmpeg",
                            "-v",
                            "error",
                            "-nostdin",
                            "-i",
                            path.toAbsolutePath().toString(),
                            "-vn",
                            "-ac",
                            "1",
                            "-ar",
                            "16000",
                            "-c:a",
                            "pcm_s16le",
                            "-f",
                            "wav",
                            "-"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new AudioFormatException(
                    name + " is not a WAV file, and ffmpeg, which reads other formats, is not on the"
                            + " PATH. Install ffmpeg or convert the file to WAV.");
        }
        try {
            var out = new BufferedInputStream(process.getInputStream(), 1 << 16);
            return new AudioFile(WavReader.open(out, name), process, name);
        } catch (AudioFormatException e) {
            process.destroy();
            throw new AudioFormatException(name + " is not audio that ffmpeg can read.");
        }
    }

    /** The next samples, 16 kHz mono, never empty; null at the end. */
    public short @Nullable [] next() throws IOException {
        while (!finished) {
            int count = wav.read(piece);
            finished = count < 0;
            float[] samples = finished ? resampler.finish() : resampler.push(piece, count);
            if (samples.length > 0) {
                return toShorts(samples);
            }
        }
        if (ffmpeg != null && exitCode(ffmpeg) != 0) {
            throw new AudioFormatException(name + " breaks off: ffmpeg could not read it to its end.");
        }
        return null;
    }

    @Override
    public void close() {
        try {
            wav.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close " + name, e);
        } finally {
            if (ffmpeg != null) {
                ffmpeg.destroy();
            }
        }
    }

    private static boolean startsWithRiff(InputStream in) throws IOException {
        in.mark(4);
        byte[] start = in.readNBytes(4);
        in.reset();
        return start.length == 4 && start[0] == 'R' && start[1] == 'I' && start[2] == 'F' && start[3] == 'F';
    }

    private static int exitCode(Process process) throws IOException {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while ffmpeg was ending", e);
        }
    }

    private static short[] toShorts(float[] samples) {
        short[] shorts = new short[samples.length];
        for (int i = 0; i < samples.length; i++) {
            shorts[i] = (short) Math.round(Math.max(-32768f, Math.min(32767f, samples[i] * 32768f)));
        }
        return shorts;
    }
}
