"""The one portrait behind the demo's students: found, read and freed of its spectacles.

The picture is the portrait of Grace Hopper that Matplotlib installs with its sample data: an
official United States Navy photograph, in the public domain. Matplotlib comes with MediaPipe, so
the program needs no picture of its own.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike, NDArray

from classroom_monitor.contracts import Float32Array, UInt8Array
from classroom_monitor.errors import CameraProblem
from classroom_monitor.vision.opencv import cv2

_PORTRAIT_SHAPE = (600, 512, 3)
_PORTRAIT_INSIDE = Path("mpl-data", "sample_data", "grace_hopper.jpg")

Outlines = tuple[tuple[tuple[float, float], ...], ...]

# The head in the picture: left, top, width, height. Everything below is in pixels of this window.
_HEAD_WINDOW = (127, 60, 280, 310)

# The frames of the spectacles, a width and a polyline each, measured by hand on a fourfold
# enlargement.
_SPECTACLES: tuple[tuple[int, tuple[tuple[float, float], ...]], ...] = (
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
_EYE_WHITE_BGR = (205, 212, 216)
_LID_BGR = (40, 48, 66)

_PALENESS = 0.3
_EVENNESS = 0.8
_SHADOW_POWER = 0.85
_SOCKET_POWER = 0.75
_FRACTION_BITS = 3


def portrait_path() -> Path:
    """Return where Matplotlib keeps the portrait, without importing Matplotlib.

    Raises CameraProblem where there is no Matplotlib or no portrait in it.
    """
    spec = importlib.util.find_spec("matplotlib")
    folders = spec.submodule_search_locations if spec is not None else None
    if not folders:
        raise CameraProblem(
            "the demo's portrait is part of the package matplotlib, which is not installed; "
            "install the program again with its dependencies"
        )
    path = Path(folders[0]) / _PORTRAIT_INSIDE
    if not path.is_file():
        raise CameraProblem(
            f"the demo's portrait is not at {path}; reinstall matplotlib with its sample data"
        )
    return path


def load_head(path: Path) -> UInt8Array:
    """Read the head in the portrait as (310, 280, 3) uint8, BGR.

    Raises CameraProblem where the file is no picture or another picture than measured.
    """
    encoded = np.frombuffer(path.read_bytes(), np.uint8)
    image_bgr = cv2.imdecode(encoded, cv2.IMREAD_COLOR) if encoded.size else None
    if image_bgr is None or image_bgr.shape != _PORTRAIT_SHAPE:
        raise CameraProblem(
            f"the picture at {path} is not the portrait that the demo is made from; "
            "reinstall matplotlib with its sample data"
        )
    left, top, width_px, height_px = _HEAD_WINDOW
    head_bgr = image_bgr[top : top + height_px, left : left + width_px]
    return np.ascontiguousarray(head_bgr, np.uint8)


def student_face(head_bgr: UInt8Array) -> UInt8Array:
    """Return the head as a student's: no spectacles, open eyes, an even skin."""
    return _with_open_eyes(_with_even_skin(_without_spectacles(head_bgr)))


def _without_spectacles(head_bgr: UInt8Array) -> UInt8Array:
    """Paint the spectacles over from the skin around them, after Telea 2004."""
    mask = np.zeros(head_bgr.shape[:2], np.uint8)
    for thickness_px, points in _SPECTACLES:
        cv2.polylines(
            mask, [_fixed_point(points)], False, 255, thickness_px, cv2.LINE_8, _FRACTION_BITS
        )
    return np.asarray(cv2.inpaint(head_bgr, mask, 4, cv2.INPAINT_TELEA), np.uint8)


def _with_even_skin(head_bgr: UInt8Array) -> UInt8Array:
    """Make the skin paler, even out wrinkles and lighten shades; features stay."""
    grey = cv2.cvtColor(cv2.cvtColor(head_bgr, cv2.COLOR_BGR2GRAY), cv2.COLOR_GRAY2BGR)
    pale = cv2.addWeighted(head_bgr, 1 - _PALENESS, grey, _PALENESS, 0)
    fine = cv2.bilateralFilter(cv2.bilateralFilter(pale, 9, 28, 7), 9, 22, 7)
    plain = cv2.GaussianBlur(cv2.medianBlur(fine, 21), (0, 0), 5).astype(np.float32)
    even = fine + _soft_mask(_WRINKLED, head_bgr.shape, 3) * _EVENNESS * (plain - fine)
    power = _SHADOW_POWER + (_SOCKET_POWER - _SHADOW_POWER) * _soft_mask(_SHADED, head_bgr.shape, 5)
    return np.asarray(255 * (even / 255) ** power, np.uint8)


def _with_open_eyes(head_bgr: UInt8Array) -> UInt8Array:
    """Paint the whites of the eyes around the irises, and the edges of the upper lids."""
    canvas = head_bgr.astype(np.float32)
    for (left, upper, right, lower), (iris_x, iris_y) in _EYES:
        lid = _lid_curve(left, upper, right)
        opening = np.vstack([lid, _lid_curve(left, lower, right)[::-1]])
        white = np.zeros(head_bgr.shape[:2], np.uint8)
        cv2.fillPoly(white, [_fixed_point(opening)], 255, cv2.LINE_AA, _FRACTION_BITS)
        rows, columns = np.indices(white.shape)
        iris = np.hypot(columns - iris_x, rows - iris_y) < _IRIS_RADIUS_PX
        white[iris] = 0
        _tint(canvas, white, 0.65, _EYE_WHITE_BGR)
        edge = np.zeros_like(white)
        cv2.polylines(edge, [_fixed_point(lid)], False, 255, 2, cv2.LINE_AA, _FRACTION_BITS)
        _tint(canvas, edge, 0.7, _LID_BGR)
    return np.asarray(np.clip(canvas, 0, 255), np.uint8)


def _lid_curve(
    left: tuple[float, float], middle: tuple[float, float], right: tuple[float, float]
) -> NDArray[np.float64]:
    """Return a parabola through three points from left to right, (15, 2)."""
    x, y = np.array([left, middle, right]).T
    along = np.linspace(left[0], right[0], 15)
    return np.column_stack([along, np.polynomial.Polynomial.fit(x, y, 2)(along)])


def _tint(
    canvas: Float32Array, mask: UInt8Array, opacity: float, colour_bgr: tuple[int, int, int]
) -> None:
    soft = cv2.GaussianBlur(mask, (0, 0), 0.8).astype(np.float32)[..., None] * (opacity / 255)
    canvas += soft * (np.array(colour_bgr, np.float32) - canvas)


def _soft_mask(outlines: Outlines, shape: tuple[int, ...], blur_px: float) -> Float32Array:
    mask = np.zeros(shape[:2], np.uint8)
    for outline in outlines:
        cv2.fillPoly(mask, [np.array(outline, np.int32)], 255)
    soft = cv2.GaussianBlur(mask, (0, 0), blur_px).astype(np.float32)
    return np.asarray(soft[..., None] / 255, np.float32)


def _fixed_point(points: ArrayLike) -> NDArray[np.int32]:
    return np.round(np.array(points) * (1 << _FRACTION_BITS)).astype(np.int32)
