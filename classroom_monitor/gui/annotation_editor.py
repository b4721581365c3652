"""Edits an opened session's markers, segments and exclusions, so that it can be undone."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from classroom_monitor.contracts import (
    Annotation,
    Annotations,
    Exclusion,
    Marker,
    Segment,
)
from classroom_monitor.gui.background import Background, Job
from classroom_monitor.gui.services import Services
from classroom_monitor.gui.timeline_annotations import in_order, key

_MOST_UNDONE = 200


class AnnotationEditor(QObject):
    """Stores edits one after the other, beside the window, in the order in which they were made.

    What is shown follows what is stored: changed tells it after each edit. Where one fails, the
    edits that wait behind it and the history are dropped, and failed says why.
    """

    changed = Signal(object)  # Annotations
    failed = Signal(object)  # Exception

    def __init__(
        self, services: Services, background: Background, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.stack = QUndoStack(self)
        self.stack.setUndoLimit(_MOST_UNDONE)
        self.annotations = Annotations()
        self._services = services
        self._background = background
        self._session_id = 0
        self._waiting: deque[_Step] = deque()
        self._storing: Job[Any] | None = None

    @property
    def busy(self) -> bool:
        """Whether edits are still being stored."""
        return self._storing is not None

    def open(self, session_id: int, annotations: Annotations) -> None:
        """Edit this session from now on; its history goes on where it was open already."""
        if session_id != self._session_id:
            self.stack.clear()
        self._session_id = session_id
        if not self.busy:
            self.annotations = annotations

    def put(self, text: str, *items: Annotation) -> None:
        """Store new things (id 0) and changed ones; text names the edit in the undo tooltip."""
        self.change(text, items, ())

    def remove(self, text: str, *items: Annotation) -> None:
        """Remove things."""
        self.change(text, (), items)

    def change(self, text: str, put: Sequence[Annotation], remove: Sequence[Annotation]) -> None:
        """Store and remove things as one edit."""
        if put or remove:
            edit = _Edit(tuple(put), tuple(remove))
            self.stack.push(_Command(text, partial(self._step, edit)))

    def on_stored(self, step: _Step, annotations: Annotations) -> None:
        """Learn what new things are called now, tell what is stored, and go on with the next."""
        self._storing = None
        if step.session_id == self._session_id:
            step.edit.learn(self.annotations, annotations)
            self.annotations = annotations
            self.changed.emit(annotations)
        self._store_next()

    def on_failed(self, step: _Step, error: Exception) -> None:
        """Drop what waits behind a failed edit of the same session."""
        self._storing = None
        self._waiting = deque(
            other for other in self._waiting if other.session_id != step.session_id
        )
        if step.session_id == self._session_id:
            self.stack.clear()
        self.failed.emit(error)
        self._store_next()

    def _step(self, edit: _Edit, undo: bool) -> None:
        self._waiting.append(_Step(self._session_id, edit, undo))
        self._store_next()

    def _store_next(self) -> None:
        if self._storing is not None or not self._waiting:
            return
        step = self._waiting.popleft()
        edit = step.edit
        put, remove = (edit.put_back, edit.added) if step.undo else (edit.put, edit.remove)
        self._storing = self._background.run(
            "annotate",
            partial(self._services.annotate, step.session_id, put, remove),
            partial(self.on_stored, step),
            partial(self.on_failed, step),
        )


def unnumbered(item: Annotation) -> Annotation:
    """Return a thing as a new one that is yet to be stored."""
    match item:
        case Marker():
            return replace(item, marker_id=0)
        case Segment():
            return replace(item, segment_id=0)
        case Exclusion():
            return replace(item, exclusion_id=0)


class _Edit:
    """What an edit stores and removes; once it is stored, also what undoes it."""

    def __init__(self, put: tuple[Annotation, ...], remove: tuple[Annotation, ...]) -> None:
        self.put = put
        self.remove = remove
        self.put_back: tuple[Annotation, ...] = ()
        self.added: tuple[Annotation, ...] = ()
        self._learnt = False

    def learn(self, before: Annotations, after: Annotations) -> None:
        """Note what was there before, and the numbers that the store gave to new things."""
        if self._learnt:
            return
        self._learnt = True
        old = {key(item): item for item in in_order(before)}
        touched = [key(item) for item in (*self.put, *self.remove)]
        self.put_back = tuple(old[name] for name in touched if name in old)
        new = [item for item in in_order(after) if key(item) not in old]
        # Another window may have added something meanwhile: that is not to be taken back.
        self.added = tuple(
            item for item in new if key(item) in touched or unnumbered(item) in self.put
        )
        kept = tuple(item for item in self.put if key(item) in old)
        self.put = (*kept, *self.added)


@dataclass(frozen=True, slots=True)
class _Step:
    """One doing or undoing of an edit, and the session that it belongs to."""

    session_id: int
    edit: _Edit
    undo: bool


class _Command(QUndoCommand):
    """Hands undo and redo on to the editor."""

    def __init__(self, text: str, step: partial[None]) -> None:
        super().__init__(text)
        self._step = step

    def redo(self) -> None:
        """Do it, or do it again."""
        self._step(undo=False)

    def undo(self) -> None:
        """Take it back."""
        self._step(undo=True)
