"""The portrait's head wearing an expression: warped around its landmarks, and a little painted.

Paint adds what a warp cannot: brows (the portrait's are fair), teeth in an opened mouth, shade in
a fold. Everything grows evenly with the level of the expression.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from classroom_monitor.contracts import Float32Array
from classroom_monitor.vision.demo_expression import (
    FROWN,
    SMILE,
    Expression,
    displacement_field,
    moved_landmarks,
)
from classroom_monitor.vision.demo_paint import Colour, Points, curve, filled, paint, stroked
from classroom_monitor.vision.demo_portrait import load_head, portrait_path
from classroom_monitor.vision.demo_retouch import student_face
from classroom_monitor.vision.opencv import cv2

_MOUTH_BGR: Colour = (45, 30, 80)
_TEETH_BGR: Colour = (212, 226, 234)
_SHADE_BGR: Colour = (40, 50, 90)

Marks = Mapping[str, Points]


class FaceMaker:
    """Makes the portrait's head wear any step between frown and smile."""

    def __init__(self) -> None:
        """Read and retouch the portrait. Raises CameraProblem where it is missing."""
        self._head_bgr = student_face(load_head(portrait_path()))
        height_px, width_px = self._head_bgr.shape[:2]
        self._frown = displacement_field(FROWN, height_px, width_px)
        self._smile = displacement_field(SMILE, height_px, width_px)

    def head(self, level: float, brow_bgr: Colour) -> Float32Array:
        """Return the head from -1 (frown) to 1 (smile), (310, 280, 3) float32 in [0, 255], BGR.

        A level a little beyond is a stronger expression.
        """
        expression, field = (FROWN, self._frown) if level < 0 else (SMILE, self._smile)
        canvas = self._warped(abs(level) * field)
        _paint_expression(canvas, expression, abs(level), brow_bgr)
        return np.asarray(np.clip(canvas, 0, 255), np.float32)

    def _warped(self, field: Float32Array) -> Float32Array:
        height_px, width_px = field.shape[:2]
        columns = np.arange(width_px, dtype=np.float32)[None, :]
        rows = np.arange(height_px, dtype=np.float32)[:, None]
        map_x, map_y = columns + field[..., 0], rows + field[..., 1]
        edge = cv2.BORDER_REPLICATE
        warped = cv2.remap(self._head_bgr, map_x, map_y, cv2.INTER_LINEAR, borderMode=edge)
        return np.asarray(warped, np.float32)


def _paint_expression(
    canvas: Float32Array, expression: Expression, level: float, brow_bgr: Colour
) -> None:
    marks = moved_landmarks(expression, level)
    if expression.teeth and level:
        _paint_mouth(canvas, marks, expression.teeth * min(level * 2, 1.0))
    for lines, opacity in (
        (_furrows(marks), expression.furrow),
        (_creases(marks), expression.crease),
    ):
        if opacity and level:
            paint(canvas, stroked(lines, 3, canvas.shape), 1.5, opacity * level, _SHADE_BGR)
    for side in ("left", "right"):
        _paint_brow(canvas, marks, side, brow_bgr)


def _paint_mouth(canvas: Float32Array, marks: Marks, opacity: float) -> None:
    corners = [
        marks["mouth_left"] * 0.94 + marks["mouth_right"] * 0.06,
        marks["mouth_right"] * 0.94 + marks["mouth_left"] * 0.06,
    ]
    names = ("inner_left", "inner", "inner_right")
    upper = curve([*corners, *(marks[f"upper_{name}"] for name in names)])
    lower = curve([*corners, *(marks[f"lower_{name}"] for name in names)])
    edge = upper + 0.8 * (lower - upper)
    paint(canvas, filled(np.vstack([upper, lower[::-1]]), canvas.shape), 0.8, opacity, _MOUTH_BGR)
    teeth = slice(2, -2)
    outline = np.vstack([upper[teeth], edge[teeth][::-1]])
    paint(canvas, filled(outline, canvas.shape), 1.0, opacity, _TEETH_BGR)


def _furrows(marks: Marks) -> list[Points]:
    left, right = marks["brow_inner_left"], marks["brow_inner_right"]
    return [
        left + np.array([(8, -12), (10, 2)]),
        right + np.array([(-8, -12), (-10, 2)]),
    ]


def _creases(marks: Marks) -> list[Points]:
    left, right = marks["mouth_left"], marks["mouth_right"]
    return [
        left + np.array([(0, 0), (-4, 6), (-5, 13)]),
        right + np.array([(0, 0), (4, 6), (5, 13)]),
    ]


def _paint_brow(canvas: Float32Array, marks: Marks, side: str, brow_bgr: Colour) -> None:
    line = curve([marks[f"brow_{part}{side}"] for part in ("inner_", "", "outer_")])
    if side == "left":
        line = line[::-1]  # from the nose outwards, where a brow grows thin
    half_px = np.column_stack([np.zeros(len(line)), np.linspace(4.0, 1.2, len(line))])
    outline = np.vstack([line - half_px, (line + half_px)[::-1]])
    paint(canvas, filled(outline, canvas.shape), 1.2, 0.75, brow_bgr)
