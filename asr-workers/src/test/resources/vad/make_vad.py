"""Writes loudness_vad.onnx beside this script: a graph with the inputs and outputs of Silero VAD v5 that takes what is loud for
speech, and remembers how loud it was. Needs the package onnx."""

import os

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper


def constant(name, values, kind):
    return numpy_helper.from_array(np.array(values, dtype=kind), name)


nodes = [
    helper.make_node("Abs", ["input"], ["loud"]),
    helper.make_node("ReduceMean", ["loud"], ["level"], axes=[1], keepdims=1),
    helper.make_node("ReduceMean", ["state"], ["remembered"], axes=[0, 2], keepdims=0),
    helper.make_node("Unsqueeze", ["remembered", "one"], ["before"]),
    helper.make_node("Mul", ["before", "keep"], ["old"]),
    helper.make_node("Mul", ["level", "take"], ["new"]),
    helper.make_node("Add", ["old", "new"], ["memory"]),
    helper.make_node("Sub", ["memory", "threshold"], ["above"]),
    helper.make_node("Mul", ["above", "steepness"], ["logit"]),
    helper.make_node("Cast", ["sr"], ["rate"], to=TensorProto.FLOAT),
    helper.make_node("Mul", ["rate", "zero"], ["nothing"]),
    helper.make_node("Add", ["logit", "nothing"], ["sum"]),
    helper.make_node("Sigmoid", ["sum"], ["output"]),
    helper.make_node("Unsqueeze", ["memory", "none"], ["spread"]),
    helper.make_node("Mul", ["state", "zero"], ["blank"]),
    helper.make_node("Add", ["blank", "spread"], ["stateN"]),
]
graph = helper.make_graph(
    nodes,
    "loudness_vad",
    [
        helper.make_tensor_value_info("input", TensorProto.FLOAT, ["B", 576]),
        helper.make_tensor_value_info("state", TensorProto.FLOAT, [2, "B", 128]),
        helper.make_tensor_value_info("sr", TensorProto.INT64, []),
    ],
    [
        helper.make_tensor_value_info("output", TensorProto.FLOAT, ["B", 1]),
        helper.make_tensor_value_info("stateN", TensorProto.FLOAT, [2, "B", 128]),
    ],
    [
        constant("one", [1], np.int64),
        constant("none", [0], np.int64),
        constant("keep", 0.7, np.float32),
        constant("take", 0.3, np.float32),
        constant("threshold", 0.004, np.float32),
        constant("steepness", 2000, np.float32),
        constant("zero", 0, np.float32),
    ],
)
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
onnx.checker.check_model(model)
onnx.save(model, os.path.join(os.path.dirname(os.path.abspath(__file__)), "loudness_vad.onnx"))
