"""Makes the sets that tell how good the model is: test/<set>/NNN.wav and test/<set>.tsv with their labels.

The sentences are not those of training. Voices never trained: flite's rms, espeak-ng's m5 and f4. The hand-written
sentences of nat_* come from test_sentences.txt.
"""

import os
import random

import numpy as np
from scipy.io import wavfile

import effects
import voices
from features import RATE
from sentences import HELD_OUT, clean, sentence


def write(name, clips):
    os.makedirs(f"test/{name}", exist_ok=True)
    with open(f"test/{name}.tsv", "w") as labels:
        for i, (label, samples) in enumerate(clips):
            pcm = (np.clip(samples, -1, 1) * 32767).astype(np.int16)
            wavfile.write(f"test/{name}/{i:03d}.wav", RATE, pcm)
            labels.write(f"{i:03d}\t{label}\n")
    print(name, len(clips), "%.0f s" % sum(len(samples) / RATE for _, samples in clips), flush=True)


def prepared(clip, noise):
    rate, samples = clip
    samples = effects.level(effects.trim(effects.resample(samples, rate)), noise, -24, -18)
    return np.pad(samples, (int(noise.uniform(0.1, 0.4) * RATE), int(noise.uniform(0.2, 0.5) * RATE)))


def templated(rng, count):
    made = [sentence(rng, rng.choice(["clause", "meeting"])) for _ in range(count * 2)]
    return [pair for pair in made if len(pair[0].split()) >= 5][:count]


def noisy(clips, noise):
    """A little room, pink noise 10 to 20 dB below the voice, Opus."""
    heard = []
    for _, samples in clips:
        voice = effects.in_room(samples, noise)
        spectrum = np.fft.rfft(noise.standard_normal(len(samples)))
        spectrum /= np.sqrt(np.arange(len(spectrum)) + 1.0)
        pink = np.fft.irfft(spectrum, len(samples))
        pink *= np.sqrt((voice**2).mean() / (pink**2).mean()) * 10 ** (-noise.uniform(10, 20) / 20)
        heard.append((voice + pink).astype(np.float32))
    return [(label, samples) for (label, _), samples in zip(clips, effects.opus(heard, noise))]


def templated_sets(rng, noise):
    seen = []
    for i, (label, text) in enumerate(templated(rng, 120)):
        if i % 2:
            clip = voices.flite(text, rng, ["slt", "awb", "kal16"][i % 3])
        else:
            clip = voices.espeak(text, rng, accent="en-us" if i % 4 else "en-gb")
        seen.append((label, prepared(clip, noise)))
    write("seen", seen)
    rms = [(label, prepared(voices.flite(text, rng, "rms"), noise)) for label, text in templated(rng, 120)]
    write("rms", rms)
    held_out = []
    for i, (label, text) in enumerate(templated(rng, 120)):
        variant, accent = voices.HELD_OUT_VARIANTS[i % 2], ["en-us", "en-gb"][i // 2 % 2]
        held_out.append((label, prepared(voices.espeak(text, rng, variant, accent), noise)))
    write("heldvar", held_out)
    return rms


def natural_sets(texts, rng, noise):
    labels = [clean(text) for text in texts]
    for name, speak in [
        ("nat_rms", lambda text: voices.flite(text, rng, "rms", plain=True)),
        ("nat_slt", lambda text: voices.flite(text, rng, "slt", plain=True)),
        ("nat_m5", lambda text: voices.espeak(text, rng, "m5", "en-us")),
    ]:
        write(name, [(label, prepared(speak(text), noise)) for label, text in zip(labels, texts)])


def main():
    with open("test_sentences.txt") as file:
        texts = file.read().strip().split("\n")
    rng, noise = random.Random(424242), np.random.default_rng(4242)
    rms = templated_sets(rng, noise)
    natural_sets(texts, rng, noise)
    write("rms_noisy", noisy(rms[:100], noise))
    unknown = [sentence(rng, "dict", HELD_OUT) for _ in range(60)]
    write(
        "oov",
        [
            (label, prepared(voices.flite(text, rng, ["slt", "rms"][i % 2]), noise))
            for i, (label, text) in enumerate(unknown)
        ],
    )
    rng, noise = random.Random(1), np.random.default_rng(1)
    plain = [voices.espeak(text, rng, ["", "f2"][i % 2], "en-us", plain=True) for i, text in enumerate(texts)]
    write("nat_espeak", [(clean(text), prepared(clip, noise)) for text, clip in zip(texts, plain)])


if __name__ == "__main__":
    main()
