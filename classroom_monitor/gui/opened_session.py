"""The opened session: read, read again while it is recorded, edited, and worked out anew."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from classroom_monitor.contracts import Annotations, Exclusion, SessionState
from classroom_monitor.gui.annotation_editor import AnnotationEditor
from classroom_monitor.gui.background import Background, Job
from classroom_monitor.gui.review import Review, Summary, changes_of, load_review, summary_of
from classroom_monitor.gui.services import Services
from classroom_monitor.gui.session_edit import SessionEdit, edited

_SEARCH_AFTER_MS = 250
"""Lets the page appear first: two threads of Python slow each other down."""
RELOAD_MS = 10_000
"""How often a session that is being recorded is read again."""


class OpenedSession(QObject):
    """Does everything slow about one session beside the window, and tells its results.

    What belongs to a session that was left meanwhile is not told.
    """

    loaded = Signal(object)  # Review
    annotated = Signal(object)  # Annotations
    summarised = Signal(object)  # Summary
    changes_found = Signal(object)  # ChangePoints
    lost = Signal(object)  # Exception: the session cannot be read (any more)
    problem = Signal(object)  # Exception

    def __init__(
        self, services: Services, background: Background, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.editor = AnnotationEditor(services, background, self)
        self._services = services
        self._background = background
        self._review: Review | None = None
        self._excluded: tuple[Exclusion, ...] = ()
        self._jobs: dict[str, Job[Any]] = {}
        self._search = QTimer(self, singleShot=True, interval=_SEARCH_AFTER_MS)
        self._search.timeout.connect(self.find_changes)
        self._again = QTimer(self, singleShot=True, interval=RELOAD_MS)
        self._again.timeout.connect(self.reload)
        self.editor.changed.connect(self.on_annotations)
        self.editor.failed.connect(self.on_edit_failed)

    @property
    def review(self) -> Review | None:
        """What was read last."""
        return self._review

    def open(self, session_id: int) -> None:
        """Read a session; one that is still being read is forgotten."""
        self._again.stop()
        self._search.stop()
        self._run("load", partial(load_review, self._services.session, session_id), self.on_loaded)

    def reload(self) -> None:
        """Read the opened session again."""
        if self._review is not None:
            self.open(self._review.session.info.session_id)

    def rename(self, edit: SessionEdit) -> None:
        """Keep an edit of the session's description that was stored."""
        review = self._review
        if review is not None and review.session.info.session_id == edit.session_id:
            session = replace(review.session, info=edited(review.session.info, edit))
            self._review = replace(review, session=session)

    def close(self) -> None:
        """Leave the session."""
        self._again.stop()
        self._search.stop()
        for job in self._jobs.values():
            job.cancel()
        self._review = None

    def find_changes(self) -> None:
        """Work out where the session changed, with what is left out now."""
        if self._review is not None:
            session = self._review.session
            self._excluded = session.annotations.exclusions
            work = partial(changes_of, session, session.annotations)
            self._run("find changes", work, self.changes_found.emit)

    def on_loaded(self, review: Review) -> None:
        """Tell what was read, and work out where it changed."""
        self._review = review
        session = review.session
        self.editor.open(session.info.session_id, session.annotations)
        self.loaded.emit(review)
        self._search.start()
        if session.info.state is SessionState.RUNNING:
            self._again.start()

    def on_annotations(self, annotations: Annotations) -> None:
        """Tell what is stored now, and work the summary out anew."""
        review = self._review
        if review is None:
            return
        session = replace(review.session, annotations=annotations)
        self._review = replace(review, session=session)
        self.annotated.emit(annotations)
        self._run("summarise", partial(summary_of, session, annotations), self.on_summary)
        if annotations.exclusions != self._excluded:
            self._search.start()

    def on_summary(self, summary: Summary) -> None:
        """Tell the summary."""
        self.summarised.emit(summary)

    def on_edit_failed(self, error: Exception) -> None:
        """Say why an edit was not stored, and read what is stored."""
        self.problem.emit(error)
        self.reload()

    def _run(self, name: str, work: Callable[[], Any], on_result: Callable[[Any], None]) -> None:
        if name in self._jobs:
            self._jobs[name].cancel()
        on_failure = self.lost.emit if name == "load" else self.problem.emit
        self._jobs[name] = self._background.run(name, work, on_result, on_failure)
