"""Finds the faces of single pictures: searches them, then looks again at what it isn't sure of."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import chain, repeat
from typing import Protocol, TypeVar

import numpy as np

from classroom_monitor.contracts import FaceBox, UInt8Array
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

T = TypeVar("T")


class Detectors(Protocol):
    """What one thread searches with: faces.FaceDetectors."""

    def glance(self, image_rgb: UInt8Array, glance: Glance) -> list[FaceBox]:
        """Return the whole faces that one model sees in one tile of an (h, w, 3) picture."""

    def close(self) -> None:
        """Free the models."""


class MediaPipeFinder:
    """Implements contracts.FaceFinder. A box's score is the probability that it is a face."""

    def __init__(
        self, name: str, plan: SearchPlan, detectors: Sequence[Detectors], min_score: float
    ) -> None:
        """Take over the detectors, one for each thread. Raises BundleProblem."""
        self._name = name
        self._plan = plan
        self._min_score = min_score
        self._workers = [_Worker(one, FaceConfirmer()) for one in detectors]
        self._pool = ThreadPoolExecutor(len(detectors), thread_name_prefix="faces")

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
            shares = self._share(glances)
            return list(
                chain.from_iterable(
                    self._pool.map(_Worker.look, self._workers, repeat(image_rgb), shares)
                )
            )

        found = search_faces(width, height, self._plan.stages, look)
        return [box for box in found if box.score >= self._plan.possible_score]

    def judge(self, image_bgr: UInt8Array, candidates: Sequence[FaceBox]) -> list[FaceBox]:
        """Return the candidates with the probabilities that they are faces for scores."""
        certain = [box for box in candidates if box.score >= CERTAIN_SCORE]
        by_score = BY_SCORE.probability(np.array([box.score for box in certain], np.float64))
        judged = [
            replace(box, score=score) for box, score in zip(certain, by_score.tolist(), strict=True)
        ]
        shares = self._share([box for box in candidates if box.score < CERTAIN_SCORE])
        looked_at = self._pool.map(
            _Worker.judge, self._workers, repeat(image_bgr), shares, repeat(self._plan.refine)
        )
        return judged + list(chain.from_iterable(looked_at))

    def close(self) -> None:
        """Free the models; harmless when it was done before."""
        self._pool.shutdown()
        for worker in self._workers:
            worker.close()
        self._workers.clear()

    def _share(self, things: Sequence[T]) -> list[Sequence[T]]:
        """Return what each worker gets of some things: every second one, if there are two."""
        return [things[start :: len(self._workers)] for start in range(len(self._workers))]


class _Worker:
    """The models that one of the finder's threads uses."""

    def __init__(self, detectors: Detectors, confirmer: FaceConfirmer) -> None:
        self._detectors = detectors
        self._confirmer = confirmer

    def look(self, image_rgb: UInt8Array, glances: Sequence[Glance]) -> list[FaceBox]:
        return [box for one in glances for box in self._detectors.glance(image_rgb, one)]

    def judge(self, image_bgr: UInt8Array, boxes: Sequence[FaceBox], refine: bool) -> list[FaceBox]:
        seen = magnify(image_bgr, boxes, self._detectors.glance)
        scores = np.array([find.score if find else 0.0 for find in seen], np.float64)
        confirmed = self._confirmer.confirm(image_bgr, boxes, scores).tolist()
        return [
            replace(find if find and refine else box, score=score)
            for box, find, score in zip(boxes, seen, confirmed, strict=True)
        ]

    def close(self) -> None:
        self._detectors.close()
        self._confirmer.close()


def clip_box(box: FaceBox, width: int, height: int) -> FaceBox:
    """Cut a box to the picture; its width or height may become 0 or less."""
    left, top = max(box.x, 0.0), max(box.y, 0.0)
    right, bottom = min(box.x + box.w, float(width)), min(box.y + box.h, float(height))
    return FaceBox(left, top, right - left, bottom - top, min(max(box.score, 0.0), 1.0))
