"""Several places of a picture, magnified, in one small picture: one look shows them all.

A face model looks at 128 or 192 px, and 25 px of them are enough for a face. So four faces with
their surroundings fit into what one tile costs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from classroom_monitor.contracts import FaceBox, UInt8Array
from classroom_monitor.vision.opencv import cv2
from classroom_monitor.vision.pyramid import Pyramid


@dataclass(frozen=True, slots=True)
class Cell:
    """A square of the picture in whole pixels; it may reach over the picture's edges."""

    x: int
    y: int
    side: int


@dataclass(frozen=True, slots=True)
class Layout:
    """A square picture of side_px with across by across cells."""

    side_px: int
    across: int

    @property
    def cells(self) -> int:
        """How many places it shows."""
        return self.across**2

    @property
    def cell_px(self) -> int:
        """Side of a cell."""
        return self.side_px // self.across

    def corner(self, index: int) -> tuple[int, int]:
        """Return left and top of a cell."""
        row, column = divmod(index, self.across)
        return column * self.cell_px, row * self.cell_px


def cell_around(box: FaceBox, span: float) -> Cell:
    """Return the square of span box sides around a box's centre."""
    side = max(4, round(max(box.w, box.h) * span))
    return Cell(round(box.x + (box.w - side) / 2), round(box.y + (box.h - side) / 2), side)


def cut_mosaic(picture: Pyramid, cells: Sequence[Cell], layout: Layout) -> UInt8Array:
    """Return places of a picture as (side_px, side_px, 3) uint8 RGB.

    What lies beyond the picture repeats its edge; cells that aren't needed are black.
    """
    mosaic = np.zeros((layout.side_px, layout.side_px, 3), np.uint8)
    for index, cell in enumerate(cells):
        left, top = layout.corner(index)
        part = picture.square(cell.x, cell.y, cell.side, layout.cell_px)
        mosaic[top : top + layout.cell_px, left : left + layout.cell_px] = part
    return np.asarray(cv2.cvtColor(mosaic, cv2.COLOR_BGR2RGB), np.uint8)


def to_picture(found: FaceBox, cells: Sequence[Cell], layout: Layout) -> tuple[int, FaceBox] | None:
    """Return which cell a box in the mosaic lies in, and the box in the picture; None if in none.

    It lies where its centre does.
    """
    column = int((found.x + found.w / 2) // layout.cell_px)
    row = int((found.y + found.h / 2) // layout.cell_px)
    index = row * layout.across + column
    if not (0 <= column < layout.across and 0 <= row < layout.across and index < len(cells)):
        return None
    left, top = layout.corner(index)
    cell = cells[index]
    scale = cell.side / layout.cell_px
    x, y = cell.x + (found.x - left) * scale, cell.y + (found.y - top) * scale
    return index, FaceBox(x, y, found.w * scale, found.h * scale, found.score)
