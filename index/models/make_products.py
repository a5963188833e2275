"""Makes products.onnx: (values - 128) @ query over bytes, transposed, for index/late.py.

python index/models/make_products.py
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import onnx
from onnx import TensorProto, helper


def graph() -> onnx.ModelProto:
    """values uint8 (m, d), query int8 (d, t) → products int32 (t, m)."""
    zero = helper.make_tensor("zero", TensorProto.UINT8, [], [128])
    nodes = [
        helper.make_node("MatMulInteger", ["values", "query", "zero"], ["rows"]),
        helper.make_node("Transpose", ["rows"], ["products"], perm=[1, 0]),
    ]
    inputs = [
        helper.make_tensor_value_info("values", TensorProto.UINT8, ["m", "d"]),
        helper.make_tensor_value_info("query", TensorProto.INT8, ["d", "t"]),
    ]
    outputs = [helper.make_tensor_value_info("products", TensorProto.INT32, ["t", "m"])]
    built = helper.make_graph(nodes, "products", inputs, outputs, [zero])
    model = helper.make_model(
        built, opset_imports=[helper.make_opsetid("", 17)], producer_name="planqa", ir_version=9
    )
    onnx.checker.check_model(model)
    return model


if __name__ == "__main__":
    path = Path(__file__).with_name("products.onnx")
    path.write_bytes(graph().SerializeToString(deterministic=True))
    line = f"{sha256(path.read_bytes()).hexdigest()}  {path.name}\n"
    path.with_name("SHA256SUMS").write_text(line)
    print(path.name, path.stat().st_size, "bytes")
