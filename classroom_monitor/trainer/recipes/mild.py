"""The usual mild augmentations of recipes whose write-ups don't speak of a room."""

from __future__ import annotations

from classroom_monitor.trainer.augment import Augmentation

UNCHANGED = Augmentation(
    rotation_deg=0.0,
    zoom=(1.0, 1.0),
    shear=0.0,
    shift=0.0,
    background_chance=0.0,
    cutout_chance=0.0,
    shrink_chance=0.0,
    gamma=(1.0, 1.0),
    contrast=(1.0, 1.0),
    brightness=0.0,
    dim_chance=0.0,
    blur_chance=0.0,
    noise_chance=0.0,
)
"""Nothing is changed but the side that is left: a mirrored face is a face."""
