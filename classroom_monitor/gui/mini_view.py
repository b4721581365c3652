"""A small window that stays above the slides: the mix now, coverage, a marker, what is wrong."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from classroom_monitor.contracts import MOODS
from classroom_monitor.gui.alert_banner import alert_text
from classroom_monitor.gui.elided_label import ElidedLabel
from classroom_monitor.gui.formats import NO_VALUE, percent, percents
from classroom_monitor.gui.mix_bar import MixBar
from classroom_monitor.gui.now_figure import mood_names, note_of, trend_arrow, trend_text
from classroom_monitor.gui.palette import MOOD_SYMBOLS
from classroom_monitor.gui.room_now import RoomNow
from classroom_monitor.gui.theme import Caption, set_text_size, style_sheet
from classroom_monitor.gui.timeline_series import Mix

_MOOD_SCALE = 1.7
_COUNT_SCALE = 2.2
_EDGE_PX = 24
_WIDTH_PX = 400


class MiniView(QWidget):
    """Frameless; dragged by any of its free parts. Esc or its button lead back to the window."""

    mark_requested = Signal()
    pause_requested = Signal()
    back_requested = Signal()
    alerts_off_requested = Signal()
    closing = Signal()

    def __init__(self) -> None:
        flags = Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint
        super().__init__(None, Qt.WindowType.Window | flags)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Classroom Monitor, small window"))
        self.clock = Caption()
        self.topic = ElidedLabel()
        self.bar = MixBar()
        self.shares = [QLabel(NO_VALUE) for _ in MOODS]
        self.counts = QLabel(NO_VALUE)
        self.reason = Caption()
        self.alert = QLabel()
        self.mark = QPushButton(self.tr("Mar&ker"))
        self.pause = QPushButton(self.tr("&Pause"))
        self.back = QPushButton(self.tr("&Back"))
        self.alerts_off = QPushButton(self.tr("Turn &alerts off"))
        self._explain()
        self._lay_out()
        self._connect()
        self._dress()

    def show_clock(self, text: str, topic: str, *, paused: bool) -> None:
        """Show how long the session has been running, and its topic."""
        self.clock.setText(text)
        self.topic.show_line(topic)
        self.pause.setText(self.tr("Resu&me") if paused else self.tr("&Pause"))

    def show_now(self, now: RoomNow, now_s: float) -> None:
        """Show the room's newest second, now_s seconds into the session."""
        self._show_mix(now)
        self._show_counts(now)
        self.alert.setText("\n".join(alert_text(alert, now_s) for alert in now.alerts))
        self.alert_part.setVisible(bool(now.alerts))

    def place(self) -> None:
        """Stand in the lower right corner of the screen."""
        self.adjustSize()
        free = self.screen().availableGeometry()
        corner = free.bottomRight() - self.rect().bottomRight()
        self.move(corner.x() - _EDGE_PX, corner.y() - _EDGE_PX)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stay on the screen where an alert makes the window higher."""
        super().resizeEvent(event)
        over = self.geometry().bottom() + _EDGE_PX - self.screen().availableGeometry().bottom()
        if self.isVisible() and over > 0:
            self.move(self.x(), self.y() - over)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Let the window manager drag the window."""
        if event.button() == Qt.MouseButton.LeftButton and self.windowHandle() is not None:
            self.windowHandle().startSystemMove()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell that the window goes, whoever closed it."""
        super().closeEvent(event)
        self.closing.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change between light and dark."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()

    def _show_mix(self, now: RoomNow) -> None:
        trend = now.trend
        self.mix_part.setVisible(not now.counts_only)
        self.bar.show_mix(None if trend is None else Mix(trend.shares, now.smoothing_s))
        texts = percents(trend.shares) if trend else [NO_VALUE] * len(MOODS)
        names = mood_names()
        for mood, (label, text) in enumerate(zip(self.shares, texts, strict=True)):
            arrow = f" {trend_arrow(trend, mood)}" if trend else ""
            label.setText(f"{MOOD_SYMBOLS[mood]} {text}{arrow}")
            words = f", {trend_text(trend, mood)}" if trend else ""
            label.setAccessibleName(f"{names[mood]} {text}{words}")
        why = "" if trend is not None or now.counts_only else note_of(now)
        self.reason.setText(why)
        self.reason.setVisible(bool(why))

    def _show_counts(self, now: RoomNow) -> None:
        set_text_size(self.counts, _COUNT_SCALE if now.counts_only else 1.0, bold=now.counts_only)
        coverage = NO_VALUE if now.coverage is None else percent(now.coverage)
        if now.seen is None:
            self.counts.setText(self.tr("No picture") if now.gap else NO_VALUE)
        elif now.counts_only:
            self.counts.setText(self.tr("{0} faces, coverage {1}").format(now.seen, coverage))
        else:
            text = self.tr("Coverage {0}   {1} used of {2} seen")
            self.counts.setText(text.format(coverage, now.used, now.seen))

    def _dress(self) -> None:
        sheet = style_sheet(self.palette())
        if sheet != self.styleSheet():
            self.setStyleSheet(sheet)

    def _explain(self) -> None:
        self.mark.setToolTip(self.tr("Mark this moment (M)"))
        self.pause.setToolTip(self.tr("Close or open the camera (P)"))
        self.back.setToolTip(self.tr("Back to the large window (Esc)"))
        self.back.setShortcut("Esc")
        self.topic.setObjectName("caption")
        set_text_size(self.topic, 0.9)
        self.alert.setWordWrap(True)
        self.counts.setToolTip(self.tr("Used faces of those expected from the last three minutes."))
        for mood, label in zip(MOODS, self.shares, strict=True):
            label.setProperty("mood", mood)
            set_text_size(label, _MOOD_SCALE, bold=True)

    def _connect(self) -> None:
        self.mark.clicked.connect(self.mark_requested)
        self.pause.clicked.connect(self.pause_requested)
        self.back.clicked.connect(self.back_requested)
        self.alerts_off.clicked.connect(self.alerts_off_requested)

    def _lay_out(self) -> None:
        card = QFrame()
        card.setObjectName("card")
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, 0)
        outside.setSizeConstraint(QVBoxLayout.SizeConstraint.SetFixedSize)
        outside.addWidget(card)
        card.setFixedWidth(_WIDTH_PX)
        column = QVBoxLayout(card)
        column.setContentsMargins(14, 8, 14, 10)
        column.setSpacing(6)
        buttons = QHBoxLayout()
        buttons.addWidget(self.clock)
        buttons.addWidget(self.topic, 1)
        for button in (self.mark, self.pause, self.back):
            button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            buttons.addWidget(button)
        self.mix_part, self.alert_part = self._mix_part(), self._alert_part()
        for part in (self.mix_part, self.reason, self.counts, self.alert_part):
            column.addWidget(part)
        column.addLayout(buttons)

    def _mix_part(self) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.bar)
        row = QHBoxLayout()
        for label in self.shares:
            row.addWidget(label, 1)
        column.addLayout(row)
        return part

    def _alert_part(self) -> QWidget:
        part = QWidget()
        row = QHBoxLayout(part)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.alert, 1)
        row.addWidget(self.alerts_off)
        part.hide()
        return part
