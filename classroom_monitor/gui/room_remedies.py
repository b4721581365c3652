"""How faces get larger: by another resolution where the camera may have it, or from closer."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

from PySide6.QtCore import QCoreApplication

from classroom_monitor.contracts import FinderName, Mode, Resolution, RoomReport

_AUTO_WIDTH_PX = 1920
"""What "auto" asks of a camera."""


@dataclass(frozen=True, slots=True)
class CheckedWith:
    """What the room was looked at with.

    is_camera tells a camera of this machine, of which a resolution can be asked. group_minimum is
    None where no mix is computed anyway.
    """

    is_camera: bool
    resolution: Resolution
    finder: FinderName
    mode: Mode
    group_minimum: int | None


def larger_faces(least_px: float, report: RoomReport, checked: CheckedWith) -> str:
    """Return how the smallest faces, of least_px, get as large as they must be."""
    for resolution in _finer(report, checked):
        larger_px = least_px * _width_px(resolution) / report.width_px
        if larger_px >= report.min_face_px:
            text = _tr("Choose {0} if the camera has it (about {1} px), or move it closer.")
            return text.format(resolution, f"{larger_px:.0f}")
    percent = math.floor(20 * least_px / report.min_face_px) * 5
    return _tr("Move the camera closer, to {0}% of the distance, or zoom in.").format(percent)


def _finer(report: RoomReport, checked: CheckedWith) -> list[Resolution]:
    """Return the resolutions that a camera might give beyond the present picture.

    One that gave less than it was asked for has no more.
    """
    asked_px = _AUTO_WIDTH_PX if checked.resolution == "auto" else _width_px(checked.resolution)
    if not checked.is_camera or report.width_px < asked_px:
        return []
    choices: Sequence[Resolution] = [each for each in get_args(Resolution) if each != "auto"]
    return [each for each in choices if _width_px(each) > report.width_px]


def refused_resolution(report: RoomReport, checked: CheckedWith) -> str:
    """Return that the camera gives another picture than was chosen, or ""."""
    got = f"{report.width_px}x{report.height_px}"
    if not checked.is_camera or checked.resolution in ("auto", got):
        return ""
    return _tr("The camera gives {0}, not {1}.").format(got, checked.resolution)


def _width_px(resolution: Resolution) -> int:
    return int(resolution.split("x")[0])


def _tr(text: str) -> str:
    return QCoreApplication.translate("RoomRemedies", text)
