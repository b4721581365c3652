"""The opened session in a few numbers, and the stretch that is selected on its timeline."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from classroom_monitor.contracts import SessionInfo
from classroom_monitor.gui.elided_label import ElidedLabel
from classroom_monitor.gui.formats import NO_VALUE, duration, percent
from classroom_monitor.gui.glance import Figure
from classroom_monitor.gui.mix_line import MixLine
from classroom_monitor.gui.palette import MOOD_SYMBOLS
from classroom_monitor.gui.review import Summary
from classroom_monitor.gui.segment_table import coverage_text, share_text
from classroom_monitor.gui.theme import SPACING_PX, Card
from classroom_monitor.gui.timeline_series import Mix
from classroom_monitor.sessions.summary import RangeSummary

_FIGURE_SCALE = 1.9


class SessionSummary(Card):
    """Length, how much of it has a mix, faces seen, coverage, and the mix."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.length = self._figure(self.tr("Length"), self.tr("Seconds recorded"))
        self.with_mix = self._figure(
            self.tr("With a mix"), self.tr("Part of the seconds with enough used faces")
        )
        self.seen = self._figure(self.tr("Seen"), self.tr("Median of the faces seen in a second"))
        self.coverage = self._figure(
            self.tr("Coverage"), self.tr("Median of used faces of those expected")
        )
        self.mix = MixLine(self.tr("The mix of the whole session"))
        figures = QHBoxLayout()
        figures.setSpacing(SPACING_PX)
        for figure in (self.length, self.with_mix, self.seen, self.coverage):
            figures.addWidget(figure, 1)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(16, 6, 16, 6)
        self._row.setSpacing(2 * SPACING_PX)
        self._row.addLayout(figures, 4)
        self._row.addWidget(self.mix, 3)

    def set_narrow(self, narrow: bool) -> None:
        """Put the mix below the numbers where it doesn't fit beside them."""
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._row.setDirection(down if narrow else across)

    def show_summary(self, info: SessionInfo, length_s: int, summary: Summary) -> None:
        """Show a session in numbers; length_s is how many seconds it has."""
        whole = summary.whole
        self.length.show_text(duration(length_s))
        left_out_s = length_s - whole.seconds
        part = whole.with_mix_s / whole.seconds if whole.seconds else None
        self.with_mix.show_text(NO_VALUE if part is None else percent(part))
        self.with_mix.setVisible(not info.counts_only)
        self.seen.show_text(NO_VALUE if whole.seen_median is None else f"{whole.seen_median:.0f}")
        self.coverage.show_text(coverage_text(whole))
        self.mix.setVisible(not info.counts_only)
        mix = Mix(whole.shares, whole.with_mix_s) if whole.shares else None
        note = self.tr("from {0}").format(duration(whole.with_mix_s)) if mix else ""
        if mix and left_out_s:
            note = self.tr("{0}, {1} left out").format(note, duration(left_out_s))
        self.mix.show_mix(mix, note)

    def _figure(self, caption: str, explanation: str) -> Figure:
        return Figure(caption, explanation, scale=_FIGURE_SCALE)


class RangeBar(QFrame):
    """What the selected stretch comes to, and what can be done with it; hidden without one."""

    exclude_requested = Signal()
    zoom_requested = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = ElidedLabel()
        self._exclude = QPushButton(self.tr("&Leave out…"))
        self._exclude.setToolTip(
            self.tr("Leave these seconds out of summaries, comparisons and exports")
        )
        self._zoom = QPushButton(self.tr("&Zoom to it"))
        self._close = QPushButton(self.tr("Unselect"))
        self._exclude.clicked.connect(self.exclude_requested)
        self._zoom.clicked.connect(self.zoom_requested)
        self._close.clicked.connect(self.closed)
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 0, 4, 0)
        row.addWidget(QLabel(self.tr("Selected")))
        row.addWidget(self.text, 1)
        for button in (self._zoom, self._exclude, self._close):
            row.addWidget(button)
        self.hide()

    def show_range(self, range_s: tuple[float, float] | None, summary: RangeSummary | None) -> None:
        """Show a stretch and what it comes to, or hide for None."""
        self.setVisible(range_s is not None)
        if range_s is None or summary is None:
            return
        first_s, last_s = range_s
        length = duration(last_s - first_s)
        parts = [self.tr("{0} to {1} ({2})").format(duration(first_s), duration(last_s), length)]
        if summary.shares is not None:
            names = (self.tr("negative"), self.tr("neutral"), self.tr("positive"))
            parts += [
                f"{MOOD_SYMBOLS[mood]} {name} {share_text(summary, mood)}"
                for mood, name in enumerate(names)
            ]
        if summary.seen_median is not None:
            parts.append(self.tr("{0:.0f} seen").format(summary.seen_median))
        if summary.coverage_median is not None:
            parts.append(self.tr("coverage {0}").format(coverage_text(summary)))
        self.text.show_line("    ".join(parts))
