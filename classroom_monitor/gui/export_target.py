"""The field for where an export goes: a file for one session, a folder for several."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from classroom_monitor.contracts import ExportFormat
from classroom_monitor.gui.theme import Caption


class ExportTarget(QWidget):
    """A path that can be typed or browsed to; the folder chosen last is offered again."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folder = Path(documents_folder())
        self._several = False
        self._format: ExportFormat = "pdf"
        self._label = QLabel()
        self.field = QLineEdit()
        self.field.setAccessibleName(self.tr("Where to"))
        self._label.setBuddy(self.field)
        self.browse_button = QPushButton(self.tr("&Browse…"))
        self.note = Caption()
        self.field.textChanged.connect(self.on_changed)
        self.field.textEdited.connect(self.on_edited)
        self.browse_button.clicked.connect(self.on_browse)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.addWidget(self._label, 0, 0)
        grid.addWidget(self.field, 0, 1)
        grid.addWidget(self.browse_button, 0, 2)
        grid.addWidget(self.note, 1, 1, 1, 2)

    @property
    def path(self) -> Path | None:
        """What was chosen, None while nothing is."""
        text = self.field.text().strip()
        return Path(text).expanduser() if text else None

    def offer(self, file_name: str) -> None:
        """Offer a file of this name, or the folder itself for ""."""
        self._several = not file_name
        self._label.setText(self.tr("&Folder") if self._several else self.tr("&File"))
        self.field.setText(str(self._folder / file_name))
        self.on_changed()

    def set_format(self, file_format: ExportFormat) -> None:
        """Let the file end as a format wants it."""
        self._format = file_format
        path = self.path
        if not self._several and path is not None and path.name:
            self.field.setText(str(path.with_suffix(f".{file_format}")))
        self.on_changed()

    def on_changed(self) -> None:
        """Say what becomes of the target."""
        path, note = self.path, ""
        if self._several and self._format in ("pdf", "html"):
            note = self.tr("A page for each session goes to this folder, and one over them all.")
        elif self._several:
            note = self.tr("Each session gets a file of its own in this folder.")
        elif path is not None and path.is_file():
            note = self.tr("This file exists and will be replaced.")
        self.note.setText(note)
        self.changed.emit()

    def on_edited(self) -> None:
        """Remember the folder that was typed."""
        path = self.path
        if path is not None:
            self._folder = path if self._several else path.parent

    def on_browse(self) -> None:
        """Let the user choose the file or the folder."""
        dialog = QFileDialog(self, self.tr("Export to"))
        if self._several:
            dialog.setFileMode(QFileDialog.FileMode.Directory)
            dialog.setDirectory(self.field.text())
        else:
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.setNameFilter(f"{self._format.upper()} (*.{self._format})")
            dialog.setDefaultSuffix(self._format)
            dialog.selectFile(self.field.text())
        dialog.fileSelected.connect(self.on_browsed)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def on_browsed(self, name: str) -> None:
        """Take the file or folder that was chosen."""
        self.field.setText(name)
        self.on_edited()


def documents_folder() -> str:
    """Return the folder that exports are offered to go to first."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return documents if Path(documents).is_dir() else str(Path.home())
