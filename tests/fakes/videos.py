"""Writes small recordings of synthetic shapes."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from classroom_monitor.contracts import UInt8Array
from classroom_monitor.vision.opencv import cv2


def shape_picture(index: int, width_px: int = 64, height_px: int = 48) -> UInt8Array:
    """Return a grey (height, width, 3) picture with a square that moves with index."""
    image = np.full((height_px, width_px, 3), 40, np.uint8)
    left = 4 * index % (width_px - 12)
    image[16:28, left : left + 12] = (30, 200, 90)
    return image


def write_recording(path: Path, frames: int = 8, rate_hz: float = 10.0) -> Path:
    """Write a recording of so many frames, of the kind that the path's suffix says."""
    codec = {".avi": "MJPG", ".mp4": "mp4v", ".mkv": "mp4v"}[path.suffix]
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*codec), rate_hz, (64, 48))
    assert writer.isOpened()
    for index in range(frames):
        writer.write(shape_picture(index))
    writer.release()
    return path
