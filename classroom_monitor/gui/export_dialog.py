"""Asks how and where sessions are to be exported, and exports them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from classroom_monitor.contracts import ExportFormat, SessionInfo
from classroom_monitor.gui.background import Background, Job
from classroom_monitor.gui.banner import Banner
from classroom_monitor.gui.export_formats import FormatChoice
from classroom_monitor.gui.export_target import ExportTarget
from classroom_monitor.gui.formats import date_and_time
from classroom_monitor.gui.palette import Tone
from classroom_monitor.gui.services import Services
from classroom_monitor.gui.theme import MARGIN_PX, SPACING_PX
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
        self._job: Job[Any] | None = None
        self.formats = FormatChoice()
        self.sessions = _session_list(self._infos)
        self.where = ExportTarget()
        self.target = self.where.field
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
        path = self.where.path
        if path is None:
            return
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
        """Offer a file for one session and a folder for several."""
        ids = self.session_ids
        chosen = [info for info in self._infos if info.session_id in ids]
        one = len(chosen) == 1
        self.where.offer(export_name(chosen[0], self.file_format) if one else "")

    def on_format_changed(self) -> None:
        """Let the file end as the format wants it."""
        self.where.set_format(self.file_format)

    def on_target_changed(self) -> None:
        """Allow to export what has a target."""
        ready = self.where.path is not None and bool(self.session_ids)
        self.export_button.setEnabled(ready and self._job is None)

    def reject(self) -> None:
        """Close; an export that is under way is finished, but not told of any more."""
        if self._job is not None:
            self._job.cancel()
        super().reject()

    def _set_busy(self, busy: bool) -> None:
        for widget in (self.formats, self.sessions, self.where):
            widget.setEnabled(not busy)
        self.export_button.setEnabled(not busy)
        self.export_button.setText(self.tr("Exporting…") if busy else self.tr("&Export"))

    def _connect(self) -> None:
        self.formats.changed.connect(self.on_format_changed)
        self.sessions.itemChanged.connect(self.on_sessions_changed)
        self.where.changed.connect(self.on_target_changed)
        self._buttons.accepted.connect(self.export)
        self._buttons.rejected.connect(self.reject)

    def _lay_out(self) -> None:
        self.setMinimumWidth(_WIDTH_PX)
        self.sessions.setVisible(len(self._infos) > 1)
        self.sessions.setMaximumHeight(_LIST_HEIGHT_PX)
        self.sessions.setAccessibleName(self.tr("Sessions to export"))
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN_PX, MARGIN_PX, MARGIN_PX, MARGIN_PX)
        column.setSpacing(SPACING_PX)
        for widget in (self.news, self.formats, self.sessions, self.where, self._buttons):
            column.addWidget(widget)


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
