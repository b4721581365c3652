"""Turns what is done on an opened session's timeline and tables into edits."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Literal

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QMenu

from classroom_monitor.contracts import Annotation, Exclusion, Marker, Segment
from classroom_monitor.gui.annotation_dialog import AnnotationDialog
from classroom_monitor.gui.annotation_editor import AnnotationEditor
from classroom_monitor.gui.annotation_table import AnnotationTable
from classroom_monitor.gui.session_view import SessionView
from classroom_monitor.gui.timeline_annotations import SHORTEST_EXCLUSION_S, key
from classroom_monitor.sessions.change_points import ChangePoint
from classroom_monitor.sessions.summary import SegmentRow

_ROOM_S = 30.0
"""What is shown on either side of something that a table's row is about."""
_NEW_EXCLUSION_S = 60.0

_Verb = Literal["add", "change", "remove"]


class SessionEditing(QObject):
    """Connects one session view to one editor, in both directions."""

    import_requested = Signal()

    def __init__(self, view: SessionView, editor: AnnotationEditor) -> None:
        super().__init__(view)
        self._view = view
        self._plot = view.plot
        self._editor = editor
        self._connect_plot()
        self._connect_tables()

    def add(self, item: Annotation) -> None:
        """Ask for a new thing's text, and store it."""
        self._ask(item, "add")

    def edit(self, item: Annotation) -> None:
        """Ask for a thing's new time and text, and store them."""
        self._ask(item, "change")

    def replace(self, item: Annotation) -> None:
        """Store a thing that was moved or typed over."""
        self._editor.put(self._named("change", item), item)

    def remove(self, *items: Annotation) -> None:
        """Remove things."""
        if len(items) > 1:
            self._editor.remove(self.tr("removing {0} rows").format(len(items)), *items)
        elif items:
            self._editor.remove(self._named("remove", items[0]), *items)

    def add_segments(self, segments: Sequence[Segment], removed: Sequence[Segment]) -> None:
        """Store imported segments, in place of others, as one edit."""
        self._editor.change(self.tr("importing segments"), segments, removed)

    def exclude_range(self) -> None:
        """Leave the selected stretch out, after asking why."""
        if self._plot.selected_range is not None:
            self.add(Exclusion(0, *self._plot.selected_range))

    def show_stretch(self, first_s: float, last_s: float) -> None:
        """Zoom to a stretch, with some room around it."""
        room_s = min(_ROOM_S, 0.1 * (last_s - first_s))
        self._plot.show_span(max(0.0, first_s - room_s), min(self._view.end_s, last_s + room_s))

    def on_row_shown(self, row: object) -> None:
        """Bring into view, and select, what a table's row is about."""
        match row:
            case SegmentRow():
                self.show_stretch(row.start_s, row.end_s)
                self._plot.select(row.segment)
            case Exclusion():
                self.show_stretch(row.start_s, row.end_s)
                self._plot.select(row)
            case Marker():
                self._plot.select(row)
            case ChangePoint():
                self._plot.move_cursor(row.t_s)

    def on_row_selected(self, table: AnnotationTable, *_changed: object) -> None:
        """Select on the timeline what was selected in a table, by mouse or keys."""
        if table.hasFocus() and len(table.chosen()) == 1:
            self._plot.select(table.chosen()[0])

    def on_item_selected(self, item: Annotation | None) -> None:
        """Select the row of what is selected on the timeline."""
        if item is None:
            return
        tabs = self._view.tabs
        for kind, table in zip((Segment, Marker, Exclusion), tabs.tables, strict=True):
            if isinstance(item, kind):
                table.select(item)

    def on_range(self, first_s: float, last_s: float) -> None:
        """Say what the selected stretch comes to."""
        self._view.show_range((first_s, last_s))

    def on_context(self, item: Annotation | None, t_s: float, place: QPoint) -> None:
        """Show what can be done at a place of the timeline."""
        menu = QMenu(self._view)
        menu.setObjectName("timeline")
        if item is not None:
            menu.addAction(self.tr("&Edit…"), partial(self.edit, item))
            menu.addAction(self.tr("&Remove"), partial(self.remove, item))
            menu.addSeparator()
        menu.addAction(self.tr("&Marker here…"), partial(self.add, Marker(0, t_s, "")))
        menu.addAction(self.tr("&Segment from here…"), partial(self.add, Segment(0, t_s, "")))
        leave_out = self.exclude_range
        if self._plot.selected_range is None:
            leave_out = partial(self.add, self._exclusion(t_s))
        menu.addAction(self.tr("&Leave out…"), leave_out)
        menu.addSeparator()
        menu.addAction(self.tr("Show &everything"), self._plot.show_all)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)

    def _ask(self, item: Annotation, verb: _Verb) -> None:
        dialog = AnnotationDialog(item, self._view.end_s, self._view)
        dialog.accepted.connect(partial(self._on_typed, dialog, item, verb))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_typed(self, dialog: AnnotationDialog, before: Annotation, verb: _Verb) -> None:
        item = dialog.item()
        if item is None or (item == before and key(item)[1]):
            return
        self._editor.put(self._named(verb, item), item)
        if isinstance(item, Exclusion):
            self._plot.select_range(None)

    def _exclusion(self, t_s: float) -> Exclusion:
        end_s = self._view.end_s
        start = max(0.0, min(t_s, end_s - SHORTEST_EXCLUSION_S))
        return Exclusion(0, start, min(end_s, start + _NEW_EXCLUSION_S))

    def _here_s(self) -> float:
        """Return where a thing is added that is asked for without a place."""
        first, last = self._plot.view_s
        cursor_s = self._plot.cursor_s
        return (first + min(last, self._view.end_s)) / 2 if cursor_s is None else cursor_s

    def _named(self, verb: _Verb, item: Annotation) -> str:
        """Return what undo and redo call an edit."""
        names = {
            ("add", Marker): self.tr("adding the marker"),
            ("add", Segment): self.tr("adding the segment"),
            ("add", Exclusion): self.tr("leaving out"),
            ("change", Marker): self.tr("changing the marker"),
            ("change", Segment): self.tr("changing the segment"),
            ("change", Exclusion): self.tr("changing what is left out"),
            ("remove", Marker): self.tr("removing the marker"),
            ("remove", Segment): self.tr("removing the segment"),
            ("remove", Exclusion): self.tr("bringing back what was left out"),
        }
        return names[verb, type(item)]

    def _connect_plot(self) -> None:
        plot, view = self._plot, self._view
        for moved in (plot.marker_moved, plot.segment_moved, plot.exclusion_changed):
            moved.connect(self.replace)
        plot.edit_requested.connect(self.edit)
        plot.remove_requested.connect(self.remove)
        plot.context_requested.connect(self.on_context)
        plot.item_selected.connect(self.on_item_selected)
        plot.range_selected.connect(self.on_range)
        plot.range_cleared.connect(partial(view.show_range, None))
        view.range.exclude_requested.connect(self.exclude_range)
        view.range.zoom_requested.connect(self._zoom_to_range)
        view.range.closed.connect(partial(plot.select_range, None))

    def _connect_tables(self) -> None:
        tabs = self._view.tabs
        for table in tabs.tables:
            self._connect_table(table)
        tabs.changes.table.show_requested.connect(self.on_row_shown)
        tabs.add_marker.clicked.connect(lambda: self.add(Marker(0, self._here_s(), "")))
        tabs.add_segment.clicked.connect(lambda: self.add(Segment(0, self._here_s(), "")))
        tabs.add_exclusion.clicked.connect(self._add_exclusion)
        tabs.import_segments.clicked.connect(self.import_requested)

    def _connect_table(self, table: AnnotationTable) -> None:
        table.items.edited.connect(self.replace)
        table.edit_requested.connect(self.edit)
        table.remove_requested.connect(lambda items: self.remove(*items))
        table.show_requested.connect(self.on_row_shown)
        table.selectionModel().selectionChanged.connect(partial(self.on_row_selected, table))

    def _add_exclusion(self) -> None:
        if self._plot.selected_range is not None:
            self.exclude_range()
        else:
            self.add(self._exclusion(self._here_s()))

    def _zoom_to_range(self) -> None:
        if self._plot.selected_range is not None:
            self.show_stretch(*self._plot.selected_range)
