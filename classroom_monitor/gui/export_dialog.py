"""Asks how and where sessions are to be exported, and exports them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QGridLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from classroom_monitor.contracts import ExportFormat, SessionInfo
from classroom_monitor.gui.background import Background, Job
from classroom_monitor.gui.banner import Banner
from classroom_monitor.gui.export_formats import FormatChoice
from classroom_monitor.gui.formats import date_and_time
from classroom_monitor.gui.palette import Tone
from classroom_monitor.gui.services import Services
from classroom_monitor.gui.theme import MARGIN_PX, SPACING_PX, Caption
from classroom_monitor.sessions.export_names import export_name

_WIDTH_PX = 560
_LIST_HEIGHT_PX = 140


class ExportDialog(QDialog):
    """Exports the sessions it was given, in a thread; stays open where that fails, and says why.

    One session goes to a file, several to a folder, where each gets a file of its own.
    """

    exported = Signal(object)  # tuple[Path, ...]

    def __init__(
        self,
        services: Services,
        background: Background,
        infos: Sequence[SessionInfo],
        parent: QWidget | None = None,
    ) -> None:
        """Offer sessions, at least one; the first one's name is offered for its file."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Export"))
        self._services, self._background = services, background
        self._infos = tuple(infos)
        self._folder = Path(documents_folder())
        self._job: Job[Any] | None = None
        self.formats = FormatChoice()
        self.sessions = _session_list(self._infos)
        self._label = QLabel()
        self.target = QLineEdit()
        self.browse_button = QPushButton(self.tr("&Browse…"))
        self.note = Caption()
        self.news = Banner()
        ok, cancel = QDialogButtonBox.StandardButton.Ok, QDialogButtonBox.StandardButton.Cancel
        self._buttons = QDialogButtonBox(ok | cancel)
        self.export_button = self._buttons.button(ok)
        self.export_button.setText(self.tr("&Export"))
        self._lay_out()
        self._connect()
        self.on_sessions_changed()

    @property
    def file_format(self) -> ExportFormat:
        """The chosen format."""
        return self.formats.chosen

    @property
    def session_ids(self) -> tuple[int, ...]:
        """The ticked sessions, in their order."""
        ticked = (
            info
            for row, info in enumerate(self._infos)
            if self.sessions.item(row).checkState() == Qt.CheckState.Checked
        )
        return tuple(info.session_id for info in ticked)

    def export(self) -> None:
        """Write the files in a thread."""
        path = Path(self.target.text().strip()).expanduser()
        self.news.clear()
        self._set_busy(True)
        self._job = self._background.run(
            "export sessions",
            partial(self._services.export, self.session_ids, path, self.file_format),
            self.on_exported,
            self.on_failed,
        )

    def on_exported(self, paths: Sequence[Path]) -> None:
        """Tell where the files are, and close."""
        self._job = None
        self.exported.emit(tuple(paths))
        self.accept()

    def on_failed(self, error: Exception) -> None:
        """Say why nothing was written, and let the user choose again."""
        self._job = None
        self._set_busy(False)
        self.news.say(Tone.ERROR, str(error))
        self.target.setFocus()

    def on_sessions_changed(self) -> None:
        """Offer a file for one session and a folder for several, in the folder chosen last."""
        ids = self.session_ids
        several = len(ids) != 1
        self._label.setText(self.tr("&Folder") if several else self.tr("&File"))
        folder = self._folder
        if not several:
            (info,) = (info for info in self._infos if info.session_id == ids[0])
            folder = folder / export_name(info, self.file_format)
        self.target.setText(str(folder))
        self.on_target_changed()

    def on_format_changed(self) -> None:
        """Let the file end as the format wants it."""
        text = self.target.text().strip()
        if len(self.session_ids) == 1 and Path(text).name:
            self.target.setText(str(Path(text).with_suffix(f".{self.file_format}")))

    def on_target_edited(self) -> None:
        """Remember the folder that was typed."""
        path = Path(self.target.text().strip()).expanduser()
        self._folder = path.parent if len(self.session_ids) == 1 else path

    def on_target_changed(self) -> None:
        """Say what becomes of the target, and allow to export where there is one."""
        text, several = self.target.text().strip(), len(self.session_ids) != 1
        target = Path(text).expanduser()
        note = ""
        if several:
            note = self.tr("Each session gets a file of its own in this folder.")
        elif text and target.is_file():
            note = self.tr("This file exists and will be replaced.")
        self.note.setText(note)
        self.export_button.setEnabled(bool(text and self.session_ids) and self._job is None)

    def on_browse(self) -> None:
        """Let the user choose the file or the folder."""
        several = len(self.session_ids) != 1
        dialog = QFileDialog(self, self.tr("Folder to export to") if several else self.tr("Export"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        if several:
            dialog.setFileMode(QFileDialog.FileMode.Directory)
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptOpen)
            dialog.setDirectory(self.target.text())
        else:
            dialog.setNameFilter(self.formats.name_filter())
            dialog.setDefaultSuffix(self.file_format)
            dialog.selectFile(self.target.text())
        dialog.fileSelected.connect(self.on_browsed)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def on_browsed(self, name: str) -> None:
        """Take the file or folder that was chosen."""
        path = Path(name)
        self._folder = path.parent if len(self.session_ids) == 1 else path
        self.target.setText(os.fspath(path))

    def reject(self) -> None:
        """Close; an export that is under way is finished, but not told of any more."""
        if self._job is not None:
            self._job.cancel()
        super().reject()

    def _set_busy(self, busy: bool) -> None:
        for widget in (self.formats, self.sessions, self.target, self.browse_button):
            widget.setEnabled(not busy)
        self.export_button.setEnabled(not busy)
        self.export_button.setText(self.tr("Exporting…") if busy else self.tr("&Export"))

    def _connect(self) -> None:
        self.formats.changed.connect(self.on_format_changed)
        self.sessions.itemChanged.connect(self.on_sessions_changed)
        self.target.textChanged.connect(self.on_target_changed)
        self.target.textEdited.connect(self.on_target_edited)
        self.browse_button.clicked.connect(self.on_browse)
        self._buttons.accepted.connect(self.export)
        self._buttons.rejected.connect(self.reject)

    def _lay_out(self) -> None:
        self.setMinimumWidth(_WIDTH_PX)
        self.sessions.setVisible(len(self._infos) > 1)
        self.sessions.setMaximumHeight(_LIST_HEIGHT_PX)
        self.sessions.setAccessibleName(self.tr("Sessions to export"))
        self.target.setAccessibleName(self.tr("Where to"))
        self._label.setBuddy(self.target)
        where = QGridLayout()
        where.addWidget(self._label, 0, 0)
        where.addWidget(self.target, 0, 1)
        where.addWidget(self.browse_button, 0, 2)
        where.addWidget(self.note, 1, 1, 1, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN_PX, MARGIN_PX, MARGIN_PX, MARGIN_PX)
        column.setSpacing(SPACING_PX)
        column.addWidget(self.news)
        column.addWidget(self.formats)
        column.addWidget(self.sessions)
        column.addLayout(where)
        column.addWidget(self._buttons)


def documents_folder() -> str:
    """Return the folder that exports are offered to go to first."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return documents if Path(documents).is_dir() else str(Path.home())


def _session_list(infos: Sequence[SessionInfo]) -> QListWidget:
    """Return a list of sessions, each ticked."""
    sessions = QListWidget()
    for info in infos:
        name = info.title or info.source
        item = QListWidgetItem(f"{name}, {date_and_time(info.started_at)}")
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked)
        sessions.addItem(item)
    return sessions
