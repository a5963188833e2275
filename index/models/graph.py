"""The encoder as an ONNX graph: one text in, its token vectors and its sentence vector out.

BERT (12 layers, post-norm, exact GELU) written with ONNX Runtime's fused operators. The graph
takes one text at a time, without padding or mask, so a text's vectors depend on nothing else.
Four ways to hold the matrices, for comparison: "int7" and "int8" (DynamicQuantizeMatMul, per
output channel, 7 or 8 bits used), "q4" (MatMulNBits with the source's own 4-bit blocks) and
"float".
"""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from index.models.q4 import BLOCK, Blocks, Weights

Precision = Literal["int7", "int8", "q4", "float"]
Array = NDArray[Any]

_OPSET, _IR = 21, 10
_MICROSOFT = "com.microsoft"
_INT8_ACTIVATIONS = 4  # MatMulNBits accuracy_level


class _Graph:
    """Nodes and initializers in the making, and how its matrices are held."""

    def __init__(self, precision: Precision) -> None:
        self.precision = precision
        self.nodes: list[onnx.NodeProto] = []
        self.initializers: list[onnx.TensorProto] = []

    def constant(self, name: str, value: Array) -> str:
        self.initializers.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, op: str, inputs: list[str], output: str, domain: str = "", **how: Any) -> str:
        self.nodes.append(helper.make_node(op, inputs, [output], output, domain=domain, **how))
        return output


def encoder(weights: Weights, table: Blocks, precision: Precision) -> onnx.ModelProto:
    """input_ids int64 (1, n) → tokens float32 (1, n, width), sentence float32 (1, width), unit.

    `table` holds the word vectors of the vocabulary in use, one row per id.
    """
    graph = _Graph(precision)
    graph.constant("first", np.array([0], np.int64))
    graph.constant("along", np.array([1], np.int64))
    hidden = _embedding(graph, weights, table)
    for layer in range(weights.layers):
        hidden = _layer(graph, weights, layer, hidden)
    graph.nodes[-1].output[0] = "tokens"
    graph.node("ReduceMean", ["tokens", "along"], "mean", keepdims=0)
    graph.node("LpNormalization", ["mean"], "sentence", axis=-1, p=2)
    return _model(graph, weights.width)


def per_channel(matrix: NDArray[np.float32], bits: int) -> tuple[NDArray[np.int8], Array]:
    """int8 (rows, columns) and float32 scales (rows,): each row rounded to signed `bits`."""
    top = 2 ** (bits - 1) - 1
    scale = np.maximum(np.abs(matrix).max(axis=1), 1e-12) / top
    return np.rint(matrix / scale[:, None]).astype(np.int8), scale.astype(np.float32)


def _embedding(graph: _Graph, weights: Weights, table: Blocks) -> str:
    vectors = weights.vectors
    words = _words(graph, table)
    positions = vectors["emb.pos"].reshape(1, weights.positions, weights.width)
    graph.constant("positions", positions + vectors["emb.type"][: weights.width])
    graph.node("Shape", ["input_ids"], "length", start=1)
    graph.node("Slice", ["positions", "first", "length", "along"], "placed")
    return _norm(graph, weights, "emb.ln", "placed", words)


def _words(graph: _Graph, table: Blocks) -> str:
    if graph.precision == "float":
        graph.constant("words", table.floats())
        return graph.node("Gather", ["words", "input_ids"], "worded")
    if graph.precision == "q4":
        graph.constant("words", _pack(table.nibbles.reshape(len(table.scales), -1)))
        graph.constant("words.scale", table.scales)
        how = {"gather_axis": 0, "quantize_axis": 1, "block_size": BLOCK, "bits": 4}
        inputs = ["words", "input_ids", "words.scale"]
        return graph.node("GatherBlockQuantized", inputs, "worded", _MICROSOFT, **how)
    rows, scale = per_channel(table.floats(), 8)
    graph.constant("words", rows)
    graph.constant("words.scale", scale[:, None])
    graph.node("Gather", ["words", "input_ids"], "worded.int8")
    graph.node("Cast", ["worded.int8"], "worded.float", to=TensorProto.FLOAT)
    graph.node("Gather", ["words.scale", "input_ids"], "worded.scale")
    return graph.node("Mul", ["worded.float", "worded.scale"], "worded")


def _layer(graph: _Graph, weights: Weights, layer: int, hidden: str) -> str:
    """softmax(QKᵀ/√d)V and a two-layer perceptron, each added to its input and normalised."""
    at = f"l{layer}."
    triple = [at + part for part in "qkv"]
    _matmul(graph, weights, triple, hidden, at + "qkv")
    parts = [at + part + ".out" for part in "qkv"]
    graph.nodes.append(
        helper.make_node("Split", [at + "qkv"], parts, at + "split", axis=-1, num_outputs=3)
    )
    graph.node("MultiHeadAttention", parts, at + "heads", _MICROSOFT, num_heads=weights.heads)
    _matmul(graph, weights, [at + "ao"], at + "heads", at + "attended")
    middle = _norm(graph, weights, at + "aln", at + "attended", hidden)
    _matmul(graph, weights, [at + "fi"], middle, at + "wide")
    graph.node("Gelu", [at + "wide"], at + "active", _MICROSOFT)
    _matmul(graph, weights, [at + "fo"], at + "active", at + "narrow")
    return _norm(graph, weights, at + "oln", at + "narrow", middle)


def _norm(graph: _Graph, weights: Weights, name: str, one: str, other: str) -> str:
    """LayerNorm(one + other). Add and LayerNormalization are faster on CPU than the fused
    SkipLayerNormalization: 53 against 62 ms for 350 tokens."""
    inputs = [graph.node("Add", [one, other], name + ".sum")]
    inputs += [graph.constant(name + part, weights.vectors[name + part]) for part in (".w", ".b")]
    return graph.node("LayerNormalization", inputs, name, axis=-1, epsilon=weights.epsilon)


def _matmul(graph: _Graph, weights: Weights, names: list[str], inputs: str, out: str) -> str:
    """`inputs` times the matrices `names` side by side, plus their biases."""
    parts = [weights.matrices[name + ".w"] for name in names]
    blocks = Blocks(*(np.concatenate(side) for side in zip(*map(_sides, parts), strict=True)))
    bias = np.concatenate([weights.vectors[name + ".b"] for name in names])
    graph.constant(out + ".b", bias)
    if graph.precision == "q4":
        rows, count, _ = blocks.nibbles.shape
        graph.constant(out + ".w", _pack(blocks.nibbles))
        graph.constant(out + ".scale", blocks.scales.reshape(-1))
        how = {"K": count * BLOCK, "N": rows, "bits": 4, "block_size": BLOCK}
        operands = [inputs, out + ".w", out + ".scale", "", "", out + ".b"]
        how["accuracy_level"] = _INT8_ACTIVATIONS
        return graph.node("MatMulNBits", operands, out, _MICROSOFT, **how)
    if graph.precision == "float":
        graph.constant(out + ".w", blocks.floats().T)
        graph.node("MatMul", [inputs, out + ".w"], out + ".product")
        return graph.node("Add", [out + ".product", out + ".b"], out)
    matrix, scale = per_channel(blocks.floats(), 7 if graph.precision == "int7" else 8)
    graph.constant(out + ".w", matrix.T)
    graph.constant(out + ".scale", scale)
    operands = [inputs, out + ".w", out + ".scale", "", out + ".b"]
    return graph.node("DynamicQuantizeMatMul", operands, out, _MICROSOFT)


def _sides(blocks: Blocks) -> tuple[Array, Array]:
    return blocks.nibbles, blocks.scales


def _pack(nibbles: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Two 4-bit values per byte along the last axis, the earlier one in the low half."""
    return nibbles[..., 0::2] | (nibbles[..., 1::2] << np.uint8(4))


def _model(graph: _Graph, width: int) -> onnx.ModelProto:
    def value(name: str, kind: int, shape: list[int | str]) -> onnx.ValueInfoProto:
        return helper.make_tensor_value_info(name, kind, shape)

    body = helper.make_graph(
        graph.nodes,
        "e5-small-zh-en",
        [value("input_ids", TensorProto.INT64, [1, "n"])],
        [
            value("tokens", TensorProto.FLOAT, [1, "n", width]),
            value("sentence", TensorProto.FLOAT, [1, width]),
        ],
        graph.initializers,
    )
    opsets = [helper.make_opsetid("", _OPSET), helper.make_opsetid(_MICROSOFT, 1)]
    return helper.make_model(body, opset_imports=opsets, ir_version=_IR, producer_name="planqa")
