"""What a network asks of a machine for one face: multiply-adds and bytes, read off its graph."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True, slots=True)
class NetworkCost:
    """One face's cost.

    multiply_adds are those of convolutions and dense layers, which are nearly all. weight_bytes
    are read once a call, whatever the batch. activation_bytes are what every layer reads and
    writes for one face, as if none of it stayed in a cache.
    """

    multiply_adds: int
    parameters: int
    weight_bytes: int
    activation_bytes: int

    def bytes_a_face(self, batch: int) -> float:
        """Return the bytes moved for each face of a batch."""
        return self.activation_bytes + self.weight_bytes / batch


@dataclass(frozen=True, slots=True)
class Operation:
    """A layer of a graph: its kind as TensorFlow Lite names it, and its tensors' numbers."""

    kind: str
    inputs: tuple[int, ...]
    outputs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Tensor:
    """A tensor's shape, and how many bytes one value takes."""

    shape: tuple[int, ...]
    value_bytes: int

    @property
    def size(self) -> int:
        """How many values it holds."""
        return math.prod(self.shape)

    @property
    def size_bytes(self) -> int:
        """How many bytes it takes."""
        return self.size * self.value_bytes


def network_cost(weights: bytes) -> NetworkCost:
    """Return the cost of a TensorFlow Lite network, given as its file's content, for one face."""
    # The graph is asked for before any delegate has taken it over. `_get_ops_details` is not
    # public, but it is what the library's own model analyser reads; there is no public call.
    from ai_edge_litert.interpreter import Interpreter, OpResolverType

    interpreter = Interpreter(
        model_content=weights,
        experimental_op_resolver_type=OpResolverType.BUILTIN_WITHOUT_DEFAULT_DELEGATES,
    )
    interpreter.allocate_tensors()
    operations = [_operation(details) for details in interpreter._get_ops_details()]
    tensors = {int(one["index"]): _tensor(one) for one in interpreter.get_tensor_details()}
    given = {int(one["index"]) for one in interpreter.get_input_details()}
    return graph_cost(operations, tensors, given)


def graph_cost(
    operations: Sequence[Operation], tensors: Mapping[int, Tensor], given: set[int]
) -> NetworkCost:
    """Return the cost of a graph whose inputs have the numbers in given.

    A tensor that no operation makes and nobody gives is a weight.
    """
    made = given.union(*(operation.outputs for operation in operations))
    weights: dict[int, Tensor] = {}
    multiply_adds = activation_bytes = 0
    for operation in operations:
        multiply_adds += _multiply_adds(operation, tensors)
        for number in operation.inputs + operation.outputs:
            if number in made:
                activation_bytes += tensors[number].size_bytes
            else:
                weights[number] = tensors[number]
    return NetworkCost(
        multiply_adds=multiply_adds,
        parameters=sum(tensor.size for tensor in weights.values()),
        weight_bytes=sum(tensor.size_bytes for tensor in weights.values()),
        activation_bytes=activation_bytes,
    )


def _multiply_adds(operation: Operation, tensors: Mapping[int, Tensor]) -> int:
    """Multiply-adds of an operation; filters are (out, rows, columns, in), dense (out, in)."""
    if operation.kind not in ("CONV_2D", "DEPTHWISE_CONV_2D", "FULLY_CONNECTED"):
        return 0
    values = tensors[operation.outputs[0]].size
    _, *per_value = tensors[operation.inputs[1]].shape
    if operation.kind == "DEPTHWISE_CONV_2D":  # (1, rows, columns, out): each output has its own
        per_value = per_value[:2]
    return values * math.prod(per_value)


def _operation(details: Mapping[str, Any]) -> Operation:
    inputs = tuple(int(number) for number in details["inputs"] if number >= 0)
    outputs = tuple(int(number) for number in details["outputs"])
    return Operation(str(details["op_name"]), inputs, outputs)


def _tensor(details: Mapping[str, Any]) -> Tensor:
    shape = tuple(int(side) for side in details["shape"])
    return Tensor(shape, np.dtype(details["dtype"]).itemsize)
