"""Expressions on the demo's portrait: a smooth warp around its landmarks, and a little paint.

An expression moves a few landmarks; a thin-plate spline (Bookstein 1989) carries the rest of the
face along. Paint adds what a warp cannot: brows (the portrait's are fair), teeth in an opened
mouth, shade in a fold. Everything grows evenly with a level from 0 (relaxed) to 1.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from classroom_monitor.contracts import Float32Array, UInt8Array
from classroom_monitor.vision.opencv import cv2

Point = tuple[float, float]
Colour = tuple[int, int, int]

_MOUTH_BGR: Colour = (45, 30, 80)
_TEETH_BGR: Colour = (212, 226, 234)
_SHADE_BGR: Colour = (40, 50, 90)

# Pixels of the head window, measured by hand on a fourfold enlargement. Left and right as seen.
LANDMARKS: Mapping[str, Point] = {
    "mouth_left": (103, 221),
    "mouth_right": (179, 217),
    "upper_lip_left": (122, 211),
    "upper_lip": (136, 213),
    "upper_lip_right": (149, 211),
    "upper_inner_left": (120, 217),
    "upper_inner": (138, 218.5),
    "upper_inner_right": (158, 216),
    "lower_inner_left": (120, 219),
    "lower_inner": (138, 220.5),
    "lower_inner_right": (158, 218),
    "lower_lip_left": (119, 227),
    "lower_lip": (137, 231),
    "lower_lip_right": (159, 226),
    "chin": (143, 258),
    "fold_left": (92, 217),
    "fold_right": (186, 212),
    "cheek_left": (78, 180),
    "cheek_right": (203, 175),
    "nostril_left": (113, 180),
    "nostril_right": (168, 178),
    "upper_lid_left": (95, 124),
    "upper_lid_right": (178, 120),
    "lower_lid_left": (96, 137),
    "lower_lid_right": (179, 133),
    "brow_inner_left": (114, 109),
    "brow_left": (94, 103),
    "brow_outer_left": (72, 109),
    "brow_inner_right": (156, 107),
    "brow_right": (177, 99),
    "brow_outer_right": (200, 103),
}

# What stays where it is: the outline of the head, the bridge of the nose, the corners of the eyes.
_ANCHORS: tuple[Point, ...] = (
    *((3, 0), (73, 40), (140, 50), (208, 40), (273, 0), (23, 100), (255, 100)),
    *((93, 78), (139, 75), (185, 76), (33, 165), (245, 165), (58, 215), (220, 215), (78, 252)),
    *((203, 248), (108, 280), (178, 278), (143, 285), (3, 340), (273, 340), (139, 140)),
    *((76, 131), (113, 134), (164, 130), (196, 127), (135, 172)),
)


@dataclass(frozen=True, slots=True)
class Expression:
    """How far landmarks move, in pixels (right, down), and how strong the paint is.

    teeth, furrow and crease are opacities at level 1 of teeth in the opened mouth, of two lines
    between the brows and of the lines from the mouth's corners downwards.
    """

    shifts: Mapping[str, Point]
    teeth: float = 0.0
    furrow: float = 0.0
    crease: float = 0.0


SMILE = Expression(
    shifts={
        "mouth_left": (-12, -9),
        "mouth_right": (12, -9),
        "upper_lip_left": (-4, -4),
        "upper_lip": (0, -2),
        "upper_lip_right": (4, -4),
        "upper_inner_left": (-4, -3),
        "upper_inner": (0, -1),
        "upper_inner_right": (4, -3),
        "lower_inner_left": (-4, 6),
        "lower_inner": (0, 10),
        "lower_inner_right": (4, 6),
        "lower_lip_left": (-4, 6),
        "lower_lip": (0, 9),
        "lower_lip_right": (4, 6),
        "chin": (0, 4),
        "fold_left": (-8, -5),
        "fold_right": (8, -5),
        "cheek_left": (-3, -6),
        "cheek_right": (3, -6),
        "nostril_left": (-2, -1),
        "nostril_right": (2, -1),
        "upper_lid_left": (0, 1),
        "upper_lid_right": (0, 1),
        "lower_lid_left": (0, -2.5),
        "lower_lid_right": (0, -2.5),
        "brow_left": (0, -3),
        "brow_right": (0, -3),
        "brow_inner_left": (0, -2),
        "brow_inner_right": (0, -2),
    },
    teeth=0.95,
)

FROWN = Expression(
    shifts={
        "mouth_left": (1.5, 16.5),
        "mouth_right": (-1.5, 16.5),
        "upper_lip": (0, -1.5),
        "upper_lip_left": (0, 1),
        "upper_lip_right": (0, 1),
        "upper_inner_left": (0, 0.5),
        "upper_inner": (0, -6),
        "upper_inner_right": (0, 0.5),
        "lower_inner_left": (0, 0.5),
        "lower_inner": (0, -6),
        "lower_inner_right": (0, 0.5),
        "lower_lip_left": (0, 1.5),
        "lower_lip": (0, -6.5),
        "lower_lip_right": (0, 1.5),
        "chin": (0, -6.5),
        "fold_left": (-1, 3),
        "fold_right": (1, 3),
        "nostril_left": (-4, -5),
        "nostril_right": (4, -5),
        "upper_lid_left": (0, 2),
        "upper_lid_right": (0, 2),
        "lower_lid_left": (0, -1),
        "lower_lid_right": (0, -1),
        "brow_inner_left": (6, 12.5),
        "brow_inner_right": (-6, 12.5),
        "brow_left": (2.5, 7),
        "brow_right": (-2.5, 7),
        "brow_outer_left": (0, -1),
        "brow_outer_right": (0, -1),
    },
    furrow=0.4,
    crease=0.7,
)

_FIELD_STEP_PX = 4
_FRACTION_BITS = 3


def displacement_field(expression: Expression, height_px: int, width_px: int) -> Float32Array:
    """Return where each pixel of the full expression comes from, relative to itself.

    The result is (height, width, 2) float32, right and down. A thin-plate spline through the moved
    landmarks and the anchors, worked out on a coarse grid and enlarged.
    """
    home = np.array([LANDMARKS[name] for name in expression.shifts], np.float64)
    moved = home + np.array(list(expression.shifts.values()))
    knots = np.vstack([moved, _ANCHORS])
    offsets = np.vstack([home - moved, np.zeros((len(_ANCHORS), 2))])
    kernel, affine = _spline_kernel(knots, knots), _affine_terms(knots)
    system = np.block([[kernel, affine], [affine.T, np.zeros((3, 3))]])
    weights = np.linalg.solve(system, np.vstack([offsets, np.zeros((3, 2))]))
    rows, columns = np.mgrid[0:height_px:_FIELD_STEP_PX, 0:width_px:_FIELD_STEP_PX]
    centre = (_FIELD_STEP_PX - 1) / 2  # a coarse cell stands for its middle when enlarged
    grid = np.column_stack([columns.ravel(), rows.ravel()]) + centre
    values = np.hstack([_spline_kernel(grid, knots), _affine_terms(grid)]) @ weights
    coarse = values.reshape(*rows.shape, 2).astype(np.float32)
    fine = cv2.resize(coarse, (width_px, height_px), interpolation=cv2.INTER_CUBIC)
    return np.asarray(fine, np.float32)


def _spline_kernel(points: np.ndarray, knots: np.ndarray) -> np.ndarray:
    squared = ((points[:, None, :] - knots[None, :, :]) ** 2).sum(axis=2)
    return np.asarray(squared * np.log(squared + 1e-9))


def _affine_terms(points: np.ndarray) -> np.ndarray:
    return np.column_stack([np.ones(len(points)), points])


def express(
    head_bgr: UInt8Array,
    expression: Expression,
    field: Float32Array,
    level: float,
    brow_bgr: Colour,
) -> Float32Array:
    """Return the head wearing an expression, (height, width, 3) float32 in [0, 255], BGR.

    field is displacement_field of this expression and the head's size. level goes from 0 to 1;
    a little more is allowed.
    """
    height_px, width_px = head_bgr.shape[:2]
    columns, rows = np.meshgrid(
        np.arange(width_px, dtype=np.float32), np.arange(height_px, dtype=np.float32)
    )
    map_x = columns + np.float32(level) * field[..., 0]
    map_y = rows + np.float32(level) * field[..., 1]
    face = cv2.remap(head_bgr, map_x, map_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    canvas = np.asarray(face, np.float32)
    marks = _moved_landmarks(expression, level)
    _paint_mouth(canvas, marks, expression.teeth * min(level * 2, 1.0))
    _paint_lines(canvas, _furrows(marks), 3, expression.furrow * level)
    _paint_lines(canvas, _creases(marks), 3, expression.crease * level)
    for side in ("left", "right"):
        _paint_brow(canvas, marks, side, brow_bgr)
    return np.asarray(np.clip(canvas, 0, 255), np.float32)


def _moved_landmarks(expression: Expression, level: float) -> dict[str, np.ndarray]:
    return {
        name: np.array(home) + level * np.array(expression.shifts.get(name, (0.0, 0.0)))
        for name, home in LANDMARKS.items()
    }


def _blend(
    canvas: Float32Array, mask: UInt8Array, blur_px: float, opacity: float, colour_bgr: Colour
) -> None:
    """Paint a colour into a float32 picture where the mask says, with soft edges."""
    soft = cv2.GaussianBlur(mask, (0, 0), blur_px).astype(np.float32) * np.float32(opacity / 255)
    canvas += soft[..., None] * (np.array(colour_bgr, np.float32) - canvas)


def _polygon_mask(canvas: Float32Array, outline: np.ndarray) -> UInt8Array:
    mask = np.zeros(canvas.shape[:2], np.uint8)
    fixed = np.round(outline * (1 << _FRACTION_BITS)).astype(np.int32)
    cv2.fillPoly(mask, [fixed], 255, cv2.LINE_AA, _FRACTION_BITS)
    return mask


def _curve(points: list[np.ndarray], samples: int = 24) -> np.ndarray:
    """Return a smooth line from left to right through points, (samples, 2)."""
    knots = np.array(sorted(points, key=lambda point: float(point[0])))
    shape = np.polynomial.Polynomial.fit(knots[:, 0], knots[:, 1], len(knots) - 1)
    x = np.linspace(knots[0, 0], knots[-1, 0], samples)
    return np.column_stack([x, shape(x)])


def _paint_mouth(canvas: Float32Array, marks: dict[str, np.ndarray], opacity: float) -> None:
    if opacity <= 0:
        return
    corners = [
        marks["mouth_left"] * 0.94 + marks["mouth_right"] * 0.06,
        marks["mouth_right"] * 0.94 + marks["mouth_left"] * 0.06,
    ]
    names = ("inner_left", "inner", "inner_right")
    upper = _curve([*corners, *(marks[f"upper_{name}"] for name in names)])
    lower = _curve([*corners, *(marks[f"lower_{name}"] for name in names)])
    edge = upper + 0.8 * (lower - upper)
    _blend(canvas, _polygon_mask(canvas, np.vstack([upper, lower[::-1]])), 0.8, opacity, _MOUTH_BGR)
    teeth = slice(2, -2)
    outline = np.vstack([upper[teeth], edge[teeth][::-1]])
    _blend(canvas, _polygon_mask(canvas, outline), 1.0, opacity, _TEETH_BGR)


def _paint_lines(
    canvas: Float32Array, lines: list[np.ndarray], thickness_px: int, opacity: float
) -> None:
    if opacity <= 0:
        return
    mask = np.zeros(canvas.shape[:2], np.uint8)
    fixed = [np.round(line * (1 << _FRACTION_BITS)).astype(np.int32) for line in lines]
    cv2.polylines(mask, fixed, False, 255, thickness_px, cv2.LINE_AA, _FRACTION_BITS)
    _blend(canvas, mask, 1.5, opacity, _SHADE_BGR)


def _furrows(marks: dict[str, np.ndarray]) -> list[np.ndarray]:
    left, right = marks["brow_inner_left"], marks["brow_inner_right"]
    return [
        left + np.array([(8, -12), (10, 2)]),
        right + np.array([(-8, -12), (-10, 2)]),
    ]


def _creases(marks: dict[str, np.ndarray]) -> list[np.ndarray]:
    left, right = marks["mouth_left"], marks["mouth_right"]
    return [
        left + np.array([(0, 0), (-4, 6), (-5, 13)]),
        right + np.array([(0, 0), (4, 6), (5, 13)]),
    ]


def _paint_brow(
    canvas: Float32Array, marks: dict[str, np.ndarray], side: str, brow_bgr: Colour
) -> None:
    line = _curve([marks[f"brow_{part}{side}"] for part in ("inner_", "", "outer_")])
    if side == "left":
        line = line[::-1]  # from the nose outwards, where a brow grows thin
    half_px = np.column_stack([np.zeros(len(line)), np.linspace(4.0, 1.2, len(line))])
    outline = np.vstack([line - half_px, (line + half_px)[::-1]])
    _blend(canvas, _polygon_mask(canvas, outline), 1.2, 0.75, brow_bgr)
