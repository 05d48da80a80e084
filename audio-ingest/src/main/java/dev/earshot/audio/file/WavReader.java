package dev.earshot.audio.file;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Reads a RIFF/WAVE stream as mono samples in [-1, 1]: PCM of 8, 16, 24 and 32 bits, IEEE float of 32 and 64, any rate, any
 * number of channels (mixed down by their mean), plain or WAVE_FORMAT_EXTENSIBLE.
 *
 * <p>A data size of 0 or 0xFFFFFFFF, as writers to a pipe leave it, means "until the end". Anything else must be there in
 * full: a shorter stream fails with {@link AudioFormatException} at the point where it breaks off. Owns the stream; not
 * thread-safe. Source: Microsoft "Multimedia Programming Interface and Data Specifications 1.0", and mmreg.h.
 */
public final class WavReader implements AutoCloseable {

    private static final int PCM = 1;
    private static final int IEEE_FLOAT = 3;
    private static final int EXTENSIBLE = 0xFFFE;
    private static final long UNKNOWN_SIZE = 0xFFFF_FFFFL;

    private final InputStream in;
    private final String name;
    private final WavFormat format;
    private final long promised;

    private long delivered;
    private byte[] bytes = new byte[0];

    private WavReader(InputStream in, String name, WavFormat format, long promised) {
        this.in = in;
        this.name = name;
        this.format = format;
        this.promised = promised;
    }

    /**
     * Reads the header.
     *
     * @param in should be buffered; closed with the reader, and when the header cannot be read
     * @param name what to call it in errors
     */
    public static WavReader open(InputStream in, String name) throws IOException {
        try {
            return readHeader(in, name);
        } catch (EOFException e) {
            in.close();
            throw new AudioFormatException(name + " is not a WAV file: it ends within the header.");
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    private static WavReader readHeader(InputStream in, String name) throws IOException {
        String riff = tag(in);
        size(in);
        if (!riff.equals("RIFF") || !tag(in).equals("WAVE")) {
            throw new AudioFormatException(name + " is not a WAV file: it does not start with RIFF…WAVE.");
        }
        WavFormat format = null;
        while (true) {
            String chunk = tag(in);
            long size = size(in);
            if (chunk.equals("data")) {
                if (format == null) {
                    throw new AudioFormatException(name + " is not a usable WAV file: no fmt chunk before the data.");
                }
                boolean untilEnd = size == 0 || size == UNKNOWN_SIZE;
                return new WavReader(in, name, format, untilEnd ? Long.MAX_VALUE : size / format.blockBytes());
            }
            if (chunk.equals("fmt ")) {
                format = format(name, body(in, name, size));
            } else {
                in.skipNBytes(size);
            }
            in.skipNBytes(size & 1);
        }
    }

    /** Samples a second. */
    public int sampleRateHz() {
        return format.rateHz();
    }

    /**
     * Reads up to {@code mono.length} samples and returns how many; -1 at the end.
     *
     * @throws AudioFormatException when the stream ends before the data that the header promised
     */
    public int read(float[] mono) throws IOException {
        long left = promised - delivered;
        if (left == 0) {
            return -1;
        }
        int wanted = (int) Math.min(left, mono.length);
        int length = wanted * format.blockBytes();
        if (bytes.length < length) {
            bytes = new byte[length];
        }
        int got = in.readNBytes(bytes, 0, length) / format.blockBytes();
        if (got < wanted && promised != Long.MAX_VALUE) {
            throw new AudioFormatException(name + " is truncated: its header promises " + promised + " samples, it has "
                    + (delivered + got) + ". Copy or record it again.");
        }
        var data = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < got; i++) {
            mono[i] = format.mixDown(data);
        }
        delivered += got;
        return got == 0 ? -1 : got;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private static WavFormat format(String name, ByteBuffer fmt) throws AudioFormatException {
        if (fmt.remaining() < 16) {
            throw new AudioFormatException(name + " is not a usable WAV file: its fmt chunk is too short.");
        }
        int coding = Short.toUnsignedInt(fmt.getShort(0));
        if (coding == EXTENSIBLE && fmt.remaining() >= 26) {
            coding = Short.toUnsignedInt(fmt.getShort(24));
        }
        int channels = Short.toUnsignedInt(fmt.getShort(2));
        int rateHz = fmt.getInt(4);
        int bits = Short.toUnsignedInt(fmt.getShort(14));
        if (!isKnown(coding, bits) || channels == 0 || rateHz < 1_000 || rateHz > 768_000) {
            throw new AudioFormatException(name + " has an unsupported WAV format: coding " + coding + ", " + bits
                    + " bits, " + channels + " channels, " + rateHz
                    + " Hz (expected: PCM of 8, 16, 24 or 32 bits or float, 1000..768000 Hz). Convert it first.");
        }
        return new WavFormat(coding == IEEE_FLOAT, bits, channels, rateHz);
    }

    private static boolean isKnown(int coding, int bits) {
        return switch (coding) {
            case PCM -> bits == 8 || bits == 16 || bits == 24 || bits == 32;
            case IEEE_FLOAT -> bits == 32 || bits == 64;
            default -> false;
        };
    }

    private static ByteBuffer body(InputStream in, String name, long size) throws IOException {
        if (size > 4096) {
            throw new AudioFormatException(name + " is not a usable WAV file: its fmt chunk has " + size + " bytes.");
        }
        byte[] body = in.readNBytes((int) size);
        if (body.length < size) {
            throw new EOFException();
        }
        return ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static String tag(InputStream in) throws IOException {
        byte[] tag = in.readNBytes(4);
        if (tag.length < 4) {
            throw new EOFException();
        }
        return new String(tag, StandardCharsets.ISO_8859_1);
    }

    private static long size(InputStream in) throws IOException {
        byte[] size = in.readNBytes(4);
        if (size.length < 4) {
            throw new EOFException();
        }
        return Integer.toUnsignedLong(
                ByteBuffer.wrap(size).order(ByteOrder.LITTLE_ENDIAN).getInt());
    }
}
