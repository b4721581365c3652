"""The numbers that a lecturer reads at a glance, from two metres away."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from classroom_monitor.gui.formats import NO_VALUE, percent
from classroom_monitor.gui.mix_line import MixLine
from classroom_monitor.gui.now_figure import NOW_SCALE, NowFigure
from classroom_monitor.gui.room_now import RoomNow
from classroom_monitor.gui.theme import SPACING_PX, Caption, Card, set_text_size

_COUNT_SCALE = 2.6
_COUNT_ALONE_SCALE = 4.4
_ROOM_PX = (420, 270)
"""Width and height that the panel needs with its numbers in their smallest size."""
_NUMBERS_PX = 110
"""How much of that height the numbers take, which grow; captions and bars hardly do."""
_COUNTS_WIDTH_PX = 600
_MOST_GROWTH = 2.4


class Figure(QWidget):
    """One large number under a small caption."""

    def __init__(self, caption: str, explanation: str, *, scale: float = _COUNT_SCALE) -> None:
        super().__init__()
        self._caption = Caption(caption)
        self._value = QLabel(NO_VALUE)
        self.set_scale(scale)
        self.setToolTip(explanation)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._caption)
        column.addWidget(self._value)
        column.addStretch(1)

    def set_scale(self, scale: float) -> None:
        """Write the number in a multiple of the caption's font size."""
        set_text_size(self._value, scale, bold=True)

    @property
    def text(self) -> str:
        """The number as shown."""
        return self._value.text()

    def show_text(self, text: str) -> None:
        """Show a number, or a dash."""
        self._value.setText(text)
        self.setAccessibleName(f"{self._caption.text()}: {text}")


class GlancePanel(Card):
    """Seen, used and coverage of the newest second, and the mix now and over five minutes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.seen = Figure(self.tr("Seen now"), self.tr("Faces in the picture, this second."))
        self.used = Figure(
            self.tr("Used now"),
            self.tr("Faces large, sharp and certain enough to count towards the mix."),
        )
        self.coverage = Figure(
            self.tr("Coverage"),
            self.tr("Used faces of those expected from the last three minutes."),
        )
        self.now = NowFigure()
        self.recent = MixLine(self.tr("Over the last 5 minutes"))
        self.reason = QLabel()
        self.reason.setWordWrap(True)
        self.reason.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._figures = QHBoxLayout()
        for figure in (self.seen, self.used, self.coverage):
            self._figures.addWidget(figure, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 12, 20, 12)
        column.setSpacing(SPACING_PX // 2)
        column.addWidget(self.now)
        column.addStretch(1)
        column.addLayout(self._figures)
        column.addStretch(1)
        column.addWidget(self.recent)
        column.addWidget(self.reason)
        self.explain_counts_only("")

    def explain_counts_only(self, reason: str) -> None:
        """Show why there are no moods in place of the mixes, or the mixes for ""."""
        self.reason.setText(reason)
        self.reason.setVisible(bool(reason))
        self.now.setVisible(not reason)
        self.recent.hide()  # until there is such a mix
        self._write_sizes()

    def show_now(self, now: RoomNow) -> None:
        """Show the newest second and the last minutes of a session."""
        self.seen.show_text(NO_VALUE if now.seen is None else str(now.seen))
        self.used.show_text(NO_VALUE if now.used is None else str(now.used))
        self.coverage.show_text(NO_VALUE if now.coverage is None else percent(now.coverage))
        self.now.show_now(now)
        recent = now.recent
        note = self.tr("from {0} s").format(recent.seconds) if recent else ""
        self.recent.show_mix(recent, note)
        self.recent.setVisible(recent is not None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Write larger where there is room."""
        super().resizeEvent(event)
        self._write_sizes()

    def _write_sizes(self) -> None:
        tall = 1 + (self.height() - _ROOM_PX[1]) / _NUMBERS_PX
        growth = max(1.0, min(tall, self.width() / _ROOM_PX[0], _MOST_GROWTH))
        scale = _COUNT_SCALE * growth
        if not self.reason.isHidden():
            room = min(tall, self.width() / _COUNTS_WIDTH_PX, _MOST_GROWTH)
            scale = max(_COUNT_SCALE, _COUNT_ALONE_SCALE * room)
        for figure in (self.seen, self.used, self.coverage):
            figure.set_scale(scale)
        self.now.set_scale(NOW_SCALE * growth)
