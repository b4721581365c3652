"""What networks ask for, against counts made by hand and by the architecture's own formula."""

import math

import pytest

from classroom_monitor.benchmark.network_cost import Operation, Tensor, graph_cost, network_cost
from classroom_monitor.resources import models_dir
from classroom_monitor.vision.bundle import load_bundle

BLOCKS = ((64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2), *[(512, 1)] * 5)
"""Channels and stride of MobileNet's blocks up to conv_pw_11 (Howard et al. 2017, table 1)."""


def mobilenet_cost(side_px: int, channels: int, outputs: int) -> tuple[int, int]:
    """Return multiply-adds and weights of MobileNet 1.0 cut at conv_pw_11, with a dense layer."""
    side, width = math.ceil(side_px / 2), 32
    multiply_adds = side**2 * 9 * channels * width
    weights = 9 * channels * width + width
    for out, stride in BLOCKS:
        side = math.ceil(side / stride)
        multiply_adds += side**2 * (9 * width + width * out)
        weights += 9 * width + width + width * out + out
        width = out
    return multiply_adds + width * outputs, weights + width * outputs + outputs


def test_the_shipped_network_costs_what_its_architecture_says() -> None:
    bundle = load_bundle(models_dir() / "best")
    multiply_adds, weights = mobilenet_cost(
        bundle.crop.size_px, bundle.crop.channels, len(bundle.outputs)
    )
    costs = {
        role: network_cost(bundle.read_file(role)) for role in ("litert-int8", "litert-float32")
    }
    for cost in costs.values():
        assert cost.multiply_adds == multiply_adds
        # Beside the weights there are a few constants: of scaling, and shapes.
        assert weights <= cost.parameters <= weights + 16
    small, large = costs["litert-int8"], costs["litert-float32"]
    assert 4 * weights <= large.weight_bytes <= 4 * weights + 64
    assert weights <= small.weight_bytes < 1.1 * weights  # biases take four bytes
    assert small.activation_bytes < 0.26 * large.activation_bytes


def test_a_graph_counted_by_hand() -> None:
    tensors = {
        0: Tensor((1, 8, 8, 3), 4),  # given
        1: Tensor((16, 3, 3, 3), 4),
        2: Tensor((16,), 4),
        3: Tensor((1, 4, 4, 16), 4),
        4: Tensor((1, 3, 3, 16), 4),
        5: Tensor((1, 4, 4, 16), 4),
        6: Tensor((2, 256), 4),
        7: Tensor((1, 2), 4),
    }
    operations = [
        Operation("CONV_2D", (0, 1, 2), (3,)),
        Operation("DEPTHWISE_CONV_2D", (3, 4), (5,)),
        Operation("FULLY_CONNECTED", (5, 6), (7,)),
    ]
    cost = graph_cost(operations, tensors, given={0})
    assert cost.multiply_adds == 4 * 4 * 16 * 27 + 4 * 4 * 16 * 9 + 2 * 256
    assert cost.parameters == 16 * 27 + 16 + 9 * 16 + 512
    assert cost.weight_bytes == 4 * cost.parameters
    assert cost.activation_bytes == 4 * (192 + 256 + 256 + 256 + 256 + 2)
    assert cost.bytes_a_face(8) == cost.activation_bytes + cost.weight_bytes / 8


def test_a_weight_that_two_layers_share_is_counted_once() -> None:
    tensors = {number: Tensor((1, 4), 4) for number in (0, 2, 3)} | {1: Tensor((4, 4), 4)}
    operations = [
        Operation("FULLY_CONNECTED", (0, 1), (2,)),
        Operation("FULLY_CONNECTED", (2, 1), (3,)),
    ]
    cost = graph_cost(operations, tensors, given={0})
    assert (cost.multiply_adds, cost.parameters) == (32, 16)


@pytest.mark.parametrize("kind", ["ADD", "MEAN", "QUANTIZE"])
def test_other_layers_cost_no_multiply_adds(kind: str) -> None:
    tensors = {0: Tensor((1, 4), 1), 1: Tensor((1, 4), 1)}
    assert graph_cost([Operation(kind, (0,), (1,))], tensors, {0}).multiply_adds == 0
