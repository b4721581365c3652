"""The expressions of the demo's students: how far the portrait's landmarks move for each.

A thin-plate spline (Bookstein 1989) carries the rest of the face along.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from classroom_monitor.contracts import Float32Array
from classroom_monitor.vision.demo_paint import Point, Points
from classroom_monitor.vision.opencv import cv2

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


# Drawn by eye, then made clearer where a network early in its training was unsure of them. What the
# shipped network makes of them is in tests/vision/test_demo_chain.py.
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


def moved_landmarks(expression: Expression, level: float) -> dict[str, Points]:
    """Return where the landmarks are at a level of an expression, a (2,) point each."""
    return {
        name: np.array(home) + level * np.array(expression.shifts.get(name, (0.0, 0.0)))
        for name, home in LANDMARKS.items()
    }


def _spline_kernel(points: Points, knots: Points) -> Points:
    squared = ((points[:, None, :] - knots[None, :, :]) ** 2).sum(axis=2)
    return np.asarray(squared * np.log(squared + 1e-9))


def _affine_terms(points: Points) -> Points:
    return np.column_stack([np.ones(len(points)), points])
