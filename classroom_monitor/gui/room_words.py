"""What the parts of a room are called."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from classroom_monitor.contracts import RoomPart


def part_name(part: RoomPart) -> str:
    """Return the name of one part, as seen in the picture."""
    names = (
        (_tr("Back left"), _tr("Back centre"), _tr("Back right")),
        (_tr("Middle left"), _tr("Middle centre"), _tr("Middle right")),
        (_tr("Front left"), _tr("Front centre"), _tr("Front right")),
    )
    return names[part.row][part.column]


def row_name(row: int) -> str:
    """Return the name of all parts of a row."""
    return (_tr("Back rows"), _tr("Middle rows"), _tr("Front rows"))[row]


def place_name(parts: Sequence[RoomPart], row: Sequence[RoomPart]) -> str:
    """Return what some parts of one row are called; row holds those in which anybody is."""
    if len(parts) == len(row):
        return row_name(row[0].row)
    return ", ".join(part_name(part) for part in parts)


def places_name(parts: Sequence[RoomPart], occupied: Sequence[RoomPart]) -> str:
    """Return what some parts of the room are called; occupied are those in which anybody is."""
    if len(parts) == len(occupied):
        return _tr("The whole room")
    names = []
    for row in sorted({part.row for part in parts}):
        here = [part for part in parts if part.row == row]
        names.append(place_name(here, [part for part in occupied if part.row == row]))
    return ", ".join(names)


def _tr(text: str) -> str:
    return QCoreApplication.translate("RoomWords", text)
