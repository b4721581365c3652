"""The settings of how long sessions are kept."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from classroom_monitor.gui.settings_rows import SettingsForm, bounds_text, whole_number
from classroom_monitor.sessions.retention import read_course_days
from classroom_monitor.settings import Settings

_COURSES_HEIGHT_PX = 120


class KeepingPart(QWidget):
    """After how many days sessions are deleted, in all and by course."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.days = whole_number("retention_days", self.tr(" days"))
        self.days.setSpecialValueText(self.tr("Until you delete them"))
        self.courses = QPlainTextEdit()
        self.courses.setTabChangesFocus(True)
        self.courses.setFixedHeight(_COURSES_HEIGHT_PX)
        self.courses.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.courses.setPlaceholderText(self.tr("Physics 1: 365"))
        self.courses.textChanged.connect(self.changed)
        form = SettingsForm(self)
        form.add(
            self.tr("&Keep sessions"),
            self.days,
            self.tr(
                "Older ones are deleted for good when the window opens. You are asked the first"
                " time, and after every change of these rules. "
            )
            + bounds_text("retention_days"),
        )
        form.add(
            self.tr("For some &courses"),
            self.courses,
            self.tr("A line for each course with days of its own; 0 keeps its sessions."),
        )

    def fill(self, settings: Settings) -> None:
        """Show these settings."""
        self.days.setValue(settings.retention_days)
        lines = [part.strip() for part in settings.retention_by_course.split(";")]
        self.courses.setPlainText("\n".join(filter(None, lines)))

    def apply(self, settings: Settings) -> Settings:
        """Return the settings with what this part shows."""
        lines = [line.strip() for line in self.courses.toPlainText().splitlines()]
        return replace(
            settings,
            retention_days=self.days.value(),
            retention_by_course="; ".join(filter(None, lines)),
        )

    def missing(self) -> str:
        """Say what of the courses cannot be read, or ""."""
        try:
            read_course_days(self.courses.toPlainText())
        except ValueError as error:
            return self.tr("Keeping: {0}").format(error)
        return ""
