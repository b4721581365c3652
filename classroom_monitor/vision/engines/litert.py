"""Scores face crops on the CPU through LiteRT, in batches of a few fixed sizes."""

from __future__ import annotations

import logging

import numpy as np

from classroom_monitor.contracts import CropBatch, Float32Array, UInt8Array
from classroom_monitor.vision.bundle import Bundle
from classroom_monitor.vision.crops import mirror_crops
from classroom_monitor.vision.engines.litert_plan import LiteRtPlan, make_plan
from classroom_monitor.vision.engines.network_classifier import NetworkClassifier

logger = logging.getLogger(__name__)

BATCH_SIZES = (16, 8, 4, 2, 1)
"""A batch is run in parts of these sizes, each planned once, so that nothing is planned per frame.

Measured with the shipped network, 80 px, int8, one thread: 0.59, 0.94, 1.71, 3.27 and 6.32 ms a
run of 1, 2, 4, 8 and 16; larger ones cost the same a face. A run's own cost is that of half a
face, so that filling up to a larger size pays nowhere by more than 3% and costs up to 40%.
"""

DEFAULT_THREADS = 1
"""How many threads a session's classifier computes on.

32 faces both ways, int8, two cores: one thread takes 21 ms and as much computing time, two take
12.5 ms and 24.5 ms of computing time, and no less than one where the other core is busy (0.76
and 0.77 ms a face): in a session the face finder works there.
"""


class LiteRtClassifier(NetworkClassifier):
    """A bundle's network on LiteRT's XNNPACK kernels, the delegate that its wheels bring."""

    def __init__(self, bundle: Bundle, engine: str, threads: int = DEFAULT_THREADS) -> None:
        """Read and verify the weights of the engine. Raises BundleProblem."""
        super().__init__(bundle, engine)
        self._threads = threads
        self._weights = bundle.read_file(engine)
        self._plans: dict[int, LiteRtPlan] = {}
        self._plan(1)

    def close(self) -> None:
        """Free the interpreters."""
        self._plans.clear()

    def _run(self, images: UInt8Array, both_ways: bool) -> Float32Array:
        if not both_ways:
            return self._run_parts(images)
        mirrored = mirror_crops(CropBatch(images)).images
        rows = self._run_parts(np.concatenate((images, mirrored)))
        return np.asarray((rows[: len(images)] + rows[len(images) :]) / 2, np.float32)

    def _run_parts(self, images: UInt8Array) -> Float32Array:
        rows = np.empty((len(images), len(self._bundle.outputs)), np.float32)
        start = 0
        while start < len(images):
            size = next(size for size in BATCH_SIZES if size <= len(images) - start)
            rows[start : start + size] = self._plan(size).run(images[start : start + size])
            start += size
        return rows

    def _plan(self, batch_size: int) -> LiteRtPlan:
        plan = self._plans.get(batch_size)
        if plan is None:
            plan = make_plan(self._bundle, self._engine, self._weights, batch_size, self._threads)
            logger.debug("planned %s for batches of %d", self._engine, batch_size)
            self._plans[batch_size] = plan
        return plan
