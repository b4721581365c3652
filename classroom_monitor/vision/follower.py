"""From frames to followed faces, and the crops of those that are due to be scored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from classroom_monitor.contracts import CropBatch, Frame, SequenceFinder, UInt8Array
from classroom_monitor.vision.crops import CropSpec, cut_crops
from classroom_monitor.vision.quality import QualityRule
from classroom_monitor.vision.sound_boxes import sound_sighting
from classroom_monitor.vision.tracker import FollowedFace, Tracker

DUE = 0.9
"""A face is scored again after this part of the interval: frames don't fall on its multiples."""


@dataclass(frozen=True, slots=True)
class Effort:
    """How much work a look may take; see SequenceFinder.look for scan_ms.

    A face is scored again when its last score is score_interval_s old, with both_ways as it is
    and mirrored.
    """

    scan_ms: float = 20.0
    score_interval_s: float = 0.2
    both_ways: bool = True


@dataclass(frozen=True, slots=True)
class Followed:
    """The faces of a frame, and the crops of those to score now.

    faces are those on screen, usable says of each whether it is large and sharp enough to be
    classified. crops has a row for each of scored_ids, which are track ids.
    """

    at_s: float
    faces: tuple[FollowedFace, ...]
    usable: tuple[bool, ...]
    crops: CropBatch
    scored_ids: tuple[int, ...]
    both_ways: bool


class FaceFollower:
    """Finds and follows the faces of consecutive frames. One thread uses it.

    effort may be replaced at any time, by any thread: the next frame goes by it.
    """

    def __init__(
        self,
        finder: SequenceFinder,
        quality: QualityRule | None = None,
        tracker: Tracker | None = None,
        crop: CropSpec | None = None,
    ) -> None:
        """Take over the finder: close frees it. Without crop, no crops are cut (counts-only)."""
        self.effort = Effort()
        self._finder = finder
        self._quality = quality or QualityRule()
        self._tracker = tracker or Tracker()
        self._crop = crop
        self._usable: dict[int, bool] = {}
        self._judged_at_s: dict[int, float] = {}

    @property
    def finder(self) -> str:
        """The face finder and its mode."""
        return self._finder.name

    def follow(self, frame: Frame) -> Followed:
        """Follow the faces into a frame. Frames come in the order of their captured_at_s."""
        effort, at_s = self.effort, frame.captured_at_s
        height, width = frame.image_bgr.shape[:2]
        sighting = self._finder.look(frame.image_bgr, self._tracker.known, effort.scan_ms)
        faces = self._tracker.update(sound_sighting(sighting, width, height), at_s)
        due = [face for face in faces if face.found and self._is_due(face.track_id, at_s, effort)]
        self._judge(frame.image_bgr, due, at_s)
        self._forget_all_but(faces)
        chosen = [face for face in due if self._usable[face.track_id]]
        return Followed(
            at_s=at_s,
            faces=tuple(faces),
            usable=tuple(self._usable.get(face.track_id, False) for face in faces),
            crops=self._cut(frame.image_bgr, chosen),
            scored_ids=tuple(face.track_id for face in chosen) if self._crop else (),
            both_ways=effort.both_ways,
        )

    def close(self) -> None:
        """Free the finder."""
        self._finder.close()

    def _is_due(self, track_id: int, at_s: float, effort: Effort) -> bool:
        last_s = self._judged_at_s.get(track_id)
        return last_s is None or not 0 <= at_s - last_s < DUE * effort.score_interval_s

    def _judge(self, image_bgr: UInt8Array, due: Sequence[FollowedFace], at_s: float) -> None:
        usable = self._quality.judge(image_bgr, [face.box for face in due])
        for face, is_usable in zip(due, usable.tolist(), strict=True):
            self._usable[face.track_id] = is_usable
            self._judged_at_s[face.track_id] = at_s

    def _forget_all_but(self, faces: Sequence[FollowedFace]) -> None:
        on_screen = {face.track_id for face in faces}
        for memory in (self._usable, self._judged_at_s):
            for gone in memory.keys() - on_screen:
                del memory[gone]

    def _cut(self, image_bgr: UInt8Array, faces: Sequence[FollowedFace]) -> CropBatch:
        if self._crop is None:
            return CropBatch(np.empty((0, 1, 1, 1), np.uint8))
        return cut_crops(image_bgr, [face.box for face in faces], self._crop)
