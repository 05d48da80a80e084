"""Log-mel features: what the network hears. The exported model computes the same from the waveform."""

import numpy as np
import scipy.fft

RATE = 16000
MELS = 80
WINDOW = 400
HOP = 160
FFT = 512
FLOOR = 1e-5
WINDOW_SHAPE = np.hanning(WINDOW + 1)[:WINDOW].astype(np.float32)
# Features are kept as bytes: value = byte * QUANTUM + OFFSET.
QUANTUM = 0.09
OFFSET = -12.0


def _mel(hz):
    return 2595 * np.log10(1 + hz / 700.0)


def _hz(mel):
    return 700 * (10 ** (mel / 2595) - 1)


def mel_filters(low=20.0, high=7800.0):
    """HTK triangles, float32 [mels, bins]."""
    points = _hz(np.linspace(_mel(low), _mel(high), MELS + 2))
    bins = np.arange(FFT // 2 + 1) * RATE / FFT
    rising = (bins[None] - points[:-2, None]) / (points[1:-1] - points[:-2])[:, None]
    falling = (points[2:, None] - bins[None]) / (points[2:] - points[1:-1])[:, None]
    return np.maximum(0, np.minimum(rising, falling)).astype(np.float32)


MEL_FILTERS = mel_filters()


def log_mel(samples):
    """float32 in [-1, 1] to [frames, mels]; frame t covers samples 160 t to 160 t + 400, nothing is padded."""
    if len(samples) < WINDOW:
        samples = np.pad(samples, (0, WINDOW - len(samples)))
    frames = np.lib.stride_tricks.sliding_window_view(samples, WINDOW)[::HOP] * WINDOW_SHAPE
    power = np.abs(scipy.fft.rfft(frames, FFT, axis=1)) ** 2
    return np.log(power.astype(np.float32) @ MEL_FILTERS.T + FLOOR)


def to_bytes(features):
    return np.clip(np.round((features - OFFSET) / QUANTUM), 0, 255).astype(np.uint8)


def from_bytes(stored):
    return stored.astype(np.float32) * QUANTUM + OFFSET
