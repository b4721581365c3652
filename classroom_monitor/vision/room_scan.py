"""MediaPipe's face finder for the frames of one camera or recording, in their order."""

from __future__ import annotations

from collections.abc import Sequence

from classroom_monitor.contracts import FaceBox, Mode, Sighting, UInt8Array
from classroom_monitor.vision.faces import MediaPipeFinder, open_sequence_finder


def open_room_scan(mode: Mode) -> RoomScan:
    """Open a mode's finder for sequences. Raises BundleProblem."""
    return RoomScan(open_sequence_finder(mode))


class RoomScan:
    """Implements contracts.SequenceFinder."""

    def __init__(self, finder: MediaPipeFinder) -> None:
        """Take over the finder: close frees it."""
        self._finder = finder

    @property
    def name(self) -> str:
        """The finder and its mode."""
        return self._finder.name

    def look(
        self, image_bgr: UInt8Array, known: Sequence[FaceBox], budget_ms: float = 20.0
    ) -> Sighting:
        """Return the faces of the next frame; every known face is looked for in every frame."""
        height, width = image_bgr.shape[:2]
        return Sighting(tuple(self._finder.find(image_bgr)), ((0, 0, width, height),))

    def close(self) -> None:
        """Free the models; harmless when it was done before."""
        self._finder.close()
