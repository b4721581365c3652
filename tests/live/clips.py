"""Small recordings for tests: moving shapes, no faces."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from classroom_monitor.vision.opencv import cv2

WIDTH_PX, HEIGHT_PX = 160, 120


def write_clip(path: Path, seconds: int, rate_hz: int = 10) -> Path:
    """Write an MP4 of a square that moves to the right, and return its path."""
    writer = cv2.VideoWriter(
        str(path), cv2.VideoWriter.fourcc(*"mp4v"), rate_hz, (WIDTH_PX, HEIGHT_PX)
    )
    assert writer.isOpened()
    for place in range(seconds * rate_hz):
        image_bgr = np.full((HEIGHT_PX, WIDTH_PX, 3), 90, np.uint8)
        left_px = place % (WIDTH_PX - 20)
        image_bgr[40:60, left_px : left_px + 20] = (30, 200, 240)
        writer.write(image_bgr)
    writer.release()
    return path
