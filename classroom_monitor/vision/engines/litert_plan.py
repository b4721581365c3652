"""A LiteRT interpreter planned for one batch size, and how pixels become what it takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classroom_monitor.contracts import Float32Array, UInt8Array
from classroom_monitor.errors import BundleProblem, EngineProblem
from classroom_monitor.vision.bundle import Bundle
from classroom_monitor.vision.engines.network_classifier import first_line


@dataclass(frozen=True, slots=True)
class LiteRtPlan:
    """An interpreter allocated for one batch size, with what its tensors need.

    network_values holds the input tensor's value for each grey level 0 to 255, None where that
    is the level itself, in input_type; the output is dequantised by output_scale (0 where the
    tensor holds floats) and output_zero_point.
    """

    engine: str
    interpreter: Any
    input_index: int
    input_type: type[np.generic]
    network_values: NDArray[Any] | None
    output_index: int
    output_scale: float
    output_zero_point: int

    def run(self, images: UInt8Array) -> Float32Array:
        """Return the (n, outputs) logits of exactly as many images as the plan is for.

        Raises EngineProblem where the interpreter fails.
        """
        try:
            self.interpreter.set_tensor(self.input_index, self._values(images))
            self.interpreter.invoke()
            given = self.interpreter.get_tensor(self.output_index).astype(np.float32)
        except (RuntimeError, ValueError, MemoryError) as error:
            raise EngineProblem(
                f"engine {self.engine} cannot run the network any more ({first_line(error)}): "
                "choose another engine"
            ) from error
        if self.output_scale == 0:
            return np.asarray(given, np.float32)
        return np.asarray((given - self.output_zero_point) * self.output_scale, np.float32)

    def _values(self, images: UInt8Array) -> NDArray[Any]:
        if self.network_values is None:
            return images.astype(self.input_type, copy=False)
        return np.asarray(self.network_values[images])


def make_plan(
    bundle: Bundle, engine: str, weights: bytes, batch_size: int, threads: int
) -> LiteRtPlan:
    """Return a plan for batches of one size.

    Raises BundleProblem where the weights aren't a network that bundle.json describes.
    """
    interpreter = _allocated(bundle, engine, weights, batch_size, threads)
    try:
        inputs, outputs = interpreter.get_input_details(), interpreter.get_output_details()
    except ValueError as error:  # names that are no text
        raise _unusable(bundle, engine, error) from error
    expected = (batch_size, len(bundle.outputs))
    if len(inputs) != 1 or len(outputs) != 1 or tuple(outputs[0]["shape"]) != expected:
        raise BundleProblem(
            f"the {engine} network of model bundle {bundle.folder} doesn't give the "
            f"{len(bundle.outputs)} outputs that bundle.json names: get the bundle again"
        )
    output_scale, output_zero_point = outputs[0]["quantization"]
    return LiteRtPlan(
        engine=engine,
        interpreter=interpreter,
        input_index=inputs[0]["index"],
        input_type=inputs[0]["dtype"],
        network_values=_network_values(inputs[0]),
        output_index=outputs[0]["index"],
        output_scale=float(output_scale),
        output_zero_point=int(output_zero_point),
    )


def _allocated(bundle: Bundle, engine: str, weights: bytes, batch_size: int, threads: int) -> Any:
    from ai_edge_litert.interpreter import Interpreter

    crop = bundle.crop
    shape = (batch_size, crop.size_px, crop.size_px, crop.channels)
    try:
        interpreter = Interpreter(model_content=weights, num_threads=threads)
        given = interpreter.get_input_details()[0]["index"]
        interpreter.resize_tensor_input(given, shape, strict=True)  # the batch is what may vary
        interpreter.allocate_tensors()
    except (ValueError, RuntimeError, IndexError) as error:
        raise _unusable(bundle, engine, error) from error
    return interpreter


def _unusable(bundle: Bundle, engine: str, error: Exception) -> BundleProblem:
    crop = bundle.crop
    return BundleProblem(
        f"model bundle {bundle.folder} can't be run on engine {engine} with "
        f"{crop.size_px} px {crop.channels}-channel crops ({first_line(error)}): "
        "get the bundle again, or train it again"
    )


def _network_values(details: dict[str, Any]) -> NDArray[Any] | None:
    """Return what the input tensor holds for the grey levels 0 to 255, (256,) of its type.

    None where that is the levels themselves, so that nothing needs to be looked up.
    """
    scale, zero_point = details["quantization"]
    if scale == 0:
        return None
    levels = np.arange(256, dtype=np.float32)
    limits = np.iinfo(details["dtype"])
    steps = np.clip(np.rint(levels / scale) + zero_point, limits.min, limits.max)
    if (steps == levels).all():
        return None
    quantised: NDArray[Any] = steps.astype(details["dtype"])
    return quantised
