"""What a room does to a face: makes each training face smaller, dimmer, tilted, partly hidden.

The geometry stands for a detector's box that is a little off and a head that is tilted; the
background for the wall, hair and neighbours that a live crop shows where a data set's framing
shows none; shrinking for the back rows; light, blur and noise for the camera.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from classroom_monitor.contracts import UInt8Array
from classroom_monitor.vision.opencv import cv2


@dataclass(frozen=True, slots=True)
class Augmentation:
    """How strong each change is. A chance of 0 switches it off; angles are in degrees.

    Ranges are (lowest, highest); shares are of the picture's side; greys are of 0 to 255.
    """

    rotation_deg: float = 15.0
    mirror_chance: float = 0.5
    zoom: tuple[float, float] = (0.85, 1.15)
    shear: float = 0.10
    shift: float = 0.08
    background_chance: float = 0.2
    cutout_chance: float = 0.2
    cutout_share: tuple[float, float] = (0.15, 0.40)
    shrink_chance: float = 0.3
    shrink_px: tuple[int, int] = (14, 40)
    gamma: tuple[float, float] = (0.7, 1.5)
    contrast: tuple[float, float] = (0.7, 1.3)
    brightness: float = 25.0
    dim_chance: float = 0.2
    dim_gain: tuple[float, float] = (0.3, 0.7)
    blur_chance: float = 0.2
    blur_share: tuple[float, float] = (0.008, 0.035)
    noise_chance: float = 0.25
    noise_grey: tuple[float, float] = (2.0, 10.0)


UNCHANGED = Augmentation(
    rotation_deg=0.0,
    mirror_chance=0.0,
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
"""Everything switched off: a recipe replaces what it switches on."""


def augment(
    face: UInt8Array, size_px: int, settings: Augmentation, rng: np.random.Generator
) -> UInt8Array:
    """Return a changed copy of a face, (size_px, size_px) uint8; face is (h, w) uint8 grey."""
    shrinks = rng.random() < settings.shrink_chance
    working_px = face.shape[0] if shrinks else size_px
    changed = face
    if rng.random() < settings.background_chance:
        changed = _set_into_background(changed, rng)
    if rng.random() < settings.cutout_chance:
        changed = _hide_part(changed, settings, rng)
    changed = _warp(changed, working_px, settings, rng)
    if rng.random() < settings.blur_chance:
        sigma_px = rng.uniform(*settings.blur_share) * working_px
        changed = np.asarray(cv2.GaussianBlur(changed, (0, 0), sigma_px), np.uint8)
    if shrinks:
        small_px = int(rng.integers(*settings.shrink_px, endpoint=True))
        small = cv2.resize(changed, (small_px, small_px), interpolation=cv2.INTER_AREA)
        changed = np.asarray(small, np.uint8)
    changed = _relight(changed, settings, rng)
    if rng.random() < settings.noise_chance:
        changed = _add_noise(changed, settings, rng)
    return _resize(changed, size_px, rng)


def _warp(
    face: UInt8Array, size_px: int, settings: Augmentation, rng: np.random.Generator
) -> UInt8Array:
    """Rotate, zoom, shear, shift, mirror and resize in one interpolation."""
    height, width = face.shape
    angle = np.deg2rad(rng.uniform(-settings.rotation_deg, settings.rotation_deg))
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    shear = np.array([[1.0, rng.uniform(-settings.shear, settings.shear)], [0.0, 1.0]])
    mirror = np.diag([-1.0 if rng.random() < settings.mirror_chance else 1.0, 1.0])
    scale = rng.uniform(*settings.zoom) * np.array([size_px / width, size_px / height])
    linear = np.diag(scale) @ turn @ shear @ mirror
    centre = np.array([width - 1, height - 1]) / 2
    moved = (size_px - 1) / 2 + rng.uniform(-settings.shift, settings.shift, 2) * size_px
    matrix = np.column_stack([linear, moved - linear @ centre])
    border = rng.choice((cv2.BORDER_REPLICATE, cv2.BORDER_REFLECT_101, cv2.BORDER_CONSTANT))
    return np.asarray(
        cv2.warpAffine(
            face,
            matrix,
            (size_px, size_px),
            flags=_interpolation(rng),
            borderMode=int(border),
            borderValue=float(rng.uniform(20, 235)),
        ),
        dtype=np.uint8,
    )


def _set_into_background(face: UInt8Array, rng: np.random.Generator) -> UInt8Array:
    """Keep a feathered ellipse of the face and put a grey gradient with one edge around it."""
    height, width = face.shape
    mask = np.zeros((height, width), np.float32)
    centre = (
        round(width * rng.uniform(0.47, 0.53)),
        round(height * rng.uniform(0.47, 0.53)),
    )
    axes = (round(width * rng.uniform(0.40, 0.52)), round(height * rng.uniform(0.46, 0.58)))
    cv2.ellipse(mask, centre, axes, 0.0, 0.0, 360.0, 1.0, -1)
    feather_px = float(rng.uniform(0.01, 0.05)) * width
    mask = np.asarray(cv2.GaussianBlur(mask, (0, 0), feather_px), np.float32)
    down, across = np.mgrid[0:height, 0:width].astype(np.float32) / height
    slope = rng.uniform(-60, 60, 2)
    background = rng.uniform(20, 235) + slope[0] * down + slope[1] * across
    edge = rng.uniform(0.0, 1.0)
    background += rng.uniform(-60, 60) * ((across if rng.random() < 0.5 else down) > edge)
    mixed = mask * face + (1 - mask) * background
    return np.asarray(np.clip(mixed, 0, 255), np.uint8)


def _hide_part(face: UInt8Array, settings: Augmentation, rng: np.random.Generator) -> UInt8Array:
    """Cover a rectangle with one grey: a hand, a head in front, a laptop's lid."""
    height, width = face.shape
    covered = face.copy()
    part_h, part_w = (rng.uniform(*settings.cutout_share, 2) * (height, width)).astype(int)
    top = int(rng.integers(-part_h // 2, height - part_h // 2))
    left = int(rng.integers(-part_w // 2, width - part_w // 2))
    rows = slice(max(top, 0), max(top + part_h, 0))
    columns = slice(max(left, 0), max(left + part_w, 0))
    covered[rows, columns] = rng.integers(10, 245)
    return covered


def _relight(face: UInt8Array, settings: Augmentation, rng: np.random.Generator) -> UInt8Array:
    """Change gamma, contrast and brightness, and sometimes turn the lights down."""
    greys = np.arange(256, dtype=np.float32)
    table = 255 * (greys / 255) ** rng.uniform(*settings.gamma)
    table = (table - 128) * rng.uniform(*settings.contrast) + 128
    table += rng.uniform(-settings.brightness, settings.brightness)
    if rng.random() < settings.dim_chance:
        table = table * rng.uniform(*settings.dim_gain)
    return np.asarray(cv2.LUT(face, np.clip(table, 0, 255).astype(np.uint8)), dtype=np.uint8)


def _add_noise(face: UInt8Array, settings: Augmentation, rng: np.random.Generator) -> UInt8Array:
    noise = rng.standard_normal(face.shape, dtype=np.float32) * rng.uniform(*settings.noise_grey)
    return np.clip(face + noise, 0, 255).astype(np.uint8)


def _resize(face: UInt8Array, size_px: int, rng: np.random.Generator) -> UInt8Array:
    if face.shape == (size_px, size_px):
        return face
    resized = cv2.resize(face, (size_px, size_px), interpolation=_interpolation(rng))
    return np.asarray(resized, dtype=np.uint8)


def _interpolation(rng: np.random.Generator) -> int:
    """Mix both kinds, so that the network doesn't learn the look of one of them."""
    return cv2.INTER_LINEAR if rng.random() < 0.5 else cv2.INTER_CUBIC
