"""Finds the faces of single pictures: searches them, then looks again at what it isn't sure of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import Protocol

import numpy as np

from classroom_monitor.contracts import FaceBox, UInt8Array
from classroom_monitor.vision.crew import Crew
from classroom_monitor.vision.face_confirmation import BY_SCORE, FaceConfirmer
from classroom_monitor.vision.face_passes import SearchPlan
from classroom_monitor.vision.face_search import magnify, search_faces
from classroom_monitor.vision.opencv import cv2
from classroom_monitor.vision.scan import Glance

MIN_FACE_PX = 12.0
"""Smaller finds are dropped: faces_dev's faces of 12 to 20 px are found, below that hardly any."""

CONFIRMED_SCORE = 0.5
"""A find is returned from this probability on: it is more likely a face than not."""

CERTAIN_SCORE = 0.8
"""Finds that the models score higher need no second look: it would confirm them."""


class Detectors(Protocol):
    """What one thread searches with: faces.FaceDetectors."""

    def glance(self, image_rgb: UInt8Array, glance: Glance) -> list[FaceBox]:
        """Return the whole faces that one model sees in one tile of an (h, w, 3) picture."""

    def close(self) -> None:
        """Free the models."""


class MediaPipeFinder:
    """Implements contracts.FaceFinder. A box's score is the probability that it is a face."""

    def __init__(
        self, name: str, plan: SearchPlan, make: Sequence[Callable[[], Detectors]], min_score: float
    ) -> None:
        """Make detectors, one set for each thread. Raises what making one raises."""
        self._name = name
        self._plan = plan
        self._min_score = min_score
        self._crew = Crew([partial(_Worker, one) for one in make])

    @property
    def name(self) -> str:
        """The finder and its mode."""
        return self._name

    def find(self, image_bgr: UInt8Array) -> list[FaceBox]:
        """Return the faces of a (height, width, 3) uint8 picture, best score first."""
        height, width = image_bgr.shape[:2]
        judged = self.judge(image_bgr, self.candidates(image_bgr))
        faces = [clip_box(box, width, height) for box in judged if box.score >= self._min_score]
        faces = [face for face in faces if min(face.w, face.h) >= MIN_FACE_PX]
        return sorted(faces, key=lambda face: -face.score)

    def candidates(self, image_bgr: UInt8Array) -> list[FaceBox]:
        """Return what may be faces, unclipped, with the models' own scores, best first."""
        height, width = image_bgr.shape[:2]
        if min(height, width) < MIN_FACE_PX:
            return []
        image_rgb = np.asarray(cv2.cvtColor(image_bgr, cv2.COLOR_BGR2RGB), np.uint8)

        def look(glances: Sequence[Glance]) -> list[FaceBox]:
            longest_first = sorted(glances, key=lambda one: -one.cost)
            seen = self._crew.share(lambda worker, one: worker.look(image_rgb, one), longest_first)
            return list(chain.from_iterable(seen))

        found = search_faces(width, height, self._plan.stages, look)
        return [box for box in found if box.score >= self._plan.possible_score]

    def judge(self, image_bgr: UInt8Array, candidates: Sequence[FaceBox]) -> list[FaceBox]:
        """Return the candidates with the probabilities that they are faces for scores."""
        certain = [box for box in candidates if box.score >= CERTAIN_SCORE]
        by_score = BY_SCORE.probability(np.array([box.score for box in certain], np.float64))
        judged = [
            replace(box, score=score) for box, score in zip(certain, by_score.tolist(), strict=True)
        ]
        unsure = [box for box in candidates if box.score < CERTAIN_SCORE]
        refine = self._plan.refine
        return judged + self._crew.share(lambda one, box: one.judge(image_bgr, box, refine), unsure)

    def close(self) -> None:
        """Free the models; harmless when it was done before."""
        self._crew.close()


class _Worker:
    """The models that one of the finder's threads uses."""

    def __init__(self, make_detectors: Callable[[], Detectors]) -> None:
        self._detectors = make_detectors()
        self._confirmer = FaceConfirmer()

    def look(self, image_rgb: UInt8Array, glance: Glance) -> list[FaceBox]:
        return self._detectors.glance(image_rgb, glance)

    def judge(self, image_bgr: UInt8Array, box: FaceBox, refine: bool) -> FaceBox:
        (find,) = magnify(image_bgr, [box], self._detectors.glance)
        score = np.array([find.score if find else 0.0], np.float64)
        (confirmed,) = self._confirmer.confirm(image_bgr, [box], score).tolist()
        return replace(find if find and refine else box, score=confirmed)

    def close(self) -> None:
        self._detectors.close()
        self._confirmer.close()


def clip_box(box: FaceBox, width: int, height: int) -> FaceBox:
    """Cut a box to the picture; its width or height may become 0 or less."""
    left, top = max(box.x, 0.0), max(box.y, 0.0)
    right, bottom = min(box.x + box.w, float(width)), min(box.y + box.h, float(height))
    return FaceBox(left, top, right - left, bottom - top, min(max(box.score, 0.0), 1.0))
