"""Greedy text, and word and letter error rates."""

import numpy as np
import torch
from scipy.io import wavfile

from features import log_mel
from network import LETTERS, MEAN, SPREAD, rows_of

AT_A_TIME = 20


def load(name, most=None):
    """(label, features) of a test set."""
    clips = []
    with open(f"test/{name}.tsv") as lines:
        for line in lines:
            number, label = line.rstrip("\n").split("\t")
            _, samples = wavfile.read(f"test/{name}/{number}.wav")
            clips.append((label, (log_mel(samples.astype(np.float32) / 32768.0) - MEAN) / SPREAD))
    return clips[:most]


def text(tokens):
    """Repeats merged, blanks dropped."""
    letters, before = [], 0
    for token in tokens:
        if token != before and token:
            letters.append(LETTERS[token])
        before = token
    return " ".join("".join(letters).split())


def distance(a, b):
    row = list(range(len(b) + 1))
    for i, x in enumerate(a):
        diagonal, row[0] = row[0], i + 1
        for j, y in enumerate(b):
            diagonal, row[j + 1] = row[j + 1], min(row[j + 1] + 1, row[j] + 1, diagonal + (x != y))
    return row[-1]


def error_rates(network, clips):
    """Percent of words and of letters that are wrong, missing or too many."""
    network.eval()
    wrong_words = words = wrong_letters = letters = 0
    with torch.no_grad():
        for first in range(0, len(clips), AT_A_TIME):
            batch = clips[first : first + AT_A_TIME]
            features = np.zeros((len(batch), max(len(x) for _, x in batch), 80), np.float32)
            for row, (_, x) in zip(features, batch):
                row[: len(x)] = x
            with torch.autocast("cpu", dtype=torch.bfloat16):
                best = network(torch.from_numpy(features)).argmax(-1).numpy()
            for tokens, (label, x) in zip(best, batch):
                heard = text(tokens[: rows_of(len(x))])
                wrong_words += distance(heard.split(), label.split())
                words += len(label.split())
                wrong_letters += distance(heard, label)
                letters += len(label)
    network.train()
    return 100 * wrong_words / words, 100 * wrong_letters / letters
