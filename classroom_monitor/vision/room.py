"""One look at the room: from a frame to its tracks and to what they say together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from classroom_monitor.contracts import Classifier, FaceFinder, Frame, Look, Track, UInt8Array
from classroom_monitor.vision.crops import CropSpec, cut_crops
from classroom_monitor.vision.quality import QualityRule
from classroom_monitor.vision.smoothing import ProbabilitySmoother
from classroom_monitor.vision.tracker import FollowedFace, Tracker


@dataclass(frozen=True, slots=True)
class Scoring:
    """What classifying takes: the classifier, its crops, and how sure a used face must be."""

    classifier: Classifier
    crop: CropSpec
    min_certainty: float


@dataclass(frozen=True, slots=True)
class Analysis:
    """One analysed frame: what sessions get to know, and the tracks for the window to draw."""

    look: Look
    tracks: tuple[Track, ...]


class RoomAnalyser:
    """Finds, follows and scores the faces of consecutive frames. One thread uses it.

    Without scoring it runs counts-only: no face is classified and a track is used when it is large
    and sharp enough.
    """

    def __init__(
        self,
        finder: FaceFinder,
        scoring: Scoring | None,
        quality: QualityRule | None = None,
        tracker: Tracker | None = None,
        smoother: ProbabilitySmoother | None = None,
    ) -> None:
        """Take over the finder and the classifier: close frees them."""
        self._finder = finder
        self._scoring = scoring
        self._quality = quality or QualityRule()
        self._tracker = tracker or Tracker()
        self._smoother = smoother or ProbabilitySmoother()
        self._usable: dict[int, bool] = {}

    @property
    def engine(self) -> str:
        """The classifier's engine, or "none" in counts-only mode."""
        return self._scoring.classifier.engine if self._scoring else "none"

    @property
    def finder(self) -> str:
        """The face finder and its mode."""
        return self._finder.name

    def analyse(self, frame: Frame) -> Analysis:
        """Look at a frame. Frames come in the order of their captured_at_s."""
        faces = self._tracker.update(self._finder.find(frame.image_bgr), frame.captured_at_s)
        found = [face for face in faces if face.found]
        self._judge(frame.image_bgr, found)
        self._score(frame, [face for face in found if self._usable[face.track_id]])
        on_screen = [face.track_id for face in faces]
        self._usable = {track_id: self._usable.get(track_id, False) for track_id in on_screen}
        self._smoother.keep_only(on_screen)
        tracks = tuple(self._track(face) for face in faces)
        return Analysis(self._look(frame, tracks), tracks)

    def close(self) -> None:
        """Free the finder and the classifier."""
        self._finder.close()
        if self._scoring:
            self._scoring.classifier.close()

    def _judge(self, image_bgr: UInt8Array, found: Sequence[FollowedFace]) -> None:
        usable = self._quality.judge(image_bgr, [face.box for face in found])
        self._usable.update(zip((face.track_id for face in found), usable.tolist(), strict=True))

    def _score(self, frame: Frame, faces: Sequence[FollowedFace]) -> None:
        if self._scoring is None or not faces:
            return
        crops = cut_crops(frame.image_bgr, [face.box for face in faces], self._scoring.crop)
        rows = self._scoring.classifier.score(crops).probabilities
        for face, row in zip(faces, rows, strict=True):
            self._smoother.update(face.track_id, row, frame.captured_at_s)

    def _track(self, face: FollowedFace) -> Track:
        usable = self._usable[face.track_id]
        if self._scoring is None:
            return Track(face.track_id, face.box, None, quality=usable, used=usable)
        probabilities = self._smoother.get(face.track_id)
        certain = probabilities is not None and probabilities.max() >= self._scoring.min_certainty
        return Track(
            face.track_id, face.box, probabilities, quality=usable, used=bool(usable and certain)
        )

    def _look(self, frame: Frame, tracks: Sequence[Track]) -> Look:
        rows = [track.probabilities for track in tracks if track.used]
        scored = [row for row in rows if row is not None]
        return Look(
            at_s=frame.captured_at_s,
            seen=len(tracks),
            used=len(rows),
            used_probabilities=(
                np.array(scored, np.float32).reshape(-1, 3) if self._scoring else None
            ),
        )
