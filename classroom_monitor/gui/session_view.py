"""One stored session: its timeline, its markers and a summary in numbers."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from classroom_monitor.gui.formats import NO_VALUE, date_and_time, duration, percent
from classroom_monitor.gui.glance import Figure
from classroom_monitor.gui.mix_row import MixRow
from classroom_monitor.gui.services import StoredSession
from classroom_monitor.gui.theme import SPACING_PX, Caption, Card, set_text_size
from classroom_monitor.gui.timeline_card import TimelineCard
from classroom_monitor.gui.timeline_series import TimelineSeries

_FIGURE_SCALE = 1.7


class SessionView(QWidget):
    """Shows a StoredSession; empty until one is opened."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = QLabel()
        set_text_size(self._title, 1.35, bold=True)
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._facts = Caption()
        self._facts.setWordWrap(True)
        self.length = self._figure(self.tr("Length"), self.tr("Seconds recorded"))
        self.with_mix = self._figure(
            self.tr("With a mix"), self.tr("Part of the seconds with enough used faces")
        )
        self.seen = self._figure(self.tr("Seen, median / most"), self.tr("Faces seen in a second"))
        self.coverage = self._figure(
            self.tr("Coverage"), self.tr("Median of used faces of those expected")
        )
        self.mix = MixRow(self.tr("The mix of the whole session"), scale=_FIGURE_SCALE)
        self.timeline = TimelineCard(navigable=True)
        self.timeline.plot.setAccessibleName(self.tr("Timeline of the opened session"))
        self.timeline.plot.setToolTip(
            self.tr("Drag to pan, wheel to zoom; keys: ← → pan, + - zoom, Home shows everything")
        )
        self._summary = self._lay_out()
        self.clear()

    def clear(self) -> None:
        """Show that no session is open."""
        self._title.setText(self.tr("No session open"))
        self._facts.setText(self.tr("Double-click a session in the list to open it."))
        self._summary.hide()
        self.timeline.hide()
        self.timeline.plot.clear()

    def show_session(self, session: StoredSession) -> None:
        """Show a session from its beginning to its end."""
        info, plot = session.info, self.timeline.plot
        self._title.setText(info.title or info.source)
        self._facts.setText(self._describe(session))
        plot.clear()
        self.timeline.set_counts_only(info.counts_only)
        plot.extend(session.points)
        plot.markers.show(session.markers)
        plot.show_all()
        self._summarise(plot.series, counts_only=info.counts_only)
        self._summary.show()
        self.timeline.show()

    def set_narrow(self, narrow: bool) -> None:
        """Put the mix below the numbers where it doesn't fit beside them."""
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._row.setDirection(down if narrow else across)

    def _describe(self, session: StoredSession) -> str:
        info = session.info
        parts = [
            date_and_time(info.started_at),
            info.source,
            self.tr("mode {0}").format(info.mode),
            self.tr("engine {0}").format(info.engine),
            self.tr("at least {0} faces").format(info.group_minimum),
            self.tr("{0} markers").format(len(session.markers)),
        ]
        if info.counts_only:
            parts.append(self.tr("counts only: no moods were computed"))
        return "  ·  ".join(parts)

    def _summarise(self, series: TimelineSeries, *, counts_only: bool) -> None:
        total = len(series)
        mix = series.mix()
        seconds = mix.seconds if mix else 0
        self.length.show_text(duration(total))
        self.with_mix.show_text(percent(seconds / total) if total else NO_VALUE)
        self.with_mix.setVisible(not counts_only)
        seen = series.seen[np.isfinite(series.seen)]
        self.seen.show_text(f"{np.median(seen):.0f} / {seen.max():.0f}" if len(seen) else NO_VALUE)
        coverage = series.coverage[np.isfinite(series.coverage)]
        self.coverage.show_text(percent(float(np.median(coverage))) if len(coverage) else NO_VALUE)
        self.mix.setVisible(not counts_only)
        self.mix.show_mix(mix, self.tr("from {0}").format(duration(seconds)) if mix else "")

    def _figure(self, caption: str, explanation: str) -> Figure:
        return Figure(caption, explanation, scale=_FIGURE_SCALE)

    def _lay_out(self) -> QWidget:
        summary = Card()
        figures = QHBoxLayout()
        figures.setSpacing(SPACING_PX)
        for figure in (self.length, self.with_mix, self.seen, self.coverage):
            figures.addWidget(figure, 1)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, summary)
        self._row.setContentsMargins(20, 10, 20, 10)
        self._row.setSpacing(2 * SPACING_PX)
        self._row.addLayout(figures, 4)
        self._row.addWidget(self.mix, 3)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING_PX)
        column.addWidget(self._title)
        column.addWidget(self._facts)
        column.addWidget(summary)
        column.addWidget(self.timeline, 1)
        column.addStretch(0)
        return summary
