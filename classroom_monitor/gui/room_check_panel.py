"""The room check on the live page: the picture with its parts, what was measured, what to do."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QLabel, QVBoxLayout, QWidget

from classroom_monitor.contracts import RoomCheckSnapshot, RoomReport
from classroom_monitor.gui.palette import Tone
from classroom_monitor.gui.room_advice import Advice, advise
from classroom_monitor.gui.room_picture import RoomPicture
from classroom_monitor.gui.room_remedies import CheckedWith
from classroom_monitor.gui.room_table import RoomTable
from classroom_monitor.gui.theme import SPACING_PX, Caption, Card, set_text_size

_SYMBOLS = {Tone.INFO: "i", Tone.GOOD: "✓", Tone.WARNING: "!", Tone.ERROR: "✕"}


class AdviceList(QWidget):
    """Lines of advice, each with the sign of its tone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[Advice, ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(1, 1)
        self.setAccessibleName(self.tr("Advice"))

    @property
    def shown(self) -> tuple[Advice, ...]:
        """The lines as they stand there."""
        return self._shown

    def show_advice(self, advice: Sequence[Advice]) -> None:
        """Show these lines; the same ones again cost nothing."""
        if tuple(advice) == self._shown:
            return
        self._shown = tuple(advice)
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for row, line in enumerate(self._shown):
            sign, text = QLabel(_SYMBOLS[line.tone]), QLabel(line.text)
            sign.setProperty("tone", line.tone.value)
            text.setWordWrap(True)
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._grid.addWidget(sign, row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(text, row, 1)
        self.setAccessibleDescription(" ".join(line.text for line in self._shown))


class RoomCheckPanel(QWidget):
    """Shown in place of the desk while a room is checked, and until a session starts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.picture = RoomPicture()
        self.totals = QLabel()
        self.state = QLabel()
        self.state.setWordWrap(True)
        self.state.hide()
        self.advice = AdviceList()
        self.table = RoomTable()
        self._checked: CheckedWith | None = None
        self._report: RoomReport | None = None
        self._shown_frame = -1
        set_text_size(self.totals, 1.3, bold=True)
        self._lay_out()

    def begin(self, checked: CheckedWith) -> None:
        """Forget the last check; this one looks at the room with these choices."""
        self._checked, self._report, self._shown_frame = checked, None, -1
        self.totals.setText(self.tr("Looking at the room…"))
        self.advice.show_advice(())
        self.table.clear_figures()
        self.picture.show_report(None)
        self.picture.show_hint(self.tr("Opening the source and loading the models…"))

    def show_snapshot(self, snapshot: RoomCheckSnapshot) -> None:
        """Draw what has changed since the last snapshot."""
        frame = snapshot.frame
        if frame is not None and frame.index != self._shown_frame and snapshot.running:
            self.picture.show_frame(frame, snapshot.tracks, moods=False)
            self._shown_frame = frame.index
        self.state.setText(snapshot.message)
        self.state.setVisible(bool(snapshot.message))
        if snapshot.report is not None and snapshot.report is not self._report:
            self._report = snapshot.report
            self._show_report(snapshot.report)

    def end(self) -> None:
        """Forget the picture; what was measured stays in sight."""
        self.picture.show_hint(self.tr("The check has ended. The camera is closed."))

    def set_narrow(self, narrow: bool) -> None:
        """Put things above each other where they don't fit side by side."""
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._row.setDirection(down if narrow else across)

    def _show_report(self, report: RoomReport) -> None:
        self.picture.show_report(report)
        self.table.show_report(report)
        text = self.tr("{0} of {1} faces usable").format(report.usable, report.seen)
        self.totals.setText(text)
        if self._checked is not None:
            self.advice.show_advice(advise(report, self._checked))

    def _lay_out(self) -> None:
        frame, figures = Card(), Card()
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(8, 8, 8, 8)
        inside.addWidget(self.picture)
        column = QVBoxLayout(figures)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(SPACING_PX)
        column.addWidget(Caption(self.tr("Room check")))
        column.addWidget(self.totals)
        column.addWidget(self.state)
        column.addWidget(self.advice)
        column.addWidget(self.table, 1)
        column.addStretch(0)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(SPACING_PX)
        self._row.addWidget(frame, 3)
        self._row.addWidget(figures, 2)
