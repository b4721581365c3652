"""Picture files as arrays."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from classroom_monitor.contracts import UInt8Array
from classroom_monitor.errors import DataProblem
from classroom_monitor.vision.opencv import cv2

PICTURE_SUFFIXES = frozenset({".bmp", ".jpeg", ".jpg", ".pgm", ".png", ".tif", ".tiff", ".webp"})


def read_picture(path: Path, origin: str) -> UInt8Array:
    """Return (h, w, 3) uint8 BGR; read through bytes, which takes any file name anywhere.

    Raises DataProblem, which begins with origin, for a file that is missing or no picture.
    """
    try:
        encoded = np.frombuffer(path.read_bytes(), np.uint8)
    except OSError as error:
        raise DataProblem(f"{origin}: cannot read {path}: {error.strerror}") from error
    image = cv2.imdecode(encoded, cv2.IMREAD_COLOR) if encoded.size else None
    if image is None:
        raise DataProblem(f"{origin}: {path} is not a picture that can be read")
    return np.asarray(image, np.uint8)
