"""Draws the example sheet: a row of pictures for each class."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from classroom_monitor.contracts import UInt8Array
from classroom_monitor.vision.opencv import cv2

_CELL_PX = 64
_GAP_PX = 4
_NAME_WIDTH_PX = 160
_FONT_SCALE = 0.5


def draw_examples(classes: Sequence[str], examples: Sequence[UInt8Array]) -> bytes:
    """Return a PNG with a row for each class: its name and its pictures, (k, side, side) uint8."""
    columns = max((len(pictures) for pictures in examples), default=0)
    pitch_px = _CELL_PX + _GAP_PX
    size = (len(classes) * pitch_px + _GAP_PX, _NAME_WIDTH_PX + columns * pitch_px + _GAP_PX)
    sheet = np.full(size, 255, np.uint8)
    for row, (name, pictures) in enumerate(zip(classes, examples, strict=True)):
        top = row * pitch_px + _GAP_PX
        _write(sheet, name, top + _CELL_PX // 2)
        for column, picture in enumerate(pictures):
            left = _NAME_WIDTH_PX + column * pitch_px
            cell = cv2.resize(picture, (_CELL_PX, _CELL_PX), interpolation=cv2.INTER_AREA)
            sheet[top : top + _CELL_PX, left : left + _CELL_PX] = cell
    _, encoded = cv2.imencode(".png", sheet)
    return encoded.tobytes()


def _write(sheet: UInt8Array, name: str, baseline_px: int) -> None:
    """Write a name, in place; OpenCV's letters are ASCII's."""
    text = name.encode("ascii", "replace").decode("ascii")
    place = (_GAP_PX, baseline_px)
    cv2.putText(sheet, text, place, cv2.FONT_HERSHEY_SIMPLEX, _FONT_SCALE, 0, 1, cv2.LINE_AA)
