"""What belongs to an opened session, below its timeline: tables and its description."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QTabWidget, QWidget

from classroom_monitor.contracts import Annotations
from classroom_monitor.gui.annotation_panel import AnnotationPanel, panel_button
from classroom_monitor.gui.annotation_table import AnnotationTable
from classroom_monitor.gui.changes_table import ChangesPanel
from classroom_monitor.gui.marker_table import exclusion_table, marker_table
from classroom_monitor.gui.review import Summary
from classroom_monitor.gui.segment_table import SegmentRows, segment_table
from classroom_monitor.gui.session_details import SessionDetails
from classroom_monitor.sessions.change_points import ChangePoints


class SessionTabs(QTabWidget):
    """Segments, markers, what is left out, what stood out, and the details."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.segments, self.markers, self.exclusions = (
            segment_table(),
            marker_table(),
            exclusion_table(),
        )
        self.add_segment = panel_button(self.tr("&Add…"), self.tr("Begin a segment at a time"))
        self.import_segments = panel_button(
            self.tr("I&mport…"), self.tr("Read segments from a table (CSV) or slides (PPTX)")
        )
        self.add_marker = panel_button(self.tr("&Add…"), self.tr("Set a marker at a time"))
        self.add_exclusion = panel_button(self.tr("&Add…"), self.tr("Leave a stretch out"))
        self.segments.setAccessibleName(self.tr("Segments"))
        self.markers.setAccessibleName(self.tr("Markers"))
        self.exclusions.setAccessibleName(self.tr("Stretches left out"))
        self.changes = ChangesPanel()
        self.details = SessionDetails()
        self.setDocumentMode(True)
        self.addTab(AnnotationPanel(self.segments, (self.add_segment, self.import_segments)), "")
        self.addTab(AnnotationPanel(self.markers, (self.add_marker,)), "")
        self.addTab(AnnotationPanel(self.exclusions, (self.add_exclusion,)), "")
        self.addTab(self.changes, "")
        self.addTab(self.details, self.tr("Details"))
        self.show_annotations(Annotations(), 0.0)
        self.setTabText(3, self.tr("What stood out"))

    @property
    def tables(self) -> tuple[AnnotationTable, AnnotationTable, AnnotationTable]:
        """The tables that can be edited."""
        return self.segments, self.markers, self.exclusions

    def show_annotations(self, annotations: Annotations, end_s: float) -> None:
        """Show markers and exclusions; end_s is how long the session is."""
        for table in self.tables:
            table.items.end_s = end_s
        self.markers.show_rows(annotations.markers)
        self.exclusions.show_rows(annotations.exclusions)
        self.setTabText(0, self._counted(self.tr("Segments"), annotations.segments))
        self.setTabText(1, self._counted(self.tr("Markers"), annotations.markers))
        self.setTabText(2, self._counted(self.tr("Left out"), annotations.exclusions))

    def show_summary(self, summary: Summary, *, counts_only: bool) -> None:
        """Show the segments in numbers."""
        rows = self.segments.items
        assert isinstance(rows, SegmentRows)
        chosen = self.segments.chosen()
        rows.show_summary(summary)
        if chosen:
            self.segments.select(chosen[0])
        for column in range(SegmentRows.WITH_MIX, SegmentRows.POSITIVE + 1):
            self.segments.setColumnHidden(column, counts_only)

    def show_changes(self, changes: ChangePoints) -> None:
        """Show where the session changed."""
        self.changes.show_changes(changes)
        self.setTabText(3, self._counted(self.tr("What stood out"), changes.found))

    def _counted(self, name: str, things: Sequence[object]) -> str:
        return f"{name} ({len(things)})" if things else name
