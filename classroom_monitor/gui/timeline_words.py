"""What is said of things on a timeline to those who hear it or read it in a list."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from classroom_monitor.contracts import Exclusion, Marker
from classroom_monitor.gui.formats import duration
from classroom_monitor.gui.timeline_annotations import Annotation


def describe(item: Annotation | None, place: tuple[int, int] | None = None) -> str:
    """Return what a thing is, where it lies and, with its place (which, of how many), that."""
    if item is None:
        return ""
    if isinstance(item, Exclusion):
        text = _tr("Left out from {0} to {1}").format(duration(item.start_s), duration(item.end_s))
        said = f"{text}: {item.reason}" if item.reason else text
    elif isinstance(item, Marker):
        said = _tr("Marker at {0}: {1}").format(duration(item.t_s), item.text or _tr("no text"))
    else:
        title = item.title or _tr("no title")
        said = _tr("Segment from {0}: {1}").format(duration(item.t_s), title)
    if place is None:
        return said
    return _tr("{0} ({1} of {2})").format(said, *place)


def _tr(text: str) -> str:
    return QCoreApplication.translate("TimelineWords", text)
