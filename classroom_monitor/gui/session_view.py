"""The page of an opened session: head, numbers, timeline, and what belongs to it below."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from classroom_monitor.contracts import Annotations
from classroom_monitor.gui.review import Review, Summary
from classroom_monitor.gui.session_head import SessionHead
from classroom_monitor.gui.session_summary import RangeBar, SessionSummary
from classroom_monitor.gui.session_tabs import SessionTabs
from classroom_monitor.gui.theme import SPACING_PX
from classroom_monitor.gui.timeline_card import TimelineCard
from classroom_monitor.gui.timeline_look import TimelineLook
from classroom_monitor.gui.timeline_options import TimelineOptions
from classroom_monitor.sessions.change_points import ChangePoints

_TIMELINE_PX, _TABS_PX = 330, 200
_LEAST_TIMELINE_PX = 250
_NARROW_SUMMARY_PX, _NARROW_TIMELINE_PX = 720, 900
"""Widths below which numbers, and the timeline's legend and options, stand below each other."""


class SessionView(QWidget):
    """Shows a Review; what is asked for here is done by session_editing.py and the page."""

    def __init__(self, history: QUndoStack, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._review: Review | None = None
        self._summary: Summary | None = None
        self.head = SessionHead(history, self)
        self.summary = SessionSummary()
        self.timeline = TimelineCard(navigable=True)
        self.plot = self.timeline.plot
        self.plot.setAccessibleName(self.tr("Timeline of the opened session"))
        self.plot.set_editable(True)
        self.options = TimelineOptions()
        self.options.changed.connect(self.timeline.set_look)
        self.range = RangeBar()
        self.tabs = SessionTabs()
        self._lay_out()

    @property
    def review(self) -> Review | None:
        """The session shown."""
        return self._review

    @property
    def end_s(self) -> float:
        """How long the session shown is."""
        return float(len(self.plot.series))

    def set_look(self, look: TimelineLook) -> None:
        """Begin with the look that the settings hold."""
        self.options.show_look(look)
        self.timeline.set_look(look)

    def show_review(self, review: Review) -> None:
        """Show a session; one that was shown already stays zoomed in as it was."""
        before = self._review
        info = review.session.info
        same = before is not None and before.session.info.session_id == info.session_id
        view_s, whole_s = self.plot.view_s, self.end_s
        self._review = review
        self.head.show_info(info)
        if not same:
            self.plot.clear()
            self.tabs.changes.show_searching()
        self.timeline.set_counts_only(info.counts_only)
        self.options.set_counts_only(info.counts_only)
        self.plot.show_series(review.series)
        if same and view_s != (0.0, whole_s):
            self.plot.show_span(*view_s)
        self.show_annotations(review.session.annotations)
        self.show_summary(review.summary)
        self.tabs.details.show_info(info)

    def show_annotations(self, annotations: Annotations) -> None:
        """Draw and list these."""
        self.plot.show_annotations(annotations)
        self.tabs.show_annotations(annotations, self.end_s)

    def show_summary(self, summary: Summary) -> None:
        """Show the session, its segments and the selected stretch in numbers."""
        if self._review is None:
            return
        self._summary = summary
        info = self._review.session.info
        self.summary.show_summary(info, len(self.plot.series), summary)
        self.tabs.show_summary(summary, counts_only=info.counts_only)
        self.show_range(self.plot.selected_range)

    def show_range(self, range_s: tuple[float, float] | None) -> None:
        """Show a selected stretch in numbers, or that none is."""
        summary = None
        if range_s is not None and self._summary is not None:
            summary = self._summary.of_range(*range_s)
        self.range.show_range(range_s, summary)

    def show_changes(self, changes: ChangePoints) -> None:
        """Flag and list where the session changed."""
        self.plot.show_changes(changes.found)
        self.tabs.show_changes(changes)

    def fit_width(self, width_px: int) -> None:
        """Put beside each other only what fits."""
        self.summary.set_narrow(width_px < _NARROW_SUMMARY_PX)
        self.timeline.set_narrow(width_px < _NARROW_TIMELINE_PX)
        # From the inside out, so that the scroll area around hears in time of what is needed now.
        for arranged in (self.summary, self.timeline, self._upper, self):
            layout = arranged.layout()
            if layout is not None:
                layout.activate()

    def _lay_out(self) -> None:
        self.timeline.head.addWidget(self.options, 0, Qt.AlignmentFlag.AlignLeft)
        self.timeline.setMinimumHeight(_LEAST_TIMELINE_PX)
        self._upper = QWidget()
        inside = QVBoxLayout(self._upper)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(SPACING_PX // 2)
        inside.addWidget(self.timeline, 1)
        inside.addWidget(self.range)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self._upper)
        splitter.addWidget(self.tabs)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 2)
        splitter.setSizes([_TIMELINE_PX, _TABS_PX])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING_PX // 2)
        column.addWidget(self.head)
        column.addWidget(self.summary)
        column.addWidget(splitter, 1)
        for before, after in pairwise((*self.options.fields, self.plot)):
            self.setTabOrder(before, after)
