"""Synthesises training speech: synthesise.py WORKER SHARDS [FIRST_SHARD]

Writes data/w<worker>_<shard>.npz, 600 sentences each: log-mels as bytes, where each clip begins, and the labels. Run
as many workers at once as there are cores. ESPEAK_SHARE (0.52) of the clips come from espeak-ng, three quarters of the
rest from flite, the others from festival.
"""

import os

os.environ["OMP_NUM_THREADS"] = "1"
os.environ["OPENBLAS_NUM_THREADS"] = "1"

import random
import sys
import time

import numpy as np

import effects
import voices
from features import RATE, log_mel, to_bytes
from sentences import sentence

BATCH = 60
PER_SHARD = 600
LONGEST_S = 15
ESPEAK_SHARE = float(os.environ.get("ESPEAK_SHARE", "0.52"))


def spoken(texts, rng):
    """One clip per text; None where a synthesiser failed."""
    clips = [None] * len(texts)
    for_festival = []
    for i, text in enumerate(texts):
        x = rng.random()
        try:
            if x < ESPEAK_SHARE:
                clips[i] = voices.espeak(text, rng)
            elif x < ESPEAK_SHARE + (1 - ESPEAK_SHARE) * 0.75:
                clips[i] = voices.flite(text, rng)
            else:
                for_festival.append(i)
        except (OSError, ValueError):
            clips[i] = None
    for i, clip in zip(for_festival, voices.festival([texts[i] for i in for_festival], rng)):
        clips[i] = clip
    return clips


def batch(size, rng, noise):
    """(label, samples) of so many sentences, distorted, with silence around."""
    sentences = [sentence(rng) for _ in range(size)]
    clips = []
    for (label, _), clip in zip(sentences, spoken([text for _, text in sentences], rng)):
        if clip is None or len(clip[1]) < 2000:
            continue
        rate, samples = clip
        speed = 1.0 if noise.random() < 0.3 else noise.uniform(0.88, 1.14)
        samples = effects.distort(effects.trim(effects.resample(samples, rate, speed)), noise)
        around = (int(noise.uniform(0.02, 0.5) * RATE), int(noise.uniform(0.1, 0.6) * RATE))
        samples = np.pad(samples, around)
        if len(samples) <= LONGEST_S * RATE:
            clips.append([label, samples])
    coded = [i for i in range(len(clips)) if noise.random() < 0.2]
    if coded:
        for i, samples in zip(coded, effects.opus([clips[i][1] for i in coded], noise)):
            clips[i][1] = samples
    return clips


def shard(worker, number):
    rng = random.Random(1000003 * (worker + 1) + number)
    noise = np.random.default_rng(99991 * (worker + 1) + number)
    features, starts, labels = [], [0], []
    for _ in range(PER_SHARD // BATCH):
        for label, samples in batch(BATCH, rng, noise):
            features.append(to_bytes(log_mel(samples)))
            starts.append(starts[-1] + len(features[-1]))
            labels.append(label)
    # Training looks for shards while they are made: none may appear half written.
    unfinished = f"data/unfinished{worker}.npz"
    np.savez(unfinished, features=np.concatenate(features), starts=np.array(starts), labels=np.array(labels))
    os.rename(unfinished, f"data/w{worker}_{number:04d}.npz")
    return len(labels), starts[-1] / 100


def main(worker, shards, first=0):
    os.makedirs("data", exist_ok=True)
    begun, seconds = time.time(), 0.0
    for number in range(first, first + shards):
        clips, more = shard(worker, number)
        seconds += more
        print(
            f"shard {number} clips {clips} total {seconds / 3600:.2f} h in {time.time() - begun:.0f} s",
            flush=True,
        )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
