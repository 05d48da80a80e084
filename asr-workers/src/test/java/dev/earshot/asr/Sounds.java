package dev.earshot.asr;

import dev.earshot.asr.domain.AudioTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Sounds of a meeting in which nobody speaks, made from a seed: noises, hums, tones and what passes for music. */
final class Sounds {

    private static final int RATE = AudioTime.SAMPLE_RATE_HZ;
    private static final double[] SCALE_HZ = {220, 246.9, 277.2, 329.6, 370, 440, 493.9, 554.4, 659.3, 740, 880};

    private Sounds() {}

    /** One of each kind, so many seconds long. */
    static Map<String, short[]> all(int seconds) {
        var sounds = new LinkedHashMap<String, short[]>();
        sounds.put("silence", new short[seconds * RATE]);
        sounds.put("room", noise(seconds, -62, 0.9, 1));
        sounds.put("white noise", noise(seconds, -30, 0, 2));
        sounds.put("fan", noise(seconds, -35, 0.97, 3));
        sounds.put("noise that comes and goes", swelling(noise(seconds, -28, 0.5, 4), 0.23));
        sounds.put("rustling", gusts(noise(seconds, -25, 0.3, 5), 6));
        sounds.put("typing", clicks(seconds, 7));
        sounds.put("mains hum", tones(seconds, 8, new double[] {50, 100, 150, 250}, 1e9, 0));
        sounds.put("ringing", tones(seconds, 9, new double[] {440, 480}, 2, 0.5));
        sounds.put("a melody", melody(seconds, 10, 1, 0.35));
        sounds.put("chords", melody(seconds, 11, 3, 1.1));
        sounds.put("a busy tune", melody(seconds, 12, 2, 0.16));
        sounds.put("a tune with drums", mixed(melody(seconds, 13, 2, 0.4), beats(seconds, 14)));
        sounds.put("a siren", siren(seconds));
        return sounds;
    }

    /** Noise at a level, dB relative to full scale; {@code dark} of 0 is white, nearer to 1 deeper. */
    static short[] noise(int seconds, double db, double dark, long seed) {
        var random = new Random(seed);
        var wave = new double[seconds * RATE];
        double last = 0;
        for (int i = 0; i < wave.length; i++) {
            last = dark * last + (1 - dark) * random.nextGaussian();
            wave[i] = last;
        }
        return scaled(wave, db);
    }

    private static short[] swelling(short[] audio, double hz) {
        for (int i = 0; i < audio.length; i++) {
            audio[i] = (short) (audio[i] * Math.pow(0.5 + 0.5 * Math.sin(2 * Math.PI * hz * i / RATE), 3));
        }
        return audio;
    }

    private static short[] gusts(short[] audio, long seed) {
        var random = new Random(seed);
        double loud = 0;
        int until = 0;
        double now = 0;
        for (int i = 0; i < audio.length; i++) {
            if (i >= until) {
                until = i + RATE / 20 + random.nextInt(RATE / 2);
                loud = random.nextBoolean() ? random.nextDouble() : 0;
            }
            now += (loud - now) * 0.002;
            audio[i] = (short) (audio[i] * now);
        }
        return audio;
    }

    private static short[] clicks(int seconds, long seed) {
        var random = new Random(seed);
        var wave = new double[seconds * RATE];
        for (int at = 0; at < wave.length; at += RATE / 12 + random.nextInt(RATE / 5)) {
            for (int i = at; i < Math.min(wave.length, at + RATE / 80); i++) {
                wave[i] = random.nextGaussian() * Math.exp(-(i - at) / 40.0);
            }
        }
        return scaled(wave, -30);
    }

    /** Steady tones together, on for {@code onSeconds} and off for a share of that. */
    private static short[] tones(int seconds, long seed, double[] hz, double onSeconds, double offShare) {
        var random = new Random(seed);
        var wave = new double[seconds * RATE];
        for (double f : hz) {
            double phase = random.nextDouble();
            for (int i = 0; i < wave.length; i++) {
                boolean on = i / (double) RATE % (onSeconds * (1 + offShare)) < onSeconds;
                wave[i] += on ? Math.sin(2 * Math.PI * (f * i / RATE + phase)) : 0;
            }
        }
        return scaled(wave, -26);
    }

    /** Notes of a few harmonics that fade, so many at a time, with a little vibrato. */
    private static short[] melody(int seconds, long seed, int voices, double noteSeconds) {
        var random = new Random(seed);
        var wave = new double[seconds * RATE];
        int note = (int) (noteSeconds * RATE);
        for (int at = 0; at + note <= wave.length; at += note) {
            for (int voice = 0; voice < voices; voice++) {
                double hz = SCALE_HZ[random.nextInt(SCALE_HZ.length)] * (voice == 2 ? 0.5 : 1);
                for (int i = 0; i < note; i++) {
                    double t = i / (double) RATE;
                    double phase = 2 * Math.PI * hz * t + 0.8 * Math.sin(2 * Math.PI * 5.5 * t);
                    double fade = Math.min(1, t / 0.01) * Math.exp(-2.2 * t / noteSeconds);
                    wave[at + i] += fade * (Math.sin(phase) + 0.5 * Math.sin(2 * phase) + 0.25 * Math.sin(3 * phase));
                }
            }
        }
        return scaled(wave, -24);
    }

    private static short[] beats(int seconds, long seed) {
        var random = new Random(seed);
        var wave = new double[seconds * RATE];
        for (int beat = 0; beat * RATE / 2 < wave.length; beat++) {
            int at = beat * RATE / 2;
            for (int i = at; i < Math.min(wave.length, at + RATE / 6); i++) {
                double t = (i - at) / (double) RATE;
                wave[i] = beat % 2 == 0
                        ? 2 * Math.sin(2 * Math.PI * (60 * t + 3 * Math.exp(-30 * t))) * Math.exp(-18 * t)
                        : random.nextGaussian() * Math.exp(-25 * t);
            }
        }
        return scaled(wave, -24);
    }

    private static short[] siren(int seconds) {
        var wave = new double[seconds * RATE];
        double phase = 0;
        for (int i = 0; i < wave.length; i++) {
            phase += 2 * Math.PI * (700 + 400 * Math.sin(2 * Math.PI * 0.4 * i / RATE)) / RATE;
            wave[i] = Math.sin(phase);
        }
        return scaled(wave, -24);
    }

    private static short[] mixed(short[] one, short[] other) {
        var both = new short[one.length];
        for (int i = 0; i < both.length; i++) {
            both[i] = (short) (one[i] / 2 + other[i] / 2);
        }
        return both;
    }

    private static short[] scaled(double[] wave, double db) {
        double squares = 0;
        for (double value : wave) {
            squares += value * value;
        }
        double gain = 32768 * Math.pow(10, db / 20) / Math.sqrt(squares / wave.length);
        var audio = new short[wave.length];
        for (int i = 0; i < audio.length; i++) {
            audio[i] = (short) Math.max(-32768, Math.min(32767, Math.round(wave[i] * gain)));
        }
        return audio;
    }
}
