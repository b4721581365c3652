"""A face finder that finds what a test tells it to."""

from __future__ import annotations

from collections.abc import Sequence

from classroom_monitor.contracts import FaceBox, Sighting, UInt8Array


class FakeFinder:
    """Implements contracts.FaceFinder and SequenceFinder; each call has its own boxes.

    The last call's are found for ever. known and budgets_ms hold what look was asked.
    """

    name = "fake finder"

    def __init__(self, *boxes_by_call: Sequence[FaceBox]) -> None:
        self._boxes_by_call = boxes_by_call or ((),)
        self.calls = 0
        self.closed = False
        self.known: list[tuple[FaceBox, ...]] = []
        self.budgets_ms: list[float] = []

    def look(
        self, image_bgr: UInt8Array, known: Sequence[FaceBox], budget_ms: float = 20.0
    ) -> Sighting:
        height_px, width_px = image_bgr.shape[:2]
        self.known.append(tuple(known))
        self.budgets_ms.append(budget_ms)
        return Sighting(tuple(self.find(image_bgr)), ((0, 0, width_px, height_px),))

    def find(self, image_bgr: UInt8Array) -> list[FaceBox]:
        assert not self.closed
        boxes = self._boxes_by_call[min(self.calls, len(self._boxes_by_call) - 1)]
        self.calls += 1
        height_px, width_px = image_bgr.shape[:2]
        assert all(box.x + box.w <= width_px and box.y + box.h <= height_px for box in boxes)
        return sorted(boxes, key=lambda box: -box.score)

    def close(self) -> None:
        self.closed = True
