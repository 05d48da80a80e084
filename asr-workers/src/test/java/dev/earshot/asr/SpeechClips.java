package dev.earshot.asr;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** The clips of synthetic speech in {@code src/test/resources/speech}, 16 kHz mono, with what is said in them. */
public final class SpeechClips {

    /** One clip. */
    public record Clip(String name, String text, short[] samples) {

        public float[] floats() {
            var floats = new float[samples.length];
            for (int i = 0; i < floats.length; i++) {
                floats[i] = samples[i] / 32768f;
            }
            return floats;
        }
    }

    private SpeechClips() {}

    public static List<Clip> all() {
        return new String(resource("clips.tsv"), StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.split("\t"))
                .map(columns -> new Clip(columns[0], columns[3], samples(resource(columns[0] + ".wav"))))
                .toList();
    }

    /** Words wrong, missing or added, over words said; capitals do not count. */
    public static double wordErrorRate(List<String> said, List<String> heard) {
        int wrong = 0;
        int words = 0;
        for (int i = 0; i < said.size(); i++) {
            String[] reference = said.get(i).split(" ");
            wrong += distance(
                    reference, heard.get(i).toLowerCase(java.util.Locale.ROOT).split(" "));
            words += reference.length;
        }
        return (double) wrong / words;
    }

    private static int distance(String[] a, String[] b) {
        var row = new int[b.length + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= a.length; i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length; j++) {
                int substitution = diagonal + (a[i - 1].equals(b[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substitution, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length];
    }

    /** Chunks of a RIFF file are walked until the data comes. */
    private static short[] samples(byte[] wav) {
        ByteBuffer buffer = ByteBuffer.wrap(wav).order(ByteOrder.LITTLE_ENDIAN);
        int at = 12;
        while (buffer.getInt(at) != 0x61746164) {
            at += 8 + buffer.getInt(at + 4);
        }
        var samples = new short[Math.min(buffer.getInt(at + 4), wav.length - at - 8) / 2];
        buffer.position(at + 8);
        buffer.asShortBuffer().get(samples);
        return samples;
    }

    private static byte[] resource(String name) {
        try (InputStream in = SpeechClips.class.getResourceAsStream("/speech/" + name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
