"""What lies on a timeline, which of it is selected, and how it is changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from classroom_monitor.contracts import Annotations, Exclusion
from classroom_monitor.gui.timeline_annotations import (
    Annotation,
    find,
    in_order,
    moved_to,
    same,
    start_s,
    with_changed,
    with_edge,
)
from classroom_monitor.sessions.change_points import ChangePoint

_NOTHING = Annotations()


@dataclass(frozen=True, slots=True)
class Drawn:
    """Everything on the time axis as it is drawn now; end_s is where the session ends."""

    annotations: Annotations = _NOTHING
    end_s: float = 0.0
    selected: Annotation | None = None
    range_s: tuple[float, float] | None = None
    changes: tuple[ChangePoint, ...] = ()


class TimelineItems(QObject):
    """Holds the annotations, the selection and a change that isn't finished yet.

    A change is drawn at once and told when it is finished; whoever is told stores it and shows
    the annotations anew, changed or, where that failed, as they were.
    """

    drawn_changed = Signal()
    moved = Signal(object)  # Annotation, at its new time
    selected = Signal(object)  # Annotation or None
    range_changed = Signal(object)  # (start_s, end_s) or None

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._drawn = Drawn()
        self._stored = Annotations()
        self._draft: Annotation | None = None

    @property
    def drawn(self) -> Drawn:
        """What is to be painted."""
        return self._drawn

    @property
    def selection(self) -> Annotation | None:
        """The selected marker, segment or exclusion, as it is drawn."""
        return self._drawn.selected

    def show(self, annotations: Annotations) -> None:
        """Draw exactly these; costs nothing when they are the ones drawn already."""
        if annotations == self._stored and annotations == self._drawn.annotations:
            return
        self._stored, self._draft = annotations, None
        before = self._drawn.selected
        self._draw(annotations=annotations, selected=find(annotations, before))
        if before is not None and self._drawn.selected is None:
            self.selected.emit(None)

    def show_changes(self, changes: Sequence[ChangePoint]) -> None:
        """Draw these change points."""
        self._draw(changes=tuple(changes))

    def show_end(self, end_s: float) -> None:
        """Let the last segment last until there, and keep things before it."""
        if end_s != self._drawn.end_s:
            self._draw(end_s=end_s)

    def select(self, item: Annotation | None) -> None:
        """Select a thing that is drawn, or nothing."""
        item = find(self._drawn.annotations, item)
        if item == self._drawn.selected:
            return
        self.finish()
        self._draw(selected=item)
        self.selected.emit(item)

    def select_next(self, step: int, first_s: float, last_s: float) -> bool:
        """Select the next thing (step 1) or the one before (-1) of those in view.

        Returns False, with nothing selected, past the last one.
        """
        there = [
            item
            for item in in_order(self._drawn.annotations)
            if first_s <= start_s(item) <= last_s or same(item, self._drawn.selected)
        ]
        now = next((i for i, item in enumerate(there) if same(item, self._drawn.selected)), None)
        if now is None:
            now = -1 if step > 0 else len(there)
        then = now + step
        self.select(there[then] if 0 <= then < len(there) else None)
        return self._drawn.selected is not None

    def place(self) -> tuple[int, int] | None:
        """Return which of how many the selected thing is, from 1."""
        every = in_order(self._drawn.annotations)
        for number, item in enumerate(every, start=1):
            if same(item, self._drawn.selected):
                return number, len(every)
        return None

    def drag(self, to_s: float, edge: int = 0) -> None:
        """Draw the selected thing elsewhere: an exclusion as a whole, or its edge (-1, 1).

        Exclusions leave out whole seconds, because sessions are made of those.
        """
        item, end_s = self._drawn.selected, self._drawn.end_s
        if item is None:
            return
        if isinstance(item, Exclusion) and edge:
            changed: Annotation = with_edge(item, round(to_s), end_s, last=edge > 0)
        elif isinstance(item, Exclusion):
            changed = moved_to(item, round(to_s), end_s)
        else:
            changed = moved_to(item, to_s, end_s)
        if changed == item:
            return
        self._draft = changed
        self._draw(annotations=with_changed(self._stored, changed), selected=changed)

    def finish(self) -> None:
        """Tell of a change that was drawn."""
        if self._draft is not None:
            changed, self._draft = self._draft, None
            if changed != find(self._stored, changed):
                self._stored = with_changed(self._stored, changed)  # until told otherwise
                self.moved.emit(changed)

    def cancel(self) -> bool:
        """Put back what was moved; returns whether there was anything."""
        if self._draft is None:
            return False
        was, self._draft = find(self._stored, self._draft), None
        self._draw(annotations=self._stored, selected=was)
        return True

    def select_range(self, range_s: tuple[float, float] | None, *, finished: bool = True) -> None:
        """Select whole seconds, kept inside the session, or none."""
        if range_s is not None:
            low, high = sorted(min(max(0.0, round(t_s)), self._drawn.end_s) for t_s in range_s)
            range_s = (low, high) if high > low else None
        before = self._drawn.range_s
        if range_s != before:
            self._draw(range_s=range_s)
        if finished and (range_s is not None or before is not None):
            self.range_changed.emit(range_s)

    def clear(self) -> None:
        """Forget everything, quietly."""
        self._stored, self._draft, self._drawn = Annotations(), None, Drawn()
        self.drawn_changed.emit()

    def _draw(self, **parts: object) -> None:
        self._drawn = replace(self._drawn, **parts)  # type: ignore[arg-type]
        self.drawn_changed.emit()
