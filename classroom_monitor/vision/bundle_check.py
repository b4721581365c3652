"""Tries a model bundle as it will be used: each engine loads, answers and agrees with the others.

The faces it is tried on are those of the built-in lecture, so that no data set is needed. They say
whether the engines hold one network, not how well it reads expressions; `evaluate` does that.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np

from classroom_monitor.contracts import CropBatch, Float32Array, UInt8Array
from classroom_monitor.errors import BundleProblem
from classroom_monitor.vision.bundle import Bundle, load_bundle
from classroom_monitor.vision.classifier import CPU_ENGINES, open_classifier
from classroom_monitor.vision.crops import crop_whole_images
from classroom_monitor.vision.demo_face import FaceMaker
from classroom_monitor.vision.opencv import cv2

Answer = Callable[[Bundle, CropBatch], Float32Array]
"""An engine's probabilities, (n, classes), for crops and their mirror images."""

MAX_DIFFERENCE = 0.25
"""How far two engines' probabilities of a class may lie apart on one of probe_faces.

int8 and float32 of one network: at most 0.086, 0.117 and 0.148 in three trained bundles; engines
of two trainings of the same recipe: 0.32 and more.
"""

_LEVELS = (-1.0, -0.5, 0.0, 0.5, 1.0)
_BRIGHTNESSES = (1.0, 0.5)
_SIDES_PX = (200, 30)
_BROW_BGR = (40, 50, 60)


@dataclass(frozen=True, slots=True)
class BundleCheck:
    """A bundle that passed: its engines that answered, and their largest difference.

    max_difference is that of two engines' probabilities of one class; None with one engine.
    """

    bundle: Bundle
    engines: tuple[str, ...]
    max_difference: float | None


def probe_faces() -> Sequence[UInt8Array]:
    """Draw 20 faces from frown to smile, bright and dim, large and small, as (h, w, 3) BGR."""
    maker = FaceMaker()
    faces = []
    for level in _LEVELS:
        head_bgr = maker.head(level, _BROW_BGR)
        for brightness in _BRIGHTNESSES:
            for side_px in _SIDES_PX:
                face = cv2.resize(
                    head_bgr * np.float32(brightness),
                    (side_px, side_px),
                    interpolation=cv2.INTER_AREA,
                )
                faces.append(np.asarray(face, np.uint8))
    return faces


def check_bundle(
    folder: Path, faces: Sequence[UInt8Array], further: Mapping[str, Answer] | None = None
) -> BundleCheck:
    """Verify a bundle's files, then run every engine it has on faces, as probe_faces draws them.

    further holds engines that sessions don't use, by their files' role in bundles. Raises
    BundleProblem with the first thing that is wrong.
    """
    bundle = load_bundle(folder)
    engines = tuple(engine for engine in CPU_ENGINES if engine in bundle.roles)
    if not engines:
        raise BundleProblem(
            f"model bundle {folder} has weights for {', '.join(bundle.roles)} only, and sessions "
            f"run on {' or '.join(CPU_ENGINES)}: train it again"
        )
    crops = crop_whole_images(faces, bundle.crop)
    answers = {engine: _answer(bundle, engine, crops) for engine in engines}
    for engine, answer in (further or {}).items():
        if engine in bundle.roles:
            answers[engine] = answer(bundle, crops)
    differences = [_difference(bundle, answers, pair) for pair in combinations(answers, 2)]
    return BundleCheck(bundle, tuple(answers), max(differences, default=None))


def _answer(bundle: Bundle, engine: str, crops: CropBatch) -> Float32Array:
    """Return an engine's probabilities, (n, classes). Raises BundleProblem."""
    with closing(open_classifier(bundle, engine)) as classifier:
        return classifier.score(crops).probabilities


def _difference(bundle: Bundle, answers: dict[str, Float32Array], pair: tuple[str, str]) -> float:
    one, other = pair
    difference = float(np.abs(answers[one] - answers[other]).max())
    if difference > MAX_DIFFERENCE:
        raise BundleProblem(
            f"the engines {one} and {other} of model bundle {bundle.folder} disagree: their "
            f"probabilities lie up to {difference:.2f} apart on the same face, where at most "
            f"{MAX_DIFFERENCE} are to be expected; export it again from one network"
        )
    return difference
