"""Shows segments read from a file, and asks when they begin."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QHeaderView,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from classroom_monitor.contracts import ImportedSegment, Segment
from classroom_monitor.gui.formats import duration
from classroom_monitor.gui.session_edit import LONGEST_TEXT
from classroom_monitor.gui.theme import Caption
from classroom_monitor.gui.time_text import seconds_from

_SIZE_PX = (560, 460)
_MINUTES_EACH = 3.0


def timed(
    imported: Sequence[ImportedSegment], begins_s: float, each_s: float
) -> tuple[Segment, ...]:
    """Return new segments that begin at begins_s; each_s is how long one without a time lasts.

    A time in the file counts from there; one that is missing follows the segment before it.
    """
    segments: list[Segment] = []
    next_s = begins_s
    for segment in imported:
        t_s = next_s if segment.t_s is None else begins_s + segment.t_s
        segments.append(Segment(0, t_s, segment.title[:LONGEST_TEXT]))
        next_s = t_s + each_s
    return tuple(segments)


class SegmentImportDialog(QDialog):
    """A preview that follows its fields; what begins after the session's end is left out."""

    def __init__(
        self,
        imported: Sequence[ImportedSegment],
        end_s: float,
        present: int,
        parent: QWidget | None = None,
    ) -> None:
        """Take what was read, how long the session is, and how many segments it has already."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Import segments"))
        self._imported = tuple(imported)
        self._end_s = end_s
        self.begins = QLineEdit(duration(0))
        self.begins.setToolTip(self.tr("When in the session the first one begins, as 12:30"))
        self.each = QDoubleSpinBox(minimum=0.1, maximum=600.0, value=_MINUTES_EACH, decimals=1)
        self.each.setSuffix(self.tr(" min"))
        self.replace = QCheckBox(self.tr("&Replace the {0} segments there are").format(present))
        self.replace.setChecked(bool(present))
        self.replace.setVisible(bool(present))
        self.preview = QTableWidget(0, 2)
        self.note = Caption()
        self.note.setWordWrap(True)
        ok, cancel = QDialogButtonBox.StandardButton.Ok, QDialogButtonBox.StandardButton.Cancel
        self._buttons = QDialogButtonBox(ok | cancel)
        self._ok = self._buttons.button(ok)
        self._ok.setText(self.tr("&Import"))
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self.begins.textChanged.connect(self.on_changed)
        self.each.valueChanged.connect(self.on_changed)
        self._lay_out()
        self.on_changed()

    def segments(self) -> tuple[Segment, ...]:
        """Return the segments as they would be stored, () while a time is none."""
        return tuple(segment for segment in self._timed() if segment.t_s < self._end_s)

    def on_changed(self) -> None:
        """Show the times anew."""
        timed_now = self._timed()
        self.preview.setRowCount(len(timed_now))
        for row, segment in enumerate(timed_now):
            late = segment.t_s >= self._end_s
            for column, text in enumerate((duration(segment.t_s), segment.title)):
                item = QTableWidgetItem(text)
                font = item.font()
                font.setStrikeOut(late)
                item.setFont(font)
                self.preview.setItem(row, column, item)
        late_ones = len(timed_now) - len(self.segments())
        notes = []
        if not timed_now:
            notes.append(self.tr("A time is typed as 12:30 or 1:02:03."))
        if late_ones:
            text = self.tr("{0} would begin after the session's end and are left out.")
            notes.append(text.format(late_ones))
        self.note.setText(" ".join(notes))
        self._ok.setEnabled(bool(self.segments()))

    def _timed(self) -> tuple[Segment, ...]:
        begins_s = seconds_from(self.begins.text())
        if begins_s is None:
            return ()
        return timed(self._imported, begins_s, 60 * self.each.value())

    def _lay_out(self) -> None:
        self.resize(*_SIZE_PX)
        self.preview.setHorizontalHeaderLabels([self.tr("Start"), self.tr("Title")])
        self.preview.setAccessibleName(self.tr("Segments to import"))
        self.preview.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.preview.setSelectionMode(QTableWidget.SelectionMode.NoSelection)
        self.preview.verticalHeader().hide()
        header = self.preview.horizontalHeader()
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        form = QFormLayout()
        form.addRow(self.tr("First one &begins at"), self.begins)
        if any(segment.t_s is None for segment in self._imported):
            form.addRow(self.tr("&Minutes each, where the file has no time"), self.each)
        form.addRow(self.replace)
        column = QVBoxLayout(self)
        column.addWidget(self.preview, 1)
        column.addLayout(form)
        column.addWidget(self.note)
        column.addWidget(self._buttons)
