"""What is looked at: the drawn hall's pictures, and where its faces are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass

from classroom_monitor.benchmark.hall import draw_hall
from classroom_monitor.contracts import FaceBox, FaceFinder, UInt8Array

STAGE_FACES = 30
"""The room that single stages are measured with."""


@dataclass(frozen=True, slots=True)
class Material:
    """A loop of pictures, (720, 1280, 3) uint8 BGR each, of a hall with so many faces.

    boxes are those that a finder saw in the first picture.
    """

    pictures_bgr: Sequence[UInt8Array]
    faces: int
    boxes: Sequence[FaceBox]


def make_material(open_finder: Callable[[], FaceFinder], faces: int = STAGE_FACES) -> Material:
    """Draw the hall and find its faces. Raises BundleProblem."""
    pictures = draw_hall(faces)
    with closing(open_finder()) as finder:
        return Material(pictures, faces, finder.find(pictures[0]))
