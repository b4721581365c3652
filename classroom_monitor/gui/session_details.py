"""What a session is called, which course it belongs to, and what the lecturer notes of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import (
    QCompleter,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from classroom_monitor.contracts import SessionInfo
from classroom_monitor.gui.formats import NO_VALUE, date_and_time, duration
from classroom_monitor.gui.session_edit import LONGEST_TEXT, SessionEdit
from classroom_monitor.gui.theme import SPACING_PX, Caption

_TYPING_PAUSE_MS = 1500
_LONGEST_NOTES = 20_000
_LONGEST_SOURCE = 40


class NotesEdit(QPlainTextEdit):
    """A field for notes that tells when the cursor leaves it."""

    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the cursor left."""
        super().focusOutEvent(event)
        self.left.emit()


class SessionDetails(QWidget):
    """Fields that are stored as soon as the cursor leaves them or typing pauses."""

    edit_requested = Signal(object)  # SessionEdit

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._info: SessionInfo | None = None
        self.title = QLineEdit(maxLength=LONGEST_TEXT)
        self.course = QLineEdit(maxLength=LONGEST_TEXT)
        self.course.setPlaceholderText(self.tr("for example Statistics I"))
        self.notes = NotesEdit()
        self.notes.setPlaceholderText(self.tr("What you want to remember of this session"))
        self.notes.setTabChangesFocus(True)
        self.facts = Caption()
        self.facts.setTextFormat(Qt.TextFormat.PlainText)
        self.facts.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self.facts.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.state = Caption()
        self._pause = QTimer(self, singleShot=True, interval=_TYPING_PAUSE_MS)
        self._lay_out()
        for field in (self.title, self.course):
            field.textEdited.connect(self.on_typed)
            field.editingFinished.connect(self.store)
        self.notes.textChanged.connect(self.on_typed)
        self.notes.left.connect(self.store)
        self._pause.timeout.connect(self.store)

    def show_info(self, info: SessionInfo) -> None:
        """Show a session; what is being typed for this session stays."""
        if self._info is not None and self._info.session_id == info.session_id and self._typed():
            return
        self._info = info
        self.title.setText(info.title)
        self.course.setText(info.course)
        if self.notes.toPlainText() != info.notes:
            self.notes.setPlainText(info.notes)
        self._pause.stop()
        self.state.clear()
        self.facts.setText(self._facts(info))

    def offer_courses(self, courses: Sequence[str]) -> None:
        """Complete what is typed to a course that there is."""
        completer = QCompleter(list(courses), self.course)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.course.setCompleter(completer)

    def on_typed(self) -> None:
        """Store after a pause."""
        if self._typed() is not None:
            self.state.setText(self.tr("Typing…"))
            self._pause.start()

    def store(self) -> None:
        """Ask for what differs to be stored."""
        self._pause.stop()
        edit = self._typed()
        if edit is not None:
            self.edit_requested.emit(edit)

    def on_stored(self, info: SessionInfo) -> None:
        """Show that the session now has this description."""
        if self._info is not None and info.session_id == self._info.session_id:
            self._info = info
            self.state.setText(self.tr("Saved") if self._typed() is None else "")

    def _typed(self) -> SessionEdit | None:
        """Return what differs from the session shown, or None."""
        info = self._info
        if info is None:
            return None
        title, course = self.title.text().strip(), self.course.text().strip()
        notes = self.notes.toPlainText()[:_LONGEST_NOTES]
        if (title, course, notes) == (info.title, info.course, info.notes):
            return None
        return SessionEdit(
            info.session_id,
            title=title if title != info.title else None,
            course=course if course != info.course else None,
            notes=notes if notes != info.notes else None,
        )

    def _facts(self, info: SessionInfo) -> str:
        lines = [
            self.tr("Recorded {0}, {1}").format(
                date_and_time(info.started_at), duration(info.seconds)
            ),
            self.tr("Source: {0}").format(info.source[:_LONGEST_SOURCE]),
            self.tr("Faces looked for in mode: {0}").format(info.mode),
            self.tr("Shares of at least {0} used faces").format(info.group_minimum),
        ]
        if info.counts_only:
            lines[3] = self.tr("Counts only: no moods were computed")
        else:
            lines.append(
                self.tr("Model {0}, engine {1}").format(info.model or NO_VALUE, info.engine)
            )
            level = round(100 * info.confidence_level)
            lines.append(self.tr("Bounds of a second at {0}%").format(level))
        if info.program_version:
            lines.append(self.tr("Made with version {0}").format(info.program_version))
        return "\n".join(lines)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.setVerticalSpacing(SPACING_PX // 2)  # else what stands between the columns
        form.addRow(self.tr("T&itle"), self.title)
        form.addRow(self.tr("Co&urse"), self.course)
        form.addRow("", self.state)
        fields = QVBoxLayout()
        fields.addLayout(form)
        fields.addStretch(1)
        notes = QVBoxLayout()
        notes.setSpacing(SPACING_PX // 3)
        name = QLabel(self.tr("&Notes"))
        name.setBuddy(self.notes)
        notes.addWidget(name)
        notes.addWidget(self.notes, 1)
        self.notes.setMinimumHeight(48)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, SPACING_PX, 12, 4)
        row.setSpacing(2 * SPACING_PX)
        row.addLayout(fields, 3)
        row.addLayout(notes, 4)
        row.addWidget(self.facts)
