"""Crops to score."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from classroom_monitor.contracts import CropBatch
from classroom_monitor.vision.bundle import Bundle
from classroom_monitor.vision.bundle_check import probe_faces
from classroom_monitor.vision.crops import crop_whole_images


def tiny_crops(count: int) -> CropBatch:
    """Return noisy crops of 16 px, each of a brightness of its own."""
    rng = np.random.default_rng(5)
    levels = rng.integers(20, 236, (count, 1, 1, 1))
    textured = levels + rng.integers(-20, 20, (count, 16, 16, 1))
    return CropBatch(textured.astype(np.uint8))


def drawn_crops(bundle: Bundle) -> CropBatch:
    """Return the faces that `models check` tries a bundle on."""
    return crop_whole_images(probe_faces(), bundle.crop)


def real_crops(bundle: Bundle, shared_dir: Path, count: int) -> CropBatch:
    """Return the first labelled faces of the shared data."""
    with np.load(shared_dir / "data" / "ferplus_valid.npz") as archive:
        return crop_whole_images(archive["images"][:count], bundle.crop)
