"""The settings of where and how the program is used, with the statements that they take."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from classroom_monitor.gui.session_fields import group_minimum_field, mode_field
from classroom_monitor.gui.settings_rows import SettingsForm, bounds_text, switch_text
from classroom_monitor.settings import Settings

_EXCEPTION_HEIGHT_PX = 80


class UsePart(QWidget):
    """Region, statements, and what holds for every session."""

    changed = Signal()
    notice_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stated = ""
        self.region = QComboBox()
        self.exception = QPlainTextEdit()
        self.exception.setTabChangesFocus(True)
        self.exception.setFixedHeight(_EXCEPTION_HEIGHT_PX)
        self.exception.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.exception.setPlaceholderText(
            self.tr("Which exception applies here, and who decided so. Empty: counts only.")
        )
        self.confirmed = QCheckBox(self.tr("&I make this statement"))
        self.informed = QCheckBox(self.tr("&Those present are told before every session"))
        self.notice = QPushButton(self.tr("N&otice for the room…"))
        self.mode = mode_field()
        self.group_minimum = group_minimum_field()
        self.moods_on_faces = QCheckBox(self.tr("Show a &mood on every single face"))
        self._lay_out()
        self._connect()

    def fill(self, settings: Settings) -> None:
        """Show these settings; a region once chosen can be changed, but not taken back."""
        self._stated = settings.lawful_exception.strip()
        self.region.clear()
        if settings.region == "unset":
            self.region.addItem(self.tr("Not chosen yet"), "unset")
        self.region.addItem(self.tr("European Union"), "eu")
        self.region.addItem(self.tr("Elsewhere"), "other")
        self.region.setCurrentIndex(self.region.findData(settings.region))
        self.exception.setPlainText(settings.lawful_exception)
        self.confirmed.setChecked(bool(self._stated))
        self.informed.setChecked(settings.informed)
        self.mode.setCurrentIndex(self.mode.findData(settings.mode))
        self.group_minimum.setValue(settings.group_minimum)
        self.moods_on_faces.setChecked(settings.moods_on_faces)
        self.on_changed()

    def apply(self, settings: Settings) -> Settings:
        """Return the settings with what this part shows."""
        return replace(
            settings,
            region=self.region.currentData(),
            lawful_exception=self.exception.toPlainText().strip(),
            informed=self.informed.isChecked(),
            mode=self.mode.currentData(),
            group_minimum=self.group_minimum.value(),
            moods_on_faces=self.moods_on_faces.isChecked(),
        )

    def missing(self) -> str:
        """Say which statement is missing before these settings can be kept, or ""."""
        region = self.region.currentData()
        if region == "other" and not self.informed.isChecked():
            return self.tr("Outside the EU, say that those present are told.")
        if region == "eu" and self._words and not self.confirmed.isChecked():
            return self.tr("Confirm the statement of an exception, or take it out.")
        return ""

    def on_words(self) -> None:
        """Ask for a new confirmation of a statement that was changed."""
        self.confirmed.setChecked(bool(self._words) and self._words == self._stated)
        self.on_changed()

    def on_changed(self) -> None:
        """Ask for those statements only that the region needs."""
        region = self.region.currentData()
        confirms = region == "eu" and bool(self._words)
        for row, visible in (
            (self._exception_row, region == "eu"),
            (self._confirmed_row, confirms),
            (self._informed_row, region == "other"),
        ):
            self._form.setRowVisible(row, visible)
        self.changed.emit()

    @property
    def _words(self) -> str:
        return self.exception.toPlainText().strip()

    def _connect(self) -> None:
        self.region.currentIndexChanged.connect(self.on_changed)
        self.exception.textChanged.connect(self.on_words)
        self.confirmed.toggled.connect(self.on_changed)
        self.informed.toggled.connect(self.on_changed)
        self.notice.clicked.connect(self.notice_requested)

    def _lay_out(self) -> None:
        self._form = form = SettingsForm(self)
        form.add(self.tr("&Region of use"), self.region, _region_text())
        self._exception_row = form.add(
            self.tr("Lawful &exception"), self.exception, _exception_text()
        )
        self._confirmed_row = form.add(
            "", self.confirmed, self.tr("The statement is kept in the log with its date.")
        )
        self._informed_row = form.add(
            "",
            self.informed,
            self.tr(
                "That a camera is used, faces are counted and expressions estimated for the room"
                " as a whole, and that no pictures are kept. Kept in the log with its date."
            ),
        )
        form.add("", self.notice, self.tr("A page to show or print, which tells those present."))
        form.add(
            self.tr("&Usual mode"),
            self.mode,
            self.tr("What a new session begins with. Default: Room."),
        )
        form.add(
            self.tr("Usual &group minimum"),
            self.group_minimum,
            self.tr("A second with fewer used faces has counts only. ")
            + bounds_text("group_minimum"),
        )
        form.add(
            "",
            self.moods_on_faces,
            self.tr("In the preview. The program is made for groups. ")
            + switch_text("moods_on_faces"),
        )


def _region_text() -> str:
    return _tr(
        "In the EU the program counts faces only, unless a lawful exception is on record:"
        " AI Act, Regulation (EU) 2024/1689, Article 5(1)(f), since 2 February 2025."
    )


def _exception_text() -> str:
    return _tr(
        "Article 5(1)(f) leaves out uses for medical or safety reasons only. Without a statement"
        " no moods are computed, by the commands either. This is information, not legal advice."
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("UsePart", text)
