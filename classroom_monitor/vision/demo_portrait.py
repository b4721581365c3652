"""The one portrait behind the demo's students: found, read and freed of its spectacles.

The picture is the portrait of Grace Hopper that Matplotlib installs with its sample data: an
official United States Navy photograph, in the public domain. Matplotlib comes with MediaPipe, so
the program needs no picture of its own.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np

from classroom_monitor.contracts import UInt8Array
from classroom_monitor.errors import EnvironmentProblem
from classroom_monitor.vision.opencv import cv2

_PORTRAIT_SHAPE = (600, 512, 3)
_PORTRAIT_INSIDE = Path("mpl-data", "sample_data", "grace_hopper.jpg")

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
    (6, ((198, 116), (207, 124))),
    (15, ((78, 167), (95, 169), (110, 166))),  # their shadow
    (15, ((162, 162), (178, 165), (195, 162))),
)

# Cheeks with the folds beside nose and mouth, the skin under the eyes, chin and forehead.
_WRINKLED = (
    ((62, 150), (104, 160), (110, 186), (97, 212), (98, 248), (80, 244), (66, 215), (58, 180)),
    (
        (218, 145),
        (176, 154),
        (172, 183),
        (190, 208),
        (188, 240),
        (204, 235),
        (216, 205),
        (220, 175),
    ),
    ((72, 143), (108, 146), (112, 170), (75, 168)),
    ((160, 143), (200, 138), (205, 165), (166, 168)),
    ((100, 242), (140, 246), (184, 240), (178, 262), (110, 264)),
    ((70, 84), (140, 78), (205, 84), (200, 94), (140, 96), (76, 97)),
)
_PALENESS = 0.3
_EVENNESS = 0.8
_SHADOW_POWER = 0.85


def portrait_path() -> Path:
    """Return where Matplotlib keeps the portrait, without importing Matplotlib.

    Raises EnvironmentProblem where there is no Matplotlib or no portrait in it.
    """
    spec = importlib.util.find_spec("matplotlib")
    folders = spec.submodule_search_locations if spec is not None else None
    if not folders:
        raise EnvironmentProblem(
            "the demo's portrait is part of the package matplotlib, which is not installed; "
            "install the program again with its dependencies"
        )
    path = Path(folders[0]) / _PORTRAIT_INSIDE
    if not path.is_file():
        raise EnvironmentProblem(
            f"the demo's portrait is not at {path}; reinstall matplotlib with its sample data"
        )
    return path


def load_head(path: Path) -> UInt8Array:
    """Read the head in the portrait as (310, 280, 3) uint8, BGR.

    Raises EnvironmentProblem where the file is no picture or another picture than measured.
    """
    encoded = np.frombuffer(path.read_bytes(), np.uint8)
    image_bgr = cv2.imdecode(encoded, cv2.IMREAD_COLOR) if encoded.size else None
    if image_bgr is None or image_bgr.shape != _PORTRAIT_SHAPE:
        raise EnvironmentProblem(
            f"the picture at {path} is not the portrait that the demo is made from; "
            "reinstall matplotlib with its sample data"
        )
    left, top, width_px, height_px = _HEAD_WINDOW
    head_bgr = image_bgr[top : top + height_px, left : left + width_px]
    return np.ascontiguousarray(head_bgr, np.uint8)


def without_spectacles(head_bgr: UInt8Array) -> UInt8Array:
    """Return the head with its spectacles painted over from the skin around them.

    Without them the brows are free to move. Inpainting after Telea 2004.
    """
    mask = np.zeros(head_bgr.shape[:2], np.uint8)
    fraction_bits = 3
    for thickness_px, points in _SPECTACLES:
        fixed = np.round(np.array(points) * (1 << fraction_bits)).astype(np.int32)
        cv2.polylines(mask, [fixed], False, 255, thickness_px, cv2.LINE_8, fraction_bits)
    return np.asarray(cv2.inpaint(head_bgr, mask, 4, cv2.INPAINT_TELEA), np.uint8)


def rejuvenated(head_bgr: UInt8Array) -> UInt8Array:
    """Return the head with a student's skin: paler, wrinkles evened out, features kept."""
    grey = cv2.cvtColor(cv2.cvtColor(head_bgr, cv2.COLOR_BGR2GRAY), cv2.COLOR_GRAY2BGR)
    pale = cv2.addWeighted(head_bgr, 1 - _PALENESS, grey, _PALENESS, 0)
    fine = cv2.bilateralFilter(cv2.bilateralFilter(pale, 9, 28, 7), 9, 22, 7)
    plain = cv2.GaussianBlur(cv2.medianBlur(fine, 21), (0, 0), 5)
    mask = np.zeros(head_bgr.shape[:2], np.uint8)
    for outline in _WRINKLED:
        cv2.fillPoly(mask, [np.array(outline, np.int32)], 255)
    weight = cv2.GaussianBlur(mask, (0, 0), 4).astype(np.float32)[..., None] / 255 * _EVENNESS
    even = fine + weight * (plain.astype(np.float32) - fine)
    return np.asarray(255 * (even / 255) ** _SHADOW_POWER, np.uint8)
