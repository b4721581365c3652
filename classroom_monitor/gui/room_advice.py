"""What to do about a room as it was measured, in plain words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from classroom_monitor.contracts import FinderName, Mode, RoomPart, RoomReport
from classroom_monitor.gui.formats import percent
from classroom_monitor.gui.palette import Tone
from classroom_monitor.gui.room_remedies import CheckedWith, larger_faces, refused_resolution
from classroom_monitor.gui.room_words import place_name, places_name

SURELY_FOUND_PX: dict[tuple[FinderName, Mode], float] = {
    ("mediapipe", "room"): 32.0,
    ("mediapipe", "near"): 64.0,
    ("yunet", "room"): 20.0,
    ("yunet", "near"): 32.0,
}
"""From this size on a finder finds at most 0.1 fewer of the faces than of large ones.

Recall on 60 photographs of groups by size, 12-20, 20-32, 32-64 and 64+ px, as bench --faces prints
it: MediaPipe room .53 .72 .94 .93, near .00 .11 .56 .78; YuNet room .77 .88 .96 .96, near .54 .76
.94 .93.
"""


@dataclass(frozen=True, slots=True)
class Advice:
    """A line of advice, and how serious it is."""

    tone: Tone
    text: str


def advise(report: RoomReport, checked: CheckedWith) -> tuple[Advice, ...]:
    """Return what there is to say, the most serious first; at least one line."""
    occupied = [part for part in report.parts if part.seen]
    if not occupied:
        text = _tr("No face is found yet. Check again once somebody sits in the room.")
        return (Advice(Tone.INFO, text),)
    told = [
        *_group(report, checked),
        *_too_small(report, occupied, checked),
        *_blurred(occupied),
        *_light(report, occupied),
        *_missed(occupied, checked),
    ]
    if refused := refused_resolution(report, checked):
        told.append(Advice(Tone.INFO, refused))
    if not any(advice.tone is Tone.WARNING for advice in told):
        text = _tr("All {0} faces that are seen are large, sharp and light enough.")
        told.insert(0, Advice(Tone.GOOD, text.format(report.seen)))
    return tuple(told)


def _group(report: RoomReport, checked: CheckedWith) -> list[Advice]:
    if checked.group_minimum is None or report.usable >= checked.group_minimum:
        return []
    text = _tr("{0} usable faces: a mix is shown from {1} on, with fewer only counts.")
    return [Advice(Tone.WARNING, text.format(report.usable, checked.group_minimum))]


def _too_small(
    report: RoomReport, occupied: Sequence[RoomPart], checked: CheckedWith
) -> list[Advice]:
    told = []
    for row in _rows(occupied):
        parts = [part for part in row if part.too_small]
        if not parts:
            continue
        seen, small = _sum(parts, "seen"), _sum(parts, "too_small")
        least_px = min(part.least_px for part in parts if part.least_px is not None)
        fact = _tr("{0}: faces from {1} px, counted as seen only ({2} px are needed).")
        if small < seen:
            fact = _tr(
                "{0}: {3} of {4} faces, from {1} px, are counted as seen only, because {2}"
                " px are needed."
            )
        fact = fact.format(
            place_name(parts, row), f"{least_px:.0f}", f"{report.min_face_px:.0f}", small, seen
        )
        told.append(Advice(Tone.WARNING, f"{fact} {larger_faces(least_px, report, checked)}"))
    return told


def _blurred(occupied: Sequence[RoomPart]) -> list[Advice]:
    parts = [part for part in occupied if part.too_blurred]
    if not parts:
        return []
    text = _tr(
        "{0}: {1} of {2} faces are blurred and counted as seen only. Focus the camera, clean its"
        " lens and keep it still; more light helps."
    )
    where = places_name(parts, occupied)
    told = text.format(where, _sum(parts, "too_blurred"), _sum(parts, "seen"))
    return [Advice(Tone.WARNING, told)]


def _light(report: RoomReport, occupied: Sequence[RoomPart]) -> list[Advice]:
    dark = [part for part in occupied if part.light is not None and part.light < report.min_light]
    bright = [part for part in occupied if part.light is not None and part.light > report.max_light]
    told = []
    if dark:
        text = _tr(
            "{0}: faces are dark ({1} of white; under {2} they are missed and told apart less"
            " well). Turn on lights there, and close blinds behind them."
        )
        darkest = min(part.light or 0.0 for part in dark)
        where = places_name(dark, occupied)
        told.append(text.format(where, percent(darkest), percent(report.min_light)))
    if bright:
        text = _tr(
            "{0}: faces are too bright ({1} of white; over {2} they are missed and told apart less"
            " well). Dim the light on them, or lower the camera's exposure."
        )
        brightest = max(part.light or 0.0 for part in bright)
        where = places_name(bright, occupied)
        told.append(text.format(where, percent(brightest), percent(report.max_light)))
    return [Advice(Tone.WARNING, line) for line in told]


def _missed(occupied: Sequence[RoomPart], checked: CheckedWith) -> list[Advice]:
    """Warn of faces so small that further ones are likely to be there, not found."""
    sure_px = SURELY_FOUND_PX[checked.finder, checked.mode]
    parts = [part for part in occupied if part.size_px is not None and part.size_px < sure_px]
    if not parts:
        return []
    text = _tr("{0}: faces from {1} px. Under {2} px more of them are missed. {3}")
    least_px = min(part.least_px for part in parts if part.least_px is not None)
    where = places_name(parts, occupied)
    told = text.format(where, f"{least_px:.0f}", f"{sure_px:.0f}", _find_more(checked))
    return [Advice(Tone.INFO, told)]


def _find_more(checked: CheckedWith) -> str:
    if checked.mode == "near":
        return _tr("Room mode finds smaller ones.")
    if checked.finder == "mediapipe":
        return _tr("YuNet finds more of them, and so does a camera that is closer.")
    return _tr("A camera that is closer finds more of them.")


def _rows(occupied: Sequence[RoomPart]) -> list[list[RoomPart]]:
    rows = sorted({part.row for part in occupied})
    return [[part for part in occupied if part.row == row] for row in rows]


def _sum(parts: Sequence[RoomPart], name: str) -> int:
    return sum(getattr(part, name) for part in parts)


def _tr(text: str) -> str:
    return QCoreApplication.translate("RoomAdvice", text)
