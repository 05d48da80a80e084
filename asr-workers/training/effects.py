"""What happens to speech between a mouth and us: rooms, microphones, codecs. Samples are float32 at 16 kHz.

Called noise, a numpy random generator decides; the order of the calls to it is part of the recipe.
"""

import subprocess

import numpy as np
import scipy.fft as fft
import scipy.signal

from features import RATE

OPUS_GAP = 3200


def resample(samples, rate, speed=1.0):
    """To 16 kHz; speed above 1 is faster and higher."""
    wanted = int(len(samples) * RATE / rate / speed)
    padded = fft.next_fast_len(len(samples) + 200)
    new_length = int(round(padded * RATE / rate / speed))
    spectrum = fft.rfft(samples, padded)
    bins = new_length // 2 + 1
    if bins <= len(spectrum):
        spectrum = spectrum[:bins]
    else:
        spectrum = np.pad(spectrum, (0, bins - len(spectrum)))
    return (fft.irfft(spectrum, new_length) * (new_length / padded))[:wanted].astype(np.float32)


def trim(samples):
    """Without the silence at both ends."""
    loud = np.flatnonzero(np.abs(samples) > 0.01 * max(1e-4, np.abs(samples).max()))
    return samples[max(0, loud[0] - 400) : loud[-1] + 800] if len(loud) else samples


def room(noise):
    """An impulse response: the voice itself, and behind it an exponentially decaying tail."""
    decay = noise.uniform(0.08, 0.5)
    length = int(decay * RATE)
    tail = noise.standard_normal(length) * np.exp(-6.9 * np.arange(length) / RATE / decay)
    tail[: int(noise.uniform(0.001, 0.012) * RATE)] = 0
    tail *= noise.uniform(0.15, 0.8) / np.sqrt((tail**2).sum() + 1e-9)
    tail[0] = 1.0
    return tail.astype(np.float32)


def in_room(samples, noise):
    return scipy.signal.oaconvolve(samples, room(noise))[: len(samples)]


def limit_band(samples, noise):
    low = noise.uniform(50, 300)
    high = noise.uniform(3300, 7000)
    spectrum = fft.rfft(samples)
    hz = np.arange(len(spectrum)) * RATE / len(samples)
    gain = 1 / np.sqrt(1 + (low / np.maximum(hz, 1)) ** 4) / np.sqrt(1 + (hz / high) ** 12)
    return fft.irfft(spectrum * gain, len(samples)).astype(np.float32)


def tilt(samples, noise):
    """Up to 4 dB per octave around 1 kHz."""
    spectrum = fft.rfft(samples)
    hz = np.arange(len(spectrum)) * RATE / len(samples)
    slope = noise.uniform(-4, 4)
    gain = 10 ** (slope * np.log2(np.maximum(hz, 60) / 1000.0) / 20)
    return fft.irfft(spectrum * gain, len(samples)).astype(np.float32)


def opus(clips, noise):
    """Through Opus and back at a rate that WebRTC uses; all clips in one stream, for ffmpeg takes long to start."""
    gap = np.zeros(OPUS_GAP, np.float32)
    stream = np.concatenate([np.concatenate([clip, gap]) for clip in clips])
    rate = noise.choice(["10k", "14k", "20k", "28k"])
    raw = (np.clip(stream, -1, 1) * 32767).astype(np.int16).tobytes()
    pcm = ["-f", "s16le", "-ar", str(RATE), "-ac", "1"]
    encode = ["-c:a", "libopus", "-application", "voip", "-b:a", rate, "-f", "ogg", "-"]
    encoded = _ffmpeg(pcm + ["-i", "-"] + encode, raw)
    decoded = (
        np.frombuffer(_ffmpeg(["-i", "-"] + pcm + ["-"], encoded), np.int16).astype(np.float32) / 32768.0
    )
    decoded = np.pad(decoded, (0, max(0, len(stream) - len(decoded))))
    heard, at = [], 0
    for clip in clips:
        heard.append(decoded[at : at + len(clip)])
        at += len(clip) + OPUS_GAP
    return heard


def _ffmpeg(arguments, data):
    return subprocess.run(
        ["ffmpeg", "-loglevel", "error"] + arguments, input=data, capture_output=True
    ).stdout


def level(samples, noise, low_db=-28, high_db=-14):
    rms = np.sqrt((samples**2).mean() + 1e-9)
    return np.clip(samples * (10 ** (noise.uniform(low_db, high_db) / 20) / rms), -1, 1)


def distort(samples, noise):
    """Any of the effects that need no codec, each sometimes."""
    samples = level(samples, noise)
    if noise.random() < 0.30:
        samples = in_room(samples, noise).astype(np.float32)
    if noise.random() < 0.30:
        samples = tilt(samples, noise)
    if noise.random() < 0.12:
        samples = limit_band(samples, noise)
    return samples
