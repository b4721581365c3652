"""Keeps boxes that no face can have away from everything that comes after a face finder."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Sequence

from classroom_monitor.contracts import FaceBox, Sighting
from classroom_monitor.vision.picture_finder import clip_box


def sound_sighting(sighting: Sighting, width: int, height: int) -> Sighting:
    """Return what was seen of a picture of this size, without boxes that are no places in it.

    Faces are cut to the picture, or dropped where nothing of them is in it or a number is not
    finite: cut out as it stands, such a box stops the analysis or asks for more memory than there
    is. Motion is believed only if all of it is finite.
    """
    faces = [clip_box(face, width, height) for face in sighting.faces if _is_finite(face)]
    kept = tuple(face for face in faces if face.w > 0 and face.h > 0)
    return dataclasses.replace(sighting, faces=kept, moved=_sound_motion(sighting.moved))


def _sound_motion(moved: Sequence[FaceBox]) -> tuple[FaceBox, ...]:
    return tuple(moved) if all(_is_finite(box) for box in moved) else ()


def _is_finite(box: FaceBox) -> bool:
    return all(map(math.isfinite, (box.x, box.y, box.w, box.h, box.score)))
