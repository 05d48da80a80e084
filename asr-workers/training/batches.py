"""Training batches: clips of like length, distorted anew each time, made by a thread while the network learns."""

import glob
import queue
import threading
import time

import numpy as np

import vocabulary as V
from english import DAYS, MONTHS, ORDINALS, number
from features import RATE, from_bytes, log_mel
from network import MEAN, SPREAD, TOKENS, rows_of
from sentences import OWN_WORDS

TITLES = "mister missus doctor professor minutes hours days weeks months years dollars percent".split()
SECONDS_PER_BATCH = 180
# Shorter batches until the network has found its feet.
EASY_SECONDS, EASY_SHARE = 2000, 0.6
SHORT_ONLY_SECONDS, SHORT_FRAMES, LONGEST_FRAMES = 60, 400, 1500
REFRESH_SECONDS = 120
RARE_WORD_SHARE = 0.34


def _common_words():
    names = set(V.FIRST_NAMES) | set(V.LAST_NAMES)
    numbers = " ".join(number(i) for i in range(100)).split()
    return (
        OWN_WORDS
        | names
        | {name + "'s" for name in names}
        | set(V.PLACES)
        | set(" ".join(V.PHRASES).split())
        | set(numbers + DAYS + MONTHS + ORDINALS + TITLES)
        | set(V.SPOKEN_ABBREVIATIONS)
    )


class Clips:
    """All clips synthesised so far; those whose label would not fit into their rows are left out."""

    def __init__(self):
        self.features, self.labels, self.frames, self.is_rare = [], [], [], []
        self._files = set()
        self._common = _common_words()

    def refresh(self):
        for file in sorted(set(glob.glob("data/w*.npz")) - self._files):
            self._files.add(file)
            shard = np.load(file)
            starts = shard["starts"]
            for features, label in zip(np.split(shard["features"], starts[1:-1]), shard["labels"]):
                self._add(features, str(label))

    def _add(self, features, label):
        tokens = np.array([TOKENS[letter] for letter in label], np.int32)
        repeats = int((tokens[1:] == tokens[:-1]).sum())
        if len(tokens) + repeats > 0.9 * rows_of(len(features)):
            return
        words = label.split()
        self.features.append(features)
        self.labels.append(tokens)
        self.frames.append(len(features))
        self.is_rare.append(sum(w not in self._common for w in words) > RARE_WORD_SHARE * len(words))


def _noises(noise):
    """Power spectra of 30 s of coloured noise, one of them swelling: [frames, mels] each."""
    made = []
    for k, colour in enumerate([0, 0.25, 0.5, 0.75, 1.0, 0.6]):
        spectrum = np.fft.rfft(noise.standard_normal(RATE * 30))
        spectrum /= (np.arange(len(spectrum)) + 1.0) ** colour
        spectrum[:100] *= 0.1
        samples = np.fft.irfft(spectrum)
        samples *= 0.1 / samples.std()
        if k == 5:
            samples *= 0.2 + np.abs(np.sin(np.arange(len(samples)) / RATE * 2.1))
        made.append(np.exp(log_mel(samples.astype(np.float32))))
    return made


def _warp(factor):
    """Frequency warping as a matrix: output band j reads input band j * factor, as from another length of throat."""
    source = np.arange(80) * factor
    low = np.clip(np.floor(source).astype(int), 0, 79)
    high = np.clip(low + 1, 0, 79)
    weight = source - np.floor(source)
    matrix = np.zeros((80, 80), np.float32)
    matrix[low, np.arange(80)] += 1 - weight
    matrix[high, np.arange(80)] += weight
    return matrix


class Distortion:
    """What is done to log-mels in training: warping, gain, noise or babble, a little SpecAugment."""

    WARPS = [_warp(factor) for factor in np.linspace(0.86, 1.16, 31)]

    def __init__(self, clips):
        self.clips = clips
        self.noises = _noises(np.random.default_rng(3))

    def distorted(self, i, noise):
        """Clip i, normalised as the network wants it."""
        x = from_bytes(self.clips.features[i])
        if noise.random() < 0.5:
            x = x @ self.WARPS[noise.integers(31)]
        x += noise.uniform(-2.5, 2.0)
        x = self._over_noise(x, noise) if noise.random() < 0.3 else np.maximum(x, -11.5)
        x = (x - MEAN) / SPREAD
        for _ in range(int(noise.integers(0, 2))):
            width = noise.integers(0, 11)
            first = noise.integers(0, 80 - width)
            x[:, first : first + width] = 0
        for _ in range(len(x) // 400):
            width = noise.integers(0, 14)
            first = noise.integers(0, max(1, len(x) - width))
            x[first : first + width] = 0
        return x

    def _over_noise(self, x, noise):
        if noise.random() < 0.7:
            background = self.noises[noise.integers(len(self.noises))]
        else:
            background = 0
            for _ in range(3):
                voice = np.exp(from_bytes(self.clips.features[noise.integers(len(self.clips.features))]))
                background = background + voice[np.arange(600) % len(voice)]
        start = noise.integers(len(background))
        background = background[(np.arange(len(x)) + start) % len(background)]
        snr_db = noise.uniform(5, 35)
        power = np.exp(x)
        gain = power.mean() / (background.mean() + 1e-9) * 10 ** (-snr_db / 10)
        return np.log(power + gain * background + 1e-5)


class Batches:
    """Batches as they are needed: take() gives (features [n, frames, 80], rows of each, labels)."""

    def __init__(self, resumed):
        self.clips = Clips()
        self.clips.refresh()
        self._distortion = Distortion(self.clips)
        self._queue = queue.Queue(maxsize=6)
        self._begun = time.time()
        self._resumed = resumed

    def start(self):
        threading.Thread(target=self._produce, daemon=True).start()

    def take(self):
        return self._queue.get()

    def _produce(self):
        noise = np.random.default_rng(int(time.time()))
        while True:
            self.clips.refresh()
            batches = self._plan(noise)
            noise.shuffle(batches)
            since = time.time()
            for batch in batches:
                self._queue.put(self._made(batch, noise))
                if time.time() - since > REFRESH_SECONDS:
                    break

    def _plan(self, noise):
        """Which clips go together: sorted by length, roughly; of the rare words only some."""
        elapsed = time.time() - self._begun
        frames = np.array(self.clips.frames)
        longest = SHORT_FRAMES if elapsed < SHORT_ONLY_SECONDS and not self._resumed else LONGEST_FRAMES
        wanted = ~np.array(self.clips.is_rare) | (noise.random(len(frames)) < 0.4)
        usable = np.flatnonzero((frames <= longest) & wanted)
        by_length = usable[np.argsort(frames[usable] + noise.uniform(0, 60, len(usable)))]
        most = SECONDS_PER_BATCH * 100 * (1 if elapsed > EASY_SECONDS else EASY_SHARE)
        batches, batch, widest = [], [], 0
        for i in by_length:
            if batch and max(widest, frames[i]) * (len(batch) + 1) > most:
                batches.append(batch)
                batch, widest = [], 0
            batch.append(i)
            widest = max(widest, frames[i])
        return batches + [batch] if batch else batches

    def _made(self, batch, noise):
        clips = [self._distortion.distorted(i, noise) for i in batch]
        features = np.zeros((len(batch), max(map(len, clips)), 80), np.float32)
        for row, clip in zip(features, clips):
            row[: len(clip)] = clip
        rows = np.array([rows_of(len(clip)) for clip in clips], np.int32)
        return features, rows, [self.clips.labels[i] for i in batch]
