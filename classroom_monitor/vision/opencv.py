"""OpenCV, imported once and without its side effects: `from ...vision.opencv import cv2`.

Importing cv2 points Qt at the Qt plugins and fonts inside its own wheel, and puts its own folder
(and, through an empty entry, the working folder) on the library path of every child process.
Both are put back here, so that the window and child processes find their own libraries whichever
is imported first. This is the one module that does work at import time; everybody who needs cv2
imports it from here, and so does whoever imports a library that itself imports cv2.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

MAX_PIXELS = 100_000_000
"""Larger pictures are refused: no camera makes them, and they fill the memory."""

_CHANGED_BY_CV2 = ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR", "LD_LIBRARY_PATH")

_DEFAULTS = {
    # OpenCV and FFmpeg report on stderr what the program reports itself, in its own words.
    "OPENCV_LOG_LEVEL": "SILENT",
    "OPENCV_FFMPEG_LOGLEVEL": "-8",  # AV_LOG_QUIET
    # Seconds after which a Linux camera that gives nothing is given up, so that its thread ends
    # and the device is free to be opened again; OpenCV waits for 10.
    "OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT": "3",
    # macOS asks the user itself when a camera is first opened; OpenCV's own question only works
    # in the main thread, and fails the opening elsewhere.
    "OPENCV_AVFOUNDATION_SKIP_AUTH": "1",
    "OPENCV_IO_MAX_IMAGE_PIXELS": str(MAX_PIXELS),
}
"""Read from the environment by OpenCV; whoever sets one of them is obeyed."""


@contextmanager
def _environment_put_back() -> Iterator[None]:
    before = {name: os.environ.get(name) for name in _CHANGED_BY_CV2}
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


for _name, _value in _DEFAULTS.items():
    os.environ.setdefault(_name, _value)

with _environment_put_back():
    import cv2

__all__ = ["MAX_PIXELS", "cv2"]
