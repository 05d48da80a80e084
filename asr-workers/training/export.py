"""Exports a checkpoint: export.py CHECKPOINT FOLDER

Writes model.onnx, waveform float32 [batch, samples] to log probabilities float32 [batch, rows, tokens], the log-mels
computed inside by a convolution with sines and cosines; and tokens.txt. Weights are bytes with a scale per channel, which
ONNX Runtime folds back to float32 as it loads; the tables of the log-mels are float16.
"""

import os
import sys

import numpy as np
import onnx
import torch
import torch.nn as nn
import torch.nn.functional as F
from onnx import TensorProto, helper, numpy_helper

from features import FFT, FLOOR, HOP, MEL_FILTERS, WINDOW, WINDOW_SHAPE
from network import LETTERS, MEAN, SPREAD, Network

# Smaller tensors stay float32: they weigh nothing.
SMALLEST_QUANTISED = 4096
METADATA = dict(
    sample_rate="16000",
    frame_ms="20",
    subsampling_ms="40",
    blank_id="0",
    tokens="<blank> <space> a-z apostrophe",
    lookahead_ms="645",
    left_context_ms="3200",
)


class FromWaveform(nn.Module):
    """The network with its log-mels in front and log-softmax behind."""

    def __init__(self, network):
        super().__init__()
        self.network = network
        angles = 2 * np.pi * np.arange(FFT // 2 + 1)[:, None] * np.arange(WINDOW) / FFT
        fourier = np.concatenate([np.cos(angles) * WINDOW_SHAPE, -np.sin(angles) * WINDOW_SHAPE])
        self.register_buffer("fourier", torch.from_numpy(fourier[:, None].astype(np.float32)))
        self.register_buffer("mel", torch.from_numpy(MEL_FILTERS.T.copy()))

    def forward(self, waveform):
        parts = F.conv1d(waveform.unsqueeze(1), self.fourier, stride=HOP)
        squares = parts * parts
        power = squares[:, : FFT // 2 + 1] + squares[:, FFT // 2 + 1 :]
        features = torch.log(torch.matmul(power.transpose(1, 2), self.mel) + FLOOR)
        return F.log_softmax(self.network((features - MEAN) / SPREAD), -1)


def _quantised(weights, channel_axis):
    others = tuple(axis for axis in range(weights.ndim) if axis != channel_axis)
    scale = np.abs(weights).max(others, keepdims=True) / 127.0 + 1e-12
    return np.clip(np.round(weights / scale), -127, 127).astype(np.int8), scale.astype(np.float32)


def shrink(model):
    """Stores large constants as int8 with scales, and the tables of the log-mels as float16."""
    graph = model.graph
    user = {}
    for node in graph.node:
        for name in node.input:
            user.setdefault(name, node.op_type)
    restored = []
    for tensor in list(graph.initializer):
        weights = numpy_helper.to_array(tensor)
        if weights.dtype != np.float32 or weights.size < SMALLEST_QUANTISED:
            continue
        name = tensor.name
        graph.initializer.remove(tensor)
        is_table = weights.shape[0] == FFT + 2 or weights.shape == MEL_FILTERS.T.shape
        if is_table:
            graph.initializer.append(numpy_helper.from_array(weights.astype(np.float16), name + "_half"))
            restored.append(helper.make_node("Cast", [name + "_half"], [name], to=TensorProto.FLOAT))
            continue
        quantised, scale = _quantised(weights, 0 if user[name] == "Conv" else weights.ndim - 1)
        graph.initializer.extend(
            [numpy_helper.from_array(quantised, name + "_q"), numpy_helper.from_array(scale, name + "_s")]
        )
        restored.append(helper.make_node("Cast", [name + "_q"], [name + "_f"], to=TensorProto.FLOAT))
        restored.append(helper.make_node("Mul", [name + "_f", name + "_s"], [name]))
    nodes = list(graph.node)
    del graph.node[:]
    graph.node.extend(restored + nodes)
    onnx.checker.check_model(model)


def main(checkpoint, folder):
    os.makedirs(folder, exist_ok=True)
    saved = torch.load(checkpoint, map_location="cpu")
    network = Network()
    network.load_state_dict(saved["ema"])
    file = os.path.join(folder, "model.onnx")
    torch.onnx.export(
        FromWaveform(network).eval(),
        (torch.randn(1, 32000) * 0.05,),
        file,
        input_names=["waveform"],
        output_names=["logprobs"],
        dynamic_axes={"waveform": {0: "B", 1: "N"}, "logprobs": {0: "B", 1: "T"}},
        opset_version=13,
        do_constant_folding=True,
    )
    model = onnx.load(file)
    for key, value in dict(METADATA, step=str(saved["step"])).items():
        model.metadata_props.add(key=key, value=value)
    shrink(model)
    onnx.save(model, file)
    with open(os.path.join(folder, "tokens.txt"), "w") as tokens:
        names = ["<blank>", "<space>"] + list(LETTERS[2:])
        tokens.writelines(f"{name} {token}\n" for token, name in enumerate(names))
    print(file, os.path.getsize(file) / 1e6, "MB")


if __name__ == "__main__":
    main(*sys.argv[1:])
