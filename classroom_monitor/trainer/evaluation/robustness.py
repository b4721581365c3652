"""What a worse picture costs: accuracy of faces made small, blurred, dim, tilted, partly hidden.

Every changed face goes through the crop code that live faces go through.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from classroom_monitor.contracts import CropBatch, FaceBox, UInt8Array
from classroom_monitor.trainer.labelled import LabelledFaces
from classroom_monitor.vision.classifier import NetworkClassifier
from classroom_monitor.vision.crops import CropSpec, crop_whole_image, cut_crops
from classroom_monitor.vision.opencv import cv2

SIDES_PX = (16, 20, 24, 32, 48, 64)
"""Sides in pixels to which faces are shrunk to see what small ones are worth."""

SEED = 1
"""Of directions, places and noise: each strength of a change meets a face in the same way."""

_Rng = np.random.Generator
_Change = Callable[[UInt8Array, float, _Rng], UInt8Array]


@dataclass(frozen=True, slots=True)
class Hardship:
    """A way in which a picture gets worse: its title, the unit of its strengths, and these."""

    title: str
    unit: str
    strengths: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class HardshipCurve:
    """Accuracy at each strength of a hardship, which is 0 for the faces as they are.

    For the size of faces the strengths are sides in pixels.
    """

    title: str
    unit: str
    strengths: tuple[float, ...]
    accuracy: tuple[float, ...]


_SIDE = "share of the picture's side"

HARDSHIPS: dict[str, Hardship] = {
    "blur": Hardship("Blur", f"sigma, {_SIDE}", (0.01, 0.02, 0.03, 0.045, 0.06)),
    "noise": Hardship("Noise", "standard deviation, grey levels of 255", (5, 10, 20, 30, 45)),
    "darkness": Hardship("Darkness", "share of the light taken away", (0.2, 0.4, 0.6, 0.8, 0.9)),
    "rotation": Hardship("Rotation", "degrees to either side", (10, 20, 30, 45, 60)),
    "offset": Hardship(
        "Crop offset", "share of the box's side, any direction", (0.05, 0.1, 0.15, 0.2, 0.3)
    ),
    "occlusion": Hardship("Occlusion", f"hidden square's side, {_SIDE}", (0.1, 0.2, 0.3, 0.4, 0.5)),
}
"""How strong: from hardly visible to worse than a lecture room should be."""


def hardship_accuracies(
    name: str, classifier: NetworkClassifier, spec: CropSpec, faces: LabelledFaces
) -> Iterator[float]:
    """Yield the accuracy at each strength of the hardship of this name, one after the other."""
    for strength in HARDSHIPS[name].strengths:
        yield accuracy_of(classifier, changed_crops(name, faces, strength, spec), faces)


def size_curve(by_side_px: Mapping[str, float], faces: LabelledFaces) -> HardshipCurve:
    """Return accuracy_by_side_px as a curve, without the sides that are beyond every face's."""
    largest_px = _largest_px(faces)
    kept = [(float(side), a) for side, a in by_side_px.items() if int(side) <= largest_px]
    sides, accuracies = zip(*kept, strict=True) if kept else ((), ())
    return HardshipCurve("Face size", "side of the picture, px", sides, accuracies)


def changed_crops(name: str, faces: LabelledFaces, strength: float, spec: CropSpec) -> CropBatch:
    """Return the crops of the faces after a change of this strength; the same ones every time."""
    rng = np.random.default_rng((SEED, list(HARDSHIPS).index(name)))
    if name == "offset":
        crops = [_cut_beside(image, strength, rng, spec) for image in faces.images]
    else:
        change = _CHANGES[name]
        crops = [crop_whole_image(change(i, strength, rng), spec) for i in faces.images]
    return CropBatch(np.stack(crops))


def accuracy_of(classifier: NetworkClassifier, crops: CropBatch, faces: LabelledFaces) -> float:
    """Return how often the likeliest class of the crops is the faces' class."""
    predicted = classifier.score(crops).probabilities.argmax(axis=1)
    return float((predicted == faces.truth).mean())


def accuracy_by_side_px(
    classifier: NetworkClassifier, spec: CropSpec, faces: LabelledFaces, plain: float
) -> dict[str, float]:
    """Return the accuracy of the faces shrunk to each of SIDES_PX, by the side as text.

    A face that is no larger than a side stays as it is; plain is the accuracy of all as they are.
    """
    largest_px = _largest_px(faces)
    accuracies = {}
    for side_px in SIDES_PX:
        accuracy = plain
        if side_px < largest_px:
            crops = [crop_whole_image(_shrunk(image, side_px), spec) for image in faces.images]
            accuracy = accuracy_of(classifier, CropBatch(np.stack(crops)), faces)
        accuracies[str(side_px)] = accuracy
    return accuracies


def _largest_px(faces: LabelledFaces) -> int:
    return max(int(min(image.shape[:2])) for image in faces.images)


def _shrunk(image: UInt8Array, side_px: int) -> UInt8Array:
    """Return the face as a camera sees it from afar; one that is smaller already stays as it is."""
    if min(image.shape[:2]) <= side_px:
        return image
    scale = side_px / min(image.shape[:2])
    size = (round(image.shape[1] * scale), round(image.shape[0] * scale))
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)


def _cut_beside(image: UInt8Array, strength: float, rng: _Rng, spec: CropSpec) -> UInt8Array:
    """Cut the face's crop as live, from a finder's box that lies off in a random direction."""
    height, width = image.shape[:2]
    side = max(height, width) / spec.scale
    angle = rng.uniform(0, 2 * np.pi)
    centre_x = width / 2 + strength * side * np.cos(angle)
    centre_y = height / 2 + (spec.shift_up + strength * np.sin(angle)) * side
    box = FaceBox(centre_x - side / 2, centre_y - side / 2, side, side, 1.0)
    return np.asarray(cut_crops(image, [box], spec).images[0], np.uint8)


def _blur(image: UInt8Array, strength: float, _rng: _Rng) -> UInt8Array:
    sigma_px = strength * min(image.shape[:2])
    return np.asarray(cv2.GaussianBlur(image, (0, 0), sigma_px), np.uint8)


def _add_noise(image: UInt8Array, strength: float, rng: _Rng) -> UInt8Array:
    noise = rng.standard_normal(image.shape, dtype=np.float32) * strength
    return np.asarray(np.clip(np.rint(image + noise), 0, 255), np.uint8)


def _darken(image: UInt8Array, strength: float, _rng: _Rng) -> UInt8Array:
    return np.asarray(np.rint(image * (1 - strength)), np.uint8)


def _rotate(image: UInt8Array, strength: float, rng: _Rng) -> UInt8Array:
    height, width = image.shape[:2]
    degrees = strength * rng.choice((-1.0, 1.0))
    matrix = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), degrees, 1.0)
    turned = cv2.warpAffine(
        image, matrix, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(turned, np.uint8)


def _hide_square(image: UInt8Array, strength: float, rng: _Rng) -> UInt8Array:
    """Cover a square of one grey level that lies anywhere inside the picture."""
    height, width = image.shape[:2]
    side_px = round(strength * min(height, width))
    down, across = rng.uniform(size=2)
    top, left = round(down * (height - side_px)), round(across * (width - side_px))
    covered = image.copy()
    covered[top : top + side_px, left : left + side_px] = rng.integers(20, 236)
    return covered


_CHANGES: dict[str, _Change] = {
    "blur": _blur,
    "noise": _add_noise,
    "darkness": _darken,
    "rotation": _rotate,
    "occlusion": _hide_square,
}
