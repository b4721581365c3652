"""A second opinion on finds: does the landmark model, too, see a face there?

MediaPipe's landmark model looks at one magnified crop and says how sure it is that a face fills
it. It knows frontal and half-turned faces best; a detector's score and its answer together tell
faces from look-alikes better than either alone.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classroom_monitor.contracts import FaceBox, UInt8Array
from classroom_monitor.errors import BundleProblem
from classroom_monitor.vision.crops import CropSpec, cut_crops
from classroom_monitor.vision.face_models import read_face_model

logger = logging.getLogger(__name__)

Float64Array = NDArray[np.float64]

LANDMARK_MODEL = "face_landmark.tflite"

LANDMARK_CROP = CropSpec(size_px=192, channels=3, scale=1.5, shift_up=0.0)
"""1.5 box sides, as MediaPipe's own face mesh frames its faces; 1.35 and 1.7 are no better."""

MAX_LOGIT = 5.3
"""Evidence is cut off at odds of 200 to 1."""


@dataclass(frozen=True, slots=True)
class Odds:
    """How much each piece of evidence counts: weights of log odds, and what they are added to."""

    score: float
    magnified: float
    presence: float
    offset: float

    def probability(
        self,
        scores: Float64Array,
        magnified: Float64Array | None = None,
        presence: Float64Array | None = None,
    ) -> Float64Array:
        """Return (n,) probabilities that finds are faces, from (n,) scores and further log odds.

        scores and magnified are in [0, 1], presence are log odds.
        """
        odds = self.score * log_odds(scores) + self.offset
        if magnified is not None:
            odds = odds + self.magnified * seen_log_odds(magnified)
        if presence is not None:
            odds = odds + self.presence * presence
        return np.asarray(1 / (1 + np.exp(-odds)))


MIN_MAGNIFIED = 0.15
"""The second look's finds begin here (face_passes.FULL); seeing none counts as this score."""

BY_SCORE = Odds(score=3.79, magnified=0.0, presence=0.0, offset=-2.06)
BY_PRESENCE = Odds(score=3.23, magnified=0.0, presence=0.32, offset=-0.76)
BY_ALL = Odds(score=2.49, magnified=1.01, presence=0.29, offset=0.44)
"""Logistic regressions, by `python -m tests.face_weights faces_dev clips...`, on 1,086 candidates.

They are those of the room search in 60 photographs of groups and 17 pictures of four lecture clips
(at half weight). Judged on photographs that the weights weren't fitted on (eight halvings), the
recall of faces of 12 px and more at precision 0.93, 0.95 and 0.97 is 0.836, 0.829, 0.820 by score;
0.841, 0.835, 0.822 with presence; 0.846, 0.841, 0.827 with the second look, too. From probability
0.5 on, precision is 0.94, 0.96 and 0.96 there and recall 0.83 each.
"""


class FaceConfirmer:
    """Tells how likely finds are faces. One thread makes, uses and closes it."""

    def __init__(self, threads: int = 1) -> None:
        """Load the landmark model. Raises BundleProblem where it can't be loaded."""
        from ai_edge_litert.interpreter import Interpreter

        try:
            self._interpreter: Any = Interpreter(
                model_content=read_face_model(LANDMARK_MODEL), num_threads=threads
            )
            self._interpreter.allocate_tensors()
        except (ValueError, RuntimeError) as error:
            raise BundleProblem(
                f"face model {LANDMARK_MODEL} can't be loaded ({error}): install the program again"
            ) from error
        self._input = self._interpreter.get_input_details()[0]["index"]
        outputs = self._interpreter.get_output_details()
        self._presence = min(outputs, key=lambda one: int(np.prod(one["shape"])))["index"]

    def confirm(
        self,
        image_bgr: UInt8Array,
        boxes: Sequence[FaceBox],
        magnified: Float64Array | None = None,
    ) -> Float64Array:
        """Return the (n,) probabilities that the boxes of a (height, width, 3) picture are faces.

        boxes carry the detector's own scores, in the short-range convention; magnified are the
        (n,) scores of a second look at them, where there was one. 2 ms a box.
        """
        scores = np.array([box.score for box in boxes], np.float64)
        presence = self.presence_logits(image_bgr, boxes)
        if magnified is None:
            return BY_PRESENCE.probability(scores, presence=presence)
        return BY_ALL.probability(scores, magnified, presence)

    def presence_logits(self, image_bgr: UInt8Array, boxes: Sequence[FaceBox]) -> Float64Array:
        """Return the (n,) log odds, within MAX_LOGIT, that the landmark model gives the boxes."""
        logits = np.empty(len(boxes))
        for row, crop in enumerate(cut_crops(image_bgr, boxes, LANDMARK_CROP).images):
            self._interpreter.set_tensor(self._input, crop[None].astype(np.float32) / 255)
            self._interpreter.invoke()
            logits[row] = self._interpreter.get_tensor(self._presence).item()
        return np.clip(logits, -MAX_LOGIT, MAX_LOGIT)

    def close(self) -> None:
        """Free the model; harmless when it was done before."""
        self._interpreter = None


def seen_log_odds(magnified: Float64Array) -> Float64Array:
    """Return the log odds of a second look's scores; seeing nothing counts as MIN_MAGNIFIED."""
    return log_odds(np.maximum(magnified, MIN_MAGNIFIED))


def log_odds(probabilities: Float64Array) -> Float64Array:
    """Return the log odds of probabilities, within MAX_LOGIT."""
    least = 1 / (1 + np.exp(MAX_LOGIT))
    inside = np.clip(probabilities, least, 1 - least)
    return np.asarray(np.log(inside / (1 - inside)))
