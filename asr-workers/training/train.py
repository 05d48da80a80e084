"""Trains the network on whatever is in data/: train.py MINUTES [CHECKPOINT]

Takes up shards as they are synthesised. bfloat16 matrix products, which oneDNN makes fast on a CPU. Writes
checkpoint.pt every four minutes with the error rates of some test sets, final.pt at the end, and log.jsonl. The weights
that count are running means ("ema"). LR is the highest learning rate, HOLD the share of the time that it is held.
"""

import json
import math
import os
import sys
import time

import torch

import scoring
from batches import Batches
from ctc import ctc_loss
from network import THREADS, Network

PEAK_LR = float(os.environ.get("LR", "2e-3"))
HOLD = float(os.environ.get("HOLD", "0.25"))
WARM_UP_STEPS = 300
CHECKPOINT_SECONDS = 240
WATCHED_SETS = ["seen", "rms", "nat_rms"]
WATCHED_CLIPS = 40


class Training:
    def __init__(self, minutes, checkpoint):
        torch.set_num_threads(THREADS)
        torch.manual_seed(1)
        self.budget = minutes * 60
        self.network = Network()
        self.optimizer = torch.optim.AdamW(
            self.network.parameters(), PEAK_LR, betas=(0.9, 0.98), weight_decay=0.02, foreach=True
        )
        self.step = 0
        self.audio_seconds = 0.0
        self.smooth_loss = None
        if checkpoint:
            saved = torch.load(checkpoint)
            self.network.load_state_dict(saved["weights"])
            self.optimizer.load_state_dict(saved["optimizer"])
            self.step = saved["step"]
        self.ema = self._copy()
        self.batches = Batches(resumed=bool(checkpoint))
        self.log = open("log.jsonl", "a")
        self.watched = None

    def run(self):
        print("parameters", sum(p.numel() for p in self.network.parameters()), flush=True)
        self.batches.start()
        begun = last_checkpoint = time.time()
        while (elapsed := time.time() - begun) < self.budget:
            self._learn(elapsed)
            if self.step % 50 == 0:
                self._report(elapsed)
            if time.time() - last_checkpoint > CHECKPOINT_SECONDS:
                last_checkpoint = time.time()
                self._save("checkpoint.pt")
                self._watch(elapsed)
        self._save("final.pt")

    def _learn(self, elapsed):
        features, rows, labels = self.batches.take()
        for group in self.optimizer.param_groups:
            group["lr"] = self._learning_rate(elapsed / self.budget)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            logits = self.network(torch.from_numpy(features))
        loss = ctc_loss(logits, rows, labels, THREADS).sum() / sum(map(len, labels))
        loss.backward()
        norm = torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0).item()
        if math.isfinite(norm):
            self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        self.step += 1
        self.audio_seconds += features.shape[0] * features.shape[1] / 100
        if self.step % 2 == 0:
            self._average()
        value = loss.item()
        self.smooth_loss = value if self.smooth_loss is None else 0.98 * self.smooth_loss + 0.02 * value

    def _learning_rate(self, progress):
        warm = min(1, (self.step + 1) / WARM_UP_STEPS)
        falling = 1.0
        if progress > HOLD:
            falling = 0.5 * (1 + math.cos(math.pi * min(1, (progress - HOLD) / (1 - HOLD))))
        return PEAK_LR * warm * falling + 1e-6

    def _average(self):
        decay = min(0.998, self.step / (self.step + 10.0))
        with torch.no_grad():
            for name, value in self.network.state_dict().items():
                self.ema[name].lerp_(value, 1 - decay**2)

    def _report(self, elapsed):
        row = dict(
            minutes=elapsed / 60,
            step=self.step,
            loss_per_letter=self.smooth_loss,
            audio_hours=self.audio_seconds / 3600,
            clips=len(self.batches.clips.labels),
        )
        print(json.dumps(row), flush=True)
        self.log.write(json.dumps(row) + "\n")
        self.log.flush()

    def _watch(self, elapsed):
        if not os.path.exists("test/oov.tsv"):
            return
        if self.watched is None:
            self.watched = {name: scoring.load(name, WATCHED_CLIPS) for name in WATCHED_SETS}
        weights = self._copy()
        self.network.load_state_dict(self.ema)
        rates = {name: scoring.error_rates(self.network, clips) for name, clips in self.watched.items()}
        self.network.load_state_dict(weights)
        row = dict(minutes=elapsed / 60, step=self.step, wer_and_cer=rates)
        print(json.dumps(row), flush=True)
        self.log.write(json.dumps(row) + "\n")

    def _copy(self):
        return {name: value.clone() for name, value in self.network.state_dict().items()}

    def _save(self, file):
        state = dict(
            weights=self._copy(), ema=self.ema, optimizer=self.optimizer.state_dict(), step=self.step
        )
        torch.save(state, file + ".part")
        os.rename(file + ".part", file)


if __name__ == "__main__":
    Training(float(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else None).run()
