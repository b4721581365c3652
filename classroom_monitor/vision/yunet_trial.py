"""Tries a YuNet file in a process of its own: a hostile file may crash the native code.

Run as a program it loads the file that it is given, and looks at an empty picture and at drawn
faces; one line on stdout says what is wrong.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np

from classroom_monitor.contracts import UInt8Array
from classroom_monitor.errors import BundleProblem
from classroom_monitor.own_process import module_command, module_environment
from classroom_monitor.vision.demo_face import FaceMaker
from classroom_monitor.vision.opencv import cv2
from classroom_monitor.vision.yunet import open_yunet

TIMEOUT_S = 60.0

_FACE_PX = 160
_LEVELS = (-0.5, 0.5)
_BROW_BGR = (40, 50, 60)
_REFUSED = 3
_MOST_SAID = 200


def try_yunet(path: Path, name: str) -> None:
    """Raise BundleProblem, naming the file by name, unless it finds drawn faces as YuNet does."""
    command = [*module_command(__name__), str(path)]
    try:
        result = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=TIMEOUT_S,
            check=False,
            env=module_environment(),
        )
    except subprocess.TimeoutExpired as error:
        raise _no_yunet(name, f"it gave no answer within {TIMEOUT_S:.0f} s") from error
    if result.returncode == _REFUSED:
        said = result.stdout.decode("utf-8", "replace")
        raise _no_yunet(name, " ".join(said.split())[:_MOST_SAID])
    if result.returncode:
        raise _no_yunet(name, "running it crashed")


def _no_yunet(name: str, reason: str) -> BundleProblem:
    return BundleProblem(
        f"{name} is no usable YuNet model: {reason}. Get face_detection_yunet's .onnx file from "
        "the OpenCV Zoo again"
    )


def find_faults(content: bytes) -> str:
    """Return what is wrong with a file's content as a YuNet model, or "". May crash."""
    try:
        finder = open_yunet(content, "near")
        if finder.find(np.zeros((240, 320, 3), np.uint8)):
            return "it finds faces in an empty picture"
        found = finder.find(drawn_faces())
    except BundleProblem:
        return "OpenCV can't load or run it"
    if len(found) != len(_LEVELS):
        return f"it finds {len(found)} faces in a picture of {len(_LEVELS)}"
    return ""


def drawn_faces() -> UInt8Array:
    """Draw the faces that a trial looks for, side by side, (h, w, 3) uint8 BGR."""
    maker = FaceMaker()
    picture = np.full((2 * _FACE_PX, 2 * _FACE_PX * len(_LEVELS), 3), 128, np.uint8)
    top = _FACE_PX // 2
    for number, level in enumerate(_LEVELS):
        head_bgr = cv2.resize(
            maker.head(level, _BROW_BGR), (_FACE_PX, _FACE_PX), interpolation=cv2.INTER_AREA
        )
        left = top + 2 * _FACE_PX * number
        picture[top : top + _FACE_PX, left : left + _FACE_PX] = np.asarray(head_bgr, np.uint8)
    return picture


def main() -> None:
    """Try the file that the command line names; exit with 3 where something is wrong with it."""
    faults = find_faults(Path(sys.argv[1]).read_bytes())
    if faults:
        sys.stdout.write(faults)
        sys.exit(_REFUSED)


if __name__ == "__main__":
    main()
