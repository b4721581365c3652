"""The bar of a running session: its clock, markers, topics, pause, the small view and stop."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from classroom_monitor.gui.elided_label import ElidedLabel
from classroom_monitor.gui.formats import duration
from classroom_monitor.gui.live_control import Phase
from classroom_monitor.gui.marker_buttons import MarkerButtons
from classroom_monitor.gui.session_fields import add_field
from classroom_monitor.gui.theme import SPACING_PX, Card, set_text_size

_CLOCK_SCALE = 2.0
_LONGEST_TEXT = 200


class SessionControls(Card):
    """Fields for markers and topics, and the buttons; shown while a session runs."""

    stop_requested = Signal()
    mark_requested = Signal(str)
    segment_requested = Signal(str)
    pause_requested = Signal(bool)
    small_view_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._phase = Phase.IDLE
        self._paused = False
        self.clock = QLabel("0:00")
        self.state = ElidedLabel()
        self.topic_text = self._field(self.tr("the topic that starts now"))
        self.topic = QPushButton(self.tr("T&opic"))
        self.marker_text = self._field(self.tr("optional text for the next marker"))
        self.mark = QPushButton(self.tr("Mar&ker"))
        self.pause = QPushButton()
        self.small_view = QPushButton(self.tr("Small &window"))
        self.stop = QPushButton()
        self.labelled = MarkerButtons()
        self._explain()
        self._lay_out()
        self._connect()
        self.show_phase(Phase.IDLE)

    def show_phase(self, phase: Phase) -> None:
        """Allow what a session in this phase allows."""
        self._phase = phase
        running = phase is Phase.RUNNING
        for widget in (
            self.topic_text,
            self.topic,
            self.marker_text,
            self.mark,
            self.labelled,
            self.pause,
            self.small_view,
            self.stop,
        ):
            widget.setEnabled(running)
        saving = phase is Phase.SAVING
        self.stop.setText(self.tr("Saving…") if saving else self.tr("Stop an&d save"))
        if phase is Phase.IDLE:
            self.topic_text.clear()
            self.marker_text.clear()
        self.show_paused(False)

    def show_paused(self, paused: bool) -> None:
        """Offer to resume a session that is paused."""
        if paused == self._paused and self.pause.text():
            return
        self._paused = paused
        self.pause.setText(self.tr("Resu&me") if paused else self.tr("&Pause"))
        self.pause.setToolTip(
            self.tr("Open the camera again (P)")
            if paused
            else self.tr("Close the camera until you resume; the clock goes on (P)")
        )

    def show_clock(self, seconds: float, title: str) -> None:
        """Show how long the session has been running, and its topic or title."""
        self.clock.setText(duration(seconds))
        if title == self.state.whole:
            return
        self.state.show_line(title)

    def show_labels(self, labels: Sequence[str]) -> None:
        """Offer a button for each labelled marker."""
        self.labelled.show_labels(labels)

    def set_narrow(self, narrow: bool) -> None:
        """Put the fields above each other where they don't fit side by side."""
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._row.setDirection(down if narrow else across)

    def on_stop(self) -> None:
        """Ask for the end of the session."""
        if self._phase is Phase.RUNNING:
            self.stop_requested.emit()

    def on_pause(self) -> None:
        """Ask for a pause, or for its end."""
        if self._phase is Phase.RUNNING:
            self.pause_requested.emit(not self._paused)

    def on_mark(self) -> None:
        """Ask for a marker with the text that was typed ahead."""
        if self._phase is Phase.RUNNING:
            self.mark_requested.emit(self.marker_text.text().strip())
            self._leave(self.marker_text)

    def on_topic(self) -> None:
        """Ask for a segment with the title that was typed; without one, go and type it."""
        title = self.topic_text.text().strip()
        if self._phase is not Phase.RUNNING:
            return
        if not title:
            self.topic_text.setFocus()
            return
        self.segment_requested.emit(title)
        self._leave(self.topic_text)

    def _leave(self, field: QLineEdit) -> None:
        """Empty a field and leave it, so that the next key marks and doesn't type."""
        field.clear()
        field.clearFocus()

    def _field(self, hint: str) -> QLineEdit:
        field = QLineEdit(placeholderText=hint)
        field.setMaxLength(_LONGEST_TEXT)
        return field

    def _explain(self) -> None:
        set_text_size(self.clock, _CLOCK_SCALE, bold=True)
        self.state.setObjectName("caption")
        set_text_size(self.state, 0.9)
        self.clock.setAccessibleName(self.tr("Session time"))
        self.mark.setToolTip(self.tr("Mark this moment (M, or 1 to 9 for a numbered marker)"))
        self.topic.setToolTip(self.tr("Start a segment with this topic now (T goes to its field)"))
        self.small_view.setToolTip(
            self.tr("A small window that stays above the slides ({0})").format(
                QKeySequence("F9").toString()
            )
        )
        self.stop.setToolTip(self.tr("Stop and save the session (F5)"))
        self.stop.setMinimumWidth(130)

    def _connect(self) -> None:
        self.stop.clicked.connect(self.on_stop)
        self.pause.clicked.connect(self.on_pause)
        self.mark.clicked.connect(self.on_mark)
        self.marker_text.returnPressed.connect(self.on_mark)
        self.topic.clicked.connect(self.on_topic)
        self.topic_text.returnPressed.connect(self.on_topic)
        self.small_view.clicked.connect(self.small_view_requested)
        self.labelled.mark_requested.connect(self.mark_requested)

    def _lay_out(self) -> None:
        time = QVBoxLayout()
        time.setSpacing(0)
        time.addWidget(self.state)
        time.addWidget(self.clock)
        first, second = QHBoxLayout(), QHBoxLayout()
        first.addLayout(time, 1)
        add_field(first, self.tr("&Topic that starts now"), self.topic_text, 2, beside=self.topic)
        add_field(second, self.tr("Marker te&xt"), self.marker_text, 2, beside=self.mark)
        for button in (self.pause, self.small_view, self.stop):
            add_field(second, "", button, 0)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(SPACING_PX)
        for half in (first, second):
            half.setSpacing(SPACING_PX)
            self._row.addLayout(half, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 12)
        column.addLayout(self._row)
        column.addWidget(self.labelled)
