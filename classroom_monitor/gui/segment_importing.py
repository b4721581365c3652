"""Imports segments into the opened session: chooses a file, reads it, asks, stores."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from classroom_monitor.contracts import ImportedSegment
from classroom_monitor.gui.background import Background, Job
from classroom_monitor.gui.segment_import_dialog import SegmentImportDialog
from classroom_monitor.gui.services import Services
from classroom_monitor.gui.session_editing import SessionEditing
from classroom_monitor.gui.session_view import SessionView


class SegmentImporting(QObject):
    """Reads the file beside the window; what was read for a session that was left is dropped."""

    problem = Signal(object)  # Exception

    def __init__(
        self, services: Services, background: Background, view: SessionView, editing: SessionEditing
    ) -> None:
        super().__init__(view)
        self._services = services
        self._background = background
        self._view = view
        self._editing = editing
        self._reading: Job[Any] | None = None
        editing.import_requested.connect(self.on_asked)

    def on_asked(self) -> None:
        """Ask for the file."""
        dialog = QFileDialog(self._view, self.tr("Import segments"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(
            [self.tr("Tables and slides (*.csv *.pptx)"), self.tr("All files (*)")]
        )
        dialog.fileSelected.connect(self.on_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def on_chosen(self, name: str) -> None:
        """Read the file."""
        review = self._view.review
        if review is None:
            return
        if self._reading is not None:
            self._reading.cancel()
        self._reading = self._background.run(
            "read segments",
            partial(self._services.read_segments, Path(name)),
            partial(self.on_read, review.session.info.session_id),
            self.problem.emit,
        )

    def on_read(self, session_id: int, imported: Sequence[ImportedSegment]) -> None:
        """Ask when they begin."""
        review = self._view.review
        if review is None or review.session.info.session_id != session_id:
            return
        present = len(self._view.plot.annotations.segments)
        dialog = SegmentImportDialog(imported, self._view.end_s, present, self._view)
        dialog.accepted.connect(partial(self.on_accepted, dialog))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def on_accepted(self, dialog: SegmentImportDialog) -> None:
        """Store them, as one edit."""
        present = self._view.plot.annotations.segments
        removed = present if dialog.replace.isChecked() else ()
        self._editing.add_segments(dialog.segments(), removed)
