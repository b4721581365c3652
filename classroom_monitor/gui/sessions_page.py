"""The sessions page: what is stored, and one session opened."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from classroom_monitor.contracts import Annotations, SessionInfo
from classroom_monitor.errors import EnvironmentProblem
from classroom_monitor.gui.background import Background, Job
from classroom_monitor.gui.banner import Banner
from classroom_monitor.gui.compare_page import ComparePage
from classroom_monitor.gui.opened_session import OpenedSession
from classroom_monitor.gui.page_stack import PageStack
from classroom_monitor.gui.palette import Tone
from classroom_monitor.gui.review import Review
from classroom_monitor.gui.segment_importing import SegmentImporting
from classroom_monitor.gui.services import Services, StoredSession
from classroom_monitor.gui.session_describing import SessionDescribing
from classroom_monitor.gui.session_edit import SessionEdit
from classroom_monitor.gui.session_editing import SessionEditing
from classroom_monitor.gui.session_exports import SessionExports
from classroom_monitor.gui.session_list import SessionList
from classroom_monitor.gui.session_outlines import Outlines
from classroom_monitor.gui.session_trash import SessionTrash
from classroom_monitor.gui.session_view import SessionView
from classroom_monitor.gui.theme import MARGIN_PX, SPACING_PX
from classroom_monitor.gui.timeline_look import TimelineLook
from classroom_monitor.gui.window_page import WindowPage

_DONE_MS = 15_000


class SessionsPage(WindowPage):
    """Shows the list or one session; every read of the disk happens in a thread."""

    def __init__(
        self, services: Services, background: Background, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._background = background
        self._listing: Job[Any] | None = None
        self.news, self.deleted = Banner(), Banner()
        self.outlines = Outlines(services, background, self)
        self.trash = SessionTrash(services, background, self.deleted)
        self.list = SessionList(self.outlines)
        self.table = self.list.table
        self.opened = OpenedSession(services, background, self)
        self.view = SessionView(self.opened.editor.stack)
        self.view.set_look(TimelineLook.chosen(services.settings))
        self.editing = SessionEditing(self.view, self.opened.editor)
        self.importing = SegmentImporting(services, background, self.view, self.editing)
        self.describing = SessionDescribing(services, background, self)
        self.compare = ComparePage(services, background)
        self.exports = SessionExports(services, background, self.view, self.compare, self)
        self._stack = PageStack()
        self._column = QVBoxLayout(self)
        self._lay_out()
        self._connect()

    @property
    def session(self) -> StoredSession | None:
        """The opened session."""
        review = self.opened.review
        return review.session if review else None

    def refresh(self) -> None:
        """Read the list of sessions anew, and the opened session."""
        if self._listing is not None:
            self._listing.cancel()
        self._listing = self._background.run(
            "list sessions", self._services.sessions, self.on_sessions, self.on_list_failed
        )
        self.opened.reload()

    def open(self, session_id: int) -> None:
        """Open a session; one that is still being loaded is forgotten."""
        self.view.tabs.details.store()
        self.table.select(session_id)
        self.opened.open(session_id)

    def on_shown(self) -> None:
        """Bring list, session and the timeline's look up to date."""
        self.view.set_look(TimelineLook.chosen(self._services.settings))
        self.refresh()

    def go_back(self) -> None:
        """Go back from an opened session to where it was opened: the list, or the comparison."""
        if self.compare.comparison is None:
            self.show_list()
            return
        self._leave_session()
        self._stack.setCurrentWidget(self.compare)

    def show_list(self) -> None:
        """Go back to the list."""
        self._leave_session()
        self.compare.leave()
        self._stack.setCurrentWidget(self.list)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.refresh()

    def export(self) -> None:
        """Ask how and where to write what is shown: the selected, the opened, the compared."""
        shown = self._stack.currentWidget()
        if shown is self.compare and self.compare.comparison is not None:
            self.exports.export(self.compare.comparison.infos)
        elif shown is self.view and self.session is not None:
            self.exports.export((self.session.info,))
        elif shown is self.list:
            self.exports.export(self.list.selected())

    def on_done(self, text: str) -> None:
        """Say what was done."""
        self.news.say(Tone.GOOD, text, for_ms=_DONE_MS)

    def on_sessions(self, sessions: Sequence[SessionInfo]) -> None:
        """Show the list."""
        self._listing = None
        self.list.show_sessions(sessions)
        self.view.tabs.details.offer_courses(self.list.courses())

    def on_list_failed(self, error: Exception) -> None:
        """Say why the list cannot be read."""
        self._listing = None
        self.problem.emit(error)

    def on_loaded(self, review: Review) -> None:
        """Show the session that was read."""
        self.view.show_review(review)
        if self._stack.currentWidget() is not self.view:
            self._stack.setCurrentWidget(self.view)
            self.view.plot.setFocus(Qt.FocusReason.OtherFocusReason)

    def on_lost(self, error: Exception) -> None:
        """Say why a session cannot be read, and go back to those that can."""
        self.problem.emit(error)
        self.opened.close()
        self._stack.setCurrentWidget(self.list)
        self.refresh()

    def on_annotated(self, annotations: Annotations) -> None:
        """Show what is stored now."""
        self.view.show_annotations(annotations)
        if self.session is not None:
            self.outlines.forget(self.session.info.session_id)

    def on_edited(self, edit: SessionEdit) -> None:
        """Show it wherever the session is named."""
        self.table.sessions.change(edit)
        self.opened.rename(edit)
        if self.session is not None and self.session.info.session_id == edit.session_id:
            self.view.head.show_info(self.session.info)
            self.view.tabs.details.on_stored(self.session.info)

    def on_edit_failed(self, error: Exception) -> None:
        """Say why, and show what is stored."""
        self.problem.emit(error)
        self.refresh()

    def on_compare(self, ids: Sequence[int], course: str = "") -> None:
        """Lay sessions over each other, or a course's over its weeks."""
        self.opened.close()
        self.compare.show_sessions(ids, course)
        self._stack.setCurrentWidget(self.compare)

    def on_course(self, course: str) -> None:
        """Show a course over its weeks."""
        self.on_compare(self.list.of_course(course), course)

    def on_look(self, look: TimelineLook) -> None:
        """Keep how timelines are drawn."""
        settings = replace(
            self._services.settings,
            timeline_style=look.style,
            bands=look.bands,
            smoothing_s=look.smoothing_s,
        )
        try:
            self._services.save_settings(settings)
        except EnvironmentProblem as problem:
            self.problem.emit(problem)

    def on_delete_opened(self) -> None:
        """Take the opened session out of sight."""
        if self.session is not None:
            info = self.session.info
            self.show_list()
            self.trash.delete((info,))

    def on_delete(self, ids: Sequence[int]) -> None:
        """Take the selected sessions out of sight."""
        chosen = [info for info in self.table.sessions.sessions if info.session_id in ids]
        self.trash.delete(chosen)

    def fit_width(self, width_px: int) -> None:
        """Arrange list and session for the width that is there."""
        self.table.fit_width(width_px)
        self.view.fit_width(width_px)
        self._stack.updateGeometry()
        self._column.activate()

    def _leave_session(self) -> None:
        self.view.tabs.details.store()
        self.opened.close()

    def _connect(self) -> None:
        self._connect_list()
        self._connect_session()
        self.compare.back_requested.connect(self.show_list)
        self.compare.open_requested.connect(self.open)
        self.compare.export_requested.connect(self.export)
        self.exports.said.connect(self.on_done)
        self.describing.stored.connect(self.on_edited)
        self.describing.failed.connect(self.on_edit_failed)
        for part in (self.trash, self.opened, self.importing, self.exports, self.compare):
            part.problem.connect(self.problem)
        back, undo = QKeySequence("Alt+Left"), QKeySequence(QKeySequence.StandardKey.Undo)
        self._add_key(back, self.view, self.go_back)
        self._add_key(back, self.compare, self.show_list)
        self._add_key(undo, self.list, self.trash.undo)

    def _connect_list(self) -> None:
        self.list.open_requested.connect(self.open)
        self.list.refresh_requested.connect(self.refresh)
        self.list.delete_requested.connect(self.on_delete)
        self.list.export_requested.connect(self.export)
        self.list.compare_requested.connect(self.on_compare)
        self.list.course_requested.connect(self.on_course)
        self.table.sessions.edit_requested.connect(self.describing.store)
        self.trash.changed.connect(self.refresh)

    def _connect_session(self) -> None:
        self.opened.loaded.connect(self.on_loaded)
        self.opened.annotated.connect(self.on_annotated)
        self.opened.summarised.connect(self.view.show_summary)
        self.opened.changes_found.connect(self.view.show_changes)
        self.opened.lost.connect(self.on_lost)
        self.view.head.back_requested.connect(self.go_back)
        self.view.head.export_requested.connect(self.export)
        self.view.head.delete_requested.connect(self.on_delete_opened)
        self.view.tabs.details.edit_requested.connect(self.describing.store)
        self.view.options.changed.connect(self.on_look)

    def _add_key(self, keys: QKeySequence, page: QWidget, run: Callable[[], None]) -> None:
        shortcut = QShortcut(keys, page, run)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _lay_out(self) -> None:
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.compare)
        column = self._column
        column.setContentsMargins(MARGIN_PX, 4, MARGIN_PX, SPACING_PX)
        column.addWidget(self.news)
        column.addWidget(self.deleted)
        column.addWidget(self._stack, 1)
