"""Asks for the time and the text of a marker, a segment or an exclusion."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from classroom_monitor.contracts import Annotation, Exclusion, Marker, Segment
from classroom_monitor.gui.formats import duration
from classroom_monitor.gui.session_edit import LONGEST_TEXT
from classroom_monitor.gui.theme import Caption
from classroom_monitor.gui.time_text import seconds_from
from classroom_monitor.gui.timeline_annotations import SHORTEST_EXCLUSION_S, start_s

_WIDTH_PX = 420


class AnnotationDialog(QDialog):
    """Fields for one thing; it cannot be accepted with a time that is none."""

    def __init__(self, item: Annotation, end_s: float, parent: QWidget | None = None) -> None:
        """Begin with a thing; end_s is how long the session is."""
        super().__init__(parent)
        self._item = item
        self._end_s = end_s
        self.start, self.end = QLineEdit(), QLineEdit()
        last_s = item.end_s if isinstance(item, Exclusion) else end_s
        self._shown_s = {self.start: start_s(item), self.end: last_s}
        for field, shown_s in self._shown_s.items():
            field.setText(duration(shown_s))
        self.text = QLineEdit(_text(item), maxLength=LONGEST_TEXT)
        self._hint = Caption()
        ok, cancel = QDialogButtonBox.StandardButton.Ok, QDialogButtonBox.StandardButton.Cancel
        self._buttons = QDialogButtonBox(ok | cancel)
        self._ok = self._buttons.button(ok)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        for field in (self.start, self.end, self.text):
            field.textChanged.connect(self.on_typed)
        self._lay_out()
        self.on_typed()
        self.text.setFocus()
        self.text.selectAll()

    def item(self) -> Annotation | None:
        """Return the thing as typed, None while a time or a segment's title is missing."""
        start = self._time(self.start)
        text = self.text.text().strip()
        if start is None:
            return None
        match self._item:
            case Marker():
                return replace(self._item, t_s=start, text=text)
            case Segment():
                return replace(self._item, t_s=start, title=text) if text else None
            case Exclusion():
                end = self._time(self.end)
                if end is None or end - start < SHORTEST_EXCLUSION_S:
                    return None
                return replace(self._item, start_s=start, end_s=end, reason=text)

    def on_typed(self) -> None:
        """Allow to accept what makes sense, and say how times are typed."""
        self._ok.setEnabled(self.item() is not None)
        times = [self._time(field) for field in self._times()]
        wrong = self.tr("A time is typed as 12:30 or 1:02:03, at most {0}.")
        ok = None not in times
        self._hint.setText("" if ok else wrong.format(duration(self._end_s)))

    def _times(self) -> tuple[QLineEdit, ...]:
        return (self.start, self.end) if isinstance(self._item, Exclusion) else (self.start,)

    def _time(self, field: QLineEdit) -> float | None:
        # A time that was only looked at keeps its fraction of a second.
        shown_s = self._shown_s[field]
        if field.text().strip() == duration(shown_s):
            return shown_s
        typed = seconds_from(field.text())
        return None if typed is None or typed > self._end_s else typed

    def _lay_out(self) -> None:
        titles = {
            Marker: (self.tr("Marker"), self.tr("&Text")),
            Segment: (self.tr("Segment"), self.tr("&Title")),
            Exclusion: (self.tr("Leave out"), self.tr("&Reason (optional)")),
        }
        title, name = titles[type(self._item)]
        self.setWindowTitle(title)
        self.setMinimumWidth(_WIDTH_PX)
        form = QFormLayout()
        if isinstance(self._item, Exclusion):
            form.addRow(self.tr("&From"), self.start)
            form.addRow(self.tr("&To"), self.end)
        else:
            form.addRow(self.tr("Ti&me"), self.start)
        form.addRow(name, self.text)
        column = QVBoxLayout(self)
        column.addLayout(form)
        column.addWidget(self._hint)
        column.addWidget(self._buttons)


def _text(item: Annotation) -> str:
    match item:
        case Marker():
            return item.text
        case Segment():
            return item.title
        case Exclusion():
            return item.reason
