"""Finds faces with MediaPipe's BlazeFace models, in one pass or tile by tile.

BlazeFace looks at pictures of 128 (short range) or 192 pixels (full range), so a face must take a
good part of what it is shown. `near` shows it the whole frame; `room` also shows it overlapping
tiles, finer where faces are small. The short-range model on tiles finds nearly every frontal face
of 40 pixels and more with hardly a false one; the full-range model adds small and turned faces.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Sequence
from functools import partial
from typing import Any

import numpy as np

from classroom_monitor.contracts import FaceBox, Mode, UInt8Array
from classroom_monitor.errors import BundleProblem
from classroom_monitor.vision.crew import crew_size
from classroom_monitor.vision.face_models import read_face_model
from classroom_monitor.vision.face_passes import NEAR_PLAN, ROOM_PLAN, ModelTraits
from classroom_monitor.vision.lean_import import lean_import
from classroom_monitor.vision.picture_finder import (
    CONFIRMED_SCORE,
    MIN_FACE_PX,
    MediaPipeFinder,
    clip_box,
)
from classroom_monitor.vision.scan import Glance
from classroom_monitor.vision.tiles import Tile, is_cut

logger = logging.getLogger(__name__)

__all__ = ["MIN_FACE_PX", "FaceDetectors", "MediaPipeFinder", "clip_box", "open_finder"]


def open_finder(mode: Mode, min_score: float = CONFIRMED_SCORE) -> MediaPipeFinder:
    """Open a mode's finder for single pictures. Raises BundleProblem where a model can't be loaded.

    Finds from min_score on are returned; with less than CONFIRMED_SCORE, more that are none.
    """
    plan = NEAR_PLAN if mode == "near" else ROOM_PLAN
    make = [partial(FaceDetectors, plan.models)] * crew_size()
    return MediaPipeFinder(f"MediaPipe {mode}", plan, make, min_score)


class FaceDetectors:
    """A MediaPipe detector for each of several face models. One thread makes, uses, closes it."""

    def __init__(self, models: Sequence[ModelTraits]) -> None:
        """Load each model once. Raises BundleProblem where one can't be loaded."""
        self._detectors: dict[str, _Detector] = {}
        self._traits = {traits.file_name: traits for traits in models}
        try:
            for name, traits in self._traits.items():
                self._detectors[name] = _Detector(traits)
        except BaseException:
            self.close()
            raise

    def glance(self, image_rgb: UInt8Array, glance: Glance) -> list[FaceBox]:
        """Return the whole faces that one model sees in one tile of a (height, width, 3) picture.

        Boxes are in pixels of the picture, in the short-range convention, and may reach over it.
        """
        height, width = image_rgb.shape[:2]
        boxes = self._detectors[glance.model].detect(image_rgb, glance.tile)
        whole = (box for box in boxes if not is_cut(box, glance.tile, width, height))
        return [_normalise(box, self._traits[glance.model]) for box in whole]

    def close(self) -> None:
        """Free the detectors; harmless when it was done before."""
        for detector in self._detectors.values():
            detector.close()
        self._detectors.clear()


def _import_mediapipe() -> tuple[Any, Any]:
    """Import MediaPipe without its plotting, sound and TensorFlow helpers.

    They would cost most of the start-up time and hundreds of MB where TensorFlow is installed,
    look for sound devices, and leave Matplotlib's font cache on the disk. MediaPipe also asks for a
    graphics driver that it has no use for: Mesa is told to keep no cache on the disk for that.
    """
    os.environ.setdefault("MESA_SHADER_CACHE_DISABLE", "true")
    with lean_import(
        missing=("tensorflow",), hollow=("matplotlib", "matplotlib.pyplot", "sounddevice")
    ):
        from mediapipe.tasks.python import BaseOptions, vision
    return BaseOptions, vision


class _Detector:
    """One MediaPipe FaceDetector in IMAGE mode."""

    def __init__(self, traits: ModelTraits) -> None:
        BaseOptions, vision = _import_mediapipe()  # noqa: N806 - a class
        options = vision.FaceDetectorOptions(
            base_options=BaseOptions(model_asset_buffer=read_face_model(traits.file_name)),
            running_mode=vision.RunningMode.IMAGE,
            min_detection_confidence=traits.min_score,
        )
        try:
            self._detector: Any = vision.FaceDetector.create_from_options(options)
        except (OSError, RuntimeError, ValueError) as error:
            raise BundleProblem(
                f"face model {traits.file_name} can't be loaded ({error}): install the program "
                "again and, on Linux, the system packages that the README names"
            ) from error
        logger.debug("opened face model %s", traits.file_name)

    def detect(self, image_rgb: UInt8Array, tile: Tile) -> list[FaceBox]:
        """Return what the model sees in a tile, in pixels of the picture, unclipped."""
        from mediapipe import Image, ImageFormat

        part = image_rgb[tile.y : tile.y + tile.height, tile.x : tile.x + tile.width]
        picture = Image(image_format=ImageFormat.SRGB, data=np.ascontiguousarray(part))
        found = self._detector.detect(picture).detections
        return [
            FaceBox(
                x=float(tile.x + one.bounding_box.origin_x),
                y=float(tile.y + one.bounding_box.origin_y),
                w=float(one.bounding_box.width),
                h=float(one.bounding_box.height),
                score=float(one.categories[0].score),
            )
            for one in found
            if one.bounding_box.width > 0 and one.bounding_box.height > 0
        ]

    def close(self) -> None:
        """Close it here: left to the garbage collector it raises when the program ends."""
        self._detector.close()


def _normalise(box: FaceBox, model: ModelTraits) -> FaceBox:
    """Turn a model's box into the short-range convention."""
    width, height = box.w * model.grow, box.h * model.grow
    centre_x = box.x + box.w / 2
    centre_y = box.y + box.h * (0.5 + model.shift_down)
    return FaceBox(centre_x - width / 2, centre_y - height / 2, width, height, box.score)
