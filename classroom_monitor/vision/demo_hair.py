"""Hair for the demo's students: outlines around the portrait's head, and a texture of strands."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from classroom_monitor.contracts import Float32Array
from classroom_monitor.vision.demo_paint import Colour, Outline, filled, softened
from classroom_monitor.vision.opencv import cv2

_EDGE_BLUR_PX = 1.3
_CROWN = (179.0, 130.0)  # the middle of the skull's curve

# What hair leaves free of the face, down to the canvas's edge; drawn on the portrait.
_OPEN_BROW: Outline = (
    *((93, 420), (88, 150), (97, 120), (118, 101), (150, 92), (178, 89), (213, 92), (243, 102)),
    *((262, 121), (271, 150), (266, 420)),
)
_SIDE_PARTING: Outline = (
    *((93, 420), (87, 152), (93, 128), (114, 114), (150, 103), (200, 89), (232, 93), (252, 107)),
    *((268, 128), (273, 155), (266, 420)),
)
_FRINGE: Outline = (
    *((94, 420), (87, 150), (92, 114), (124, 105), (150, 109), (178, 105), (206, 109), (238, 104)),
    *((267, 113), (273, 150), (265, 420)),
)


@dataclass(frozen=True, slots=True)
class HairStyle:
    """Outlines in canvas pixels: hair behind the head, hair before it, and the face it frees."""

    behind: tuple[Outline, ...]
    before: tuple[Outline, ...]
    opening: Outline


def hair_styles() -> tuple[HairStyle, ...]:
    """Return the styles to choose from."""
    short = _arc(109, 98, -6)
    full = _arc(124, 112, 14)
    return (
        HairStyle((), (short,), _OPEN_BROW),
        HairStyle((_falling(345),), (full, *_side_strands(300)), _SIDE_PARTING),
        HairStyle((_falling(275),), (full, *_side_strands(262)), _FRINGE),
        HairStyle((), (_arc(110, 104, 2),), _SIDE_PARTING),
        HairStyle((_circle(179, 36, 34),), (_arc(108, 95, -4),), _OPEN_BROW),
        HairStyle(_curls(190), (full, *_curls(165)), _OPEN_BROW),
    )


def mask_of(outline: Outline, shape: tuple[int, ...]) -> Float32Array:
    """Return a filled outline with soft edges, (height, width) float32 in [0, 1]."""
    return softened(filled(outline, shape), _EDGE_BLUR_PX)


def before_mask(style: HairStyle, shape: tuple[int, ...]) -> Float32Array:
    """Return the mask of a style's hair before the head, (height, width) float32 in [0, 1]."""
    masks = [mask_of(outline, shape) for outline in style.before]
    cover = np.maximum.reduce(masks) * (1 - mask_of(style.opening, shape))
    return np.asarray(cover, np.float32)


def strands(
    colour_bgr: Colour,
    shape: tuple[int, ...],
    contrast: float,
    rng: np.random.Generator,
) -> Float32Array:
    """Return a hair or cloth texture of a colour, (height, width, 3) float32, BGR."""
    height_px, width_px = shape[:2]
    noise = rng.normal(0, 1, (height_px, width_px)).astype(np.float32)
    along = cv2.GaussianBlur(noise, (0, 0), sigmaX=1.6, sigmaY=14)
    across = np.cos(np.linspace(-1.2, 1.2, width_px, dtype=np.float32))[None, :]
    light = (0.75 + 0.35 * across) * np.linspace(1.08, 0.85, height_px, dtype=np.float32)[:, None]
    grey = light * (1 + contrast * along / along.std())
    return np.asarray(grey[..., None] * np.array(colour_bgr, np.float32), np.float32)


def _arc(half_width_px: float, height_px: float, drop_px: float) -> Outline:
    """Return the outline of hair over the skull, its sides ending drop_px below the crown."""
    x, y = _CROWN
    angles = np.linspace(math.pi, 2 * math.pi, 40)
    arc = [(x + half_width_px * math.cos(a), y + height_px * math.sin(a)) for a in angles]
    low = y + drop_px
    left = [(x - 84, low + 34), (x - half_width_px + 14, low + 6)]  # sideburns taper inwards
    return [*left, *arc, *((2 * x - px, py) for px, py in reversed(left))]


def _falling(length_px: float) -> Outline:
    """Return long hair behind the head, down to length_px on the canvas."""
    return [
        *((60, 110), (52, 200), (50, length_px - 25), (70, length_px), (120, length_px - 8)),
        *((238, length_px - 8), (288, length_px), (308, length_px - 25), (306, 200), (298, 110)),
    ]


def _side_strands(length_px: float) -> tuple[Outline, Outline]:
    """Return the hair that falls over the ears."""
    left = [(60, 120), (54, 200), (62, length_px), (92, length_px - 12), (98, 200), (94, 120)]
    return left, [(358 - x, y) for x, y in left]


def _curls(lowest_px: float) -> tuple[Outline, ...]:
    """Return round curls along the skull, down to about lowest_px on the canvas."""
    x, y = _CROWN
    low = math.asin(max(-1.0, min(1.0, (lowest_px - y) / 105)))
    angles = np.linspace(math.pi - low, 2 * math.pi + low, 15)
    return tuple(
        _circle(x + 118 * math.cos(a), y + 105 * math.sin(a), 21 + 4 * (i % 2))
        for i, a in enumerate(angles)
    )


def _circle(x: float, y: float, radius: float) -> Outline:
    angles = np.linspace(0, 2 * math.pi, 28, endpoint=False)
    return [(x + radius * math.cos(a), y + radius * math.sin(a)) for a in angles]
