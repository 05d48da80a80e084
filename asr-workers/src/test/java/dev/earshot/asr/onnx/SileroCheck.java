package dev.earshot.asr.onnx;

import dev.earshot.asr.domain.NeuralGate;
import dev.earshot.asr.domain.SpeechWindow;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Tries the real Silero VAD, which is no part of this repository: {@code SileroCheck silero_vad.onnx CLIP.wav…}, clips of 16 kHz
 * and 16 bits. Prints for each how many windows are speech, and whether windows alone are answered as in a batch. Its authors' own wrapper
 * finds 233 windows of 343 in whisper's {@code jfk.wav}.
 */
final class SileroCheck {

    private static final int WAV_HEADER = 44;

    private SileroCheck() {}

    public static void main(String[] arguments) throws Exception {
        try (SileroDetector detector = SileroDetector.load(Path.of(arguments[0]))) {
            for (int i = 1; i < arguments.length; i++) {
                check(detector, Path.of(arguments[i]));
            }
        }
    }

    private static void check(SileroDetector detector, Path clip) throws Exception {
        byte[] wav = Files.readAllBytes(clip);
        var samples = new short[(wav.length - WAV_HEADER) / 2];
        ByteBuffer.wrap(wav)
                .order(ByteOrder.LITTLE_ENDIAN)
                .position(WAV_HEADER)
                .asShortBuffer()
                .get(samples);
        List<Float> alone = new ArrayList<>();
        float furthest = 0;
        var gates = new ArrayList<NeuralGate>();
        for (int i = 0; i < 8; i++) {
            gates.add(new NeuralGate());
            gates.get(i).restart(0);
            gates.get(i).hear(samples, 0, samples.length);
        }
        NeuralGate single = new NeuralGate();
        single.restart(0);
        single.hear(samples, 0, samples.length);
        for (List<SpeechWindow> next = single.next(); !next.isEmpty(); next = single.next()) {
            detector.detect(next);
            alone.add(next.get(0).probability());
            single.answered();
        }
        for (int at = 0; at < alone.size(); at++) {
            var windows = new ArrayList<SpeechWindow>();
            gates.forEach(gate -> windows.addAll(gate.next()));
            detector.detect(windows);
            furthest = Math.max(furthest, Math.abs(windows.get(0).probability() - alone.get(at)));
            gates.forEach(NeuralGate::answered);
        }
        long speech = alone.stream().filter(p -> p >= 0.5f).count();
        System.out.printf(
                "%s: %d of %d windows are speech, alone and in a batch %g apart%n",
                clip, speech, alone.size(), furthest);
    }
}
