"""The one portrait behind the demo's students: found and read.

The picture is the portrait of Grace Hopper that Matplotlib installs with its sample data: an
official United States Navy photograph, in the public domain. Matplotlib comes with MediaPipe, so
the program needs no picture of its own.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np

from classroom_monitor.contracts import UInt8Array
from classroom_monitor.errors import CameraProblem
from classroom_monitor.vision.opencv import cv2

_PORTRAIT_SHAPE = (600, 512, 3)
_PORTRAIT_INSIDE = Path("mpl-data", "sample_data", "grace_hopper.jpg")

# The head window: left, top, width and height of the head in the picture.
_HEAD_WINDOW = (127, 60, 280, 310)


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
