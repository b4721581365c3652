"""The portrait's head made a student's: without spectacles, with open eyes and an even skin.

All places are in pixels of the head window, measured by hand on a fourfold enlargement; opacities
and strengths were chosen by eye.
"""

from __future__ import annotations

import numpy as np

from classroom_monitor.contracts import Float32Array, UInt8Array
from classroom_monitor.vision.demo_paint import (
    Colour,
    Outline,
    curve,
    filled,
    paint,
    softened,
    stroked,
)
from classroom_monitor.vision.opencv import cv2

# The frames of the spectacles: a width and a line each.
_SPECTACLES: tuple[tuple[int, Outline], ...] = (
    (9, ((45, 120), (62, 120), (78, 117), (90, 116), (103, 118), (113, 120), (120, 123))),
    (20, ((39, 124), (55, 126), (60, 134))),
    (9, ((155, 120), (165, 115), (178, 112), (193, 111), (210, 111), (223, 113), (232, 123))),
    (22, ((211, 118), (225, 120), (235, 126))),
    (9, ((62, 134), (65, 147), (73, 160), (83, 167), (95, 169), (108, 166), (118, 160))),
    (7, ((118, 160), (124, 147), (128, 136), (125, 125), (119, 122))),
    (9, ((122, 124), (138, 126), (154, 124))),
    (7, ((155, 121), (150, 130), (152, 140), (158, 155), (165, 163))),
    (9, ((165, 163), (178, 165), (190, 164), (203, 157), (210, 147), (213, 135), (213, 122))),
    (6, ((128, 132), (138, 129), (150, 132))),
    (6, ((71, 123), (83, 121))),  # light on the glass
    (7, ((118, 163), (119, 167))),
    (6, ((198, 116), (207, 124))),
    (15, ((78, 167), (95, 169), (110, 166))),  # their shadow
    (15, ((162, 162), (178, 165), (195, 162))),
)

# Cheeks with the folds beside nose and mouth, the skin under the eyes, chin and forehead.
_WRINKLED = (
    ((62, 150), (104, 160), (111, 180), (104, 206), (95, 218), (102, 226), (100, 248), (80, 246)),
    ((80, 246), (66, 215), (58, 180), (62, 150), (90, 200)),
    (
        (218, 145),
        (176, 154),
        (169, 184),
        (178, 204),
        (188, 214),
        (181, 224),
        (186, 246),
        (206, 242),
    ),
    ((206, 242), (216, 205), (220, 175), (218, 145), (195, 195)),
    ((72, 143), (108, 146), (112, 170), (75, 168)),
    ((160, 143), (200, 138), (205, 165), (166, 168)),
    ((98, 240), (140, 244), (186, 238), (178, 262), (110, 264)),
    ((70, 84), (140, 78), (205, 84), (200, 94), (140, 96), (76, 97)),
)
# The sockets around the eyes, shaded by the spectacles.
_SHADED = (
    ((60, 112), (112, 106), (120, 124), (112, 140), (100, 142), (62, 146)),
    ((154, 102), (218, 108), (216, 130), (200, 138), (165, 140), (156, 124)),
)
# The opening of each eye (left corner, upper lid, right corner, lower lid) and its iris.
_EYES = (
    (((80, 131), (95, 122.5), (110, 132), (95, 136)), (95, 129.5)),
    (((164, 130), (178, 119.5), (194, 127), (179, 133.5)), (178, 126.5)),
)
_IRIS_RADIUS_PX = 6.5
_EYE_WHITE_BGR: Colour = (205, 212, 216)
_LID_BGR: Colour = (40, 48, 66)

_PALENESS = 0.3
_EVENNESS = 0.8
_SHADOW_POWER = 0.85
_SOCKET_POWER = 0.75


def student_face(head_bgr: UInt8Array) -> UInt8Array:
    """Return the head as a student's, (310, 280, 3) uint8, BGR, as the head itself."""
    return _with_open_eyes(_with_even_skin(_without_spectacles(head_bgr)))


def _without_spectacles(head_bgr: UInt8Array) -> UInt8Array:
    """Paint the spectacles over from the skin around them, after Telea 2004."""
    masks = [stroked([line], width_px, head_bgr.shape) for width_px, line in _SPECTACLES]
    mask = np.maximum.reduce(masks)
    return np.asarray(cv2.inpaint(head_bgr, mask, 4, cv2.INPAINT_TELEA), np.uint8)


def _with_even_skin(head_bgr: UInt8Array) -> UInt8Array:
    """Make the skin paler, even out wrinkles and lighten shades; features stay."""
    grey = cv2.cvtColor(cv2.cvtColor(head_bgr, cv2.COLOR_BGR2GRAY), cv2.COLOR_GRAY2BGR)
    pale = cv2.addWeighted(head_bgr, 1 - _PALENESS, grey, _PALENESS, 0)
    fine = cv2.bilateralFilter(cv2.bilateralFilter(pale, 9, 28, 7), 9, 22, 7)
    plain = cv2.GaussianBlur(cv2.medianBlur(fine, 21), (0, 0), 5).astype(np.float32)
    even = fine + _region(_WRINKLED, head_bgr.shape, 3) * _EVENNESS * (plain - fine)
    lifted = _region(_SHADED, head_bgr.shape, 5)
    power = _SHADOW_POWER + (_SOCKET_POWER - _SHADOW_POWER) * lifted
    return np.asarray(255 * (even / 255) ** power, np.uint8)


def _with_open_eyes(head_bgr: UInt8Array) -> UInt8Array:
    """Paint the whites of the eyes around the irises, and the edges of the upper lids."""
    canvas = head_bgr.astype(np.float32)
    rows, columns = np.indices(canvas.shape[:2])
    for (left, upper, right, lower), (iris_x, iris_y) in _EYES:
        lid = curve((left, upper, right))
        opening = np.vstack([lid, curve((left, lower, right))[::-1]])
        white = filled(opening, canvas.shape)
        white[np.hypot(columns - iris_x, rows - iris_y) < _IRIS_RADIUS_PX] = 0
        paint(canvas, white, 0.8, 0.65, _EYE_WHITE_BGR)
        paint(canvas, stroked([lid], 2, canvas.shape), 0.8, 0.7, _LID_BGR)
    return np.asarray(np.clip(canvas, 0, 255), np.uint8)


def _region(outlines: tuple[Outline, ...], shape: tuple[int, ...], blur_px: float) -> Float32Array:
    """Return where any of the outlines is, (height, width, 1) float32 in [0, 1]."""
    mask = np.maximum.reduce([filled(outline, shape) for outline in outlines])
    return softened(mask, blur_px)[..., None]
