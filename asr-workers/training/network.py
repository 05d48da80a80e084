"""The network: log-mels in, two rows of logits per 40 ms out. 3.87 million parameters."""

import ctypes
import os

import torch
import torch.nn as nn
import torch.nn.functional as F

THREADS = int(os.environ.get("THREADS", "2"))
LETTERS = "_ abcdefghijklmnopqrstuvwxyz'"  # Token 0 is blank, 1 the space between words.
TOKENS = {letter: token for token, letter in enumerate(LETTERS)}
# What features are before and after: (log_mel - MEAN) / SPREAD.
MEAN, SPREAD = -5.5, 4.0


def _load_library():
    try:
        return ctypes.CDLL(os.path.join(os.path.dirname(os.path.abspath(__file__)), "libdepthwise.so"))
    except OSError:
        return None  # Exporting and evaluating do without.


_library = _load_library()


def _pointer(tensor):
    return ctypes.c_void_p(tensor.data_ptr())


class _Depthwise(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, taps, bias, left):
        x = x.contiguous()
        y = torch.empty_like(x)
        _library.depthwise_forward(*map(_pointer, (x, taps, bias, y)), *x.shape, taps.shape[0], left, THREADS)
        ctx.save_for_backward(x, taps)
        ctx.left = left
        return y

    @staticmethod
    def backward(ctx, grad_y):
        x, taps = ctx.saved_tensors
        grad_y = grad_y.contiguous()
        grads = torch.empty_like(x), torch.empty_like(taps), torch.empty(x.shape[2])
        pointers = map(_pointer, (x, taps, grad_y) + grads)
        _library.depthwise_backward(*pointers, *x.shape, taps.shape[0], ctx.left, THREADS)
        return *grads, None


class Block(nn.Module):
    """x + feed-forward(norm(depthwise(x))); looks `right` frames ahead."""

    def __init__(self, channels, hidden, kernel, right):
        super().__init__()
        self.left, self.right = kernel - 1 - right, right
        self.taps = nn.Parameter(torch.randn(kernel, channels) * (0.5 / kernel**0.5))
        self.bias = nn.Parameter(torch.zeros(channels))
        self.norm = nn.LayerNorm(channels)
        self.widen = nn.Linear(channels, hidden)
        self.narrow = nn.Linear(hidden, channels)
        nn.init.zeros_(self.narrow.bias)
        self.narrow.weight.data.mul_(0.3)

    def forward(self, x):
        if self.training:
            y = _Depthwise.apply(x, self.taps, self.bias, self.left)
        else:
            padded = F.pad(x.transpose(1, 2), (self.left, self.right))
            y = F.conv1d(padded, self.taps.t().unsqueeze(1), self.bias, groups=x.shape[2]).transpose(1, 2)
        return x + self.narrow(F.relu(self.widen(self.norm(y))))


class Network(nn.Module):
    def __init__(self, channels=256, hidden=768, kernel=11, rights=(2, 2, 2, 2, 2, 1, 1, 1, 1), first=160):
        super().__init__()
        self.first = nn.Conv1d(80, first, 5, 2)
        self.second = nn.Conv1d(first, channels, 5, 2)
        self.blocks = nn.ModuleList([Block(channels, hidden, kernel, right) for right in rights])
        self.norm = nn.LayerNorm(channels)
        self.out = nn.Linear(channels, 2 * len(LETTERS))
        self.out.weight.data.mul_(0.3)

    def forward(self, features):
        """[batch, frames, 80] normalised log-mels to logits [batch, rows_of(frames), tokens]."""
        x = F.relu(self.first(F.pad(features.transpose(1, 2), (2, 3))))
        x = F.relu(self.second(F.pad(x, (2, 3)))).transpose(1, 2)
        # Under autocast the convolutions answer in bfloat16; the sums along the blocks must not.
        x = x.float()
        for block in self.blocks:
            x = block(x)
        y = self.out(self.norm(x)).float()
        return y.reshape(y.shape[0], -1, len(LETTERS))


def rows_of(frames):
    """Rows of output for so many 10 ms frames: two per 40 ms."""
    return 2 * ((frames // 2 + 1) // 2 + 1)
