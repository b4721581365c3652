"""Draws a session's timeline as SVG, for reports and for plots saved from the window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from classroom_monitor.sessions import report_style as style
from classroom_monitor.sessions.change_points import ChangePoint
from classroom_monitor.sessions.comparison import ComparedSession
from classroom_monitor.sessions.report_marks import (
    draw_changes,
    draw_legend,
    draw_markers,
    draw_segments,
    draw_time_axis,
)
from classroom_monitor.sessions.report_panels import (
    Panel,
    draw_coverage,
    draw_faces,
    draw_holes,
    draw_lines,
    draw_name,
    draw_scale,
    draw_stacked,
    face_scale,
)
from classroom_monitor.sessions.report_series import DrawnColumns, drawn_columns
from classroom_monitor.sessions.svg_canvas import Box, SvgCanvas

WIDTH = 660.0
_LEFT, _RIGHT = 36.0, 6.0
_MAIN_HEIGHT, _COVERAGE_HEIGHT = 150.0, 36.0
_SHARE_SCALE = {0.0: "0%", 0.25: "25%", 0.5: "50%", 0.75: "75%", 1.0: "100%"}
_COLUMN_WIDTH = 2.0


@dataclass(frozen=True, slots=True)
class TimelineDrawing:
    """How a timeline is drawn.

    line_style is the moods' style, and bands says whether lines have their bounds. span_s are the
    first and last second shown, None for the whole session. changes are drawn as flags.
    Shares are
    running means over smoothing_s seconds.
    """

    line_style: Literal["stacked", "lines"] = "stacked"
    span_s: tuple[float, float] | None = None
    changes: Sequence[ChangePoint] = ()
    smoothing_s: int = 1
    bands: bool = True


@dataclass(frozen=True, slots=True)
class _Places:
    """Where the parts of the picture are, from top to bottom."""

    segments: Panel
    markers: Panel
    flags_y: float
    main: Panel
    lower: Panel

    @property
    def foot(self) -> float:
        """Where the lower panel ends."""
        return self.lower.box.y + self.lower.box.h


def timeline_svg(session: ComparedSession, drawing: TimelineDrawing | None = None) -> str:
    """Return the timeline of a session as an SVG element 660 units wide.

    Excluded seconds and those below the group minimum show no shares.
    """
    drawing = drawing or TimelineDrawing()
    counts_only = session.info.counts_only
    span_s = drawing.span_s or (0.0, float(max(1, len(session.points))))
    columns = _columns(session, drawing, span_s)
    places = _places(session, drawing, span_s, _top(columns) if counts_only else 1.0)
    canvas = SvgCanvas(WIDTH, places.foot + 36, _description(session))
    _draw_main(canvas, places.main, columns, None if counts_only else drawing)
    draw_scale(canvas, places.lower, {0.0: "0%", 1.0: "100%"})
    draw_coverage(canvas, places.lower, columns)
    draw_holes(canvas, places.lower, columns, too_few=False)
    draw_segments(canvas, places.segments, session.annotations.segments, places.foot)
    draw_markers(canvas, places.markers, session.annotations.markers, places.main.y(0))
    draw_changes(canvas, places.main, drawing.changes, places.flags_y)
    draw_name(canvas, places.main, _main_name(counts_only, drawing))
    draw_name(canvas, places.lower, "Coverage")
    draw_time_axis(canvas, places.lower)
    draw_legend(canvas, Box(_LEFT, places.foot + 23, WIDTH, 10), columns, counts_only)
    return canvas.svg()


def _columns(
    session: ComparedSession, drawing: TimelineDrawing, span_s: tuple[float, float]
) -> DrawnColumns:
    most = int((WIDTH - _LEFT - _RIGHT) / _COLUMN_WIDTH)
    exclusions = session.annotations.exclusions
    return drawn_columns(session.points, exclusions, span_s, most, drawing.smoothing_s)


def _places(
    session: ComparedSession, drawing: TimelineDrawing, span_s: tuple[float, float], most: float
) -> _Places:
    """Return where everything goes; what there is nothing of takes no room."""
    segments = 20.0 * bool(session.annotations.segments)
    markers = 18.0 * bool(session.annotations.markers)
    top = segments + markers + 14.0 * bool(drawing.changes) + 16.0
    return _Places(
        segments=Panel(_box(0, segments), span_s),
        markers=Panel(_box(segments, markers), span_s),
        flags_y=top - 19,
        main=Panel(_box(top, _MAIN_HEIGHT), span_s, most),
        lower=Panel(_box(top + _MAIN_HEIGHT + 20, _COVERAGE_HEIGHT), span_s),
    )


def _box(y: float, height: float) -> Box:
    return Box(_LEFT, y, WIDTH - _LEFT - _RIGHT, height)


def _top(columns: DrawnColumns) -> float:
    return float(np.max(columns.seen, initial=1.0, where=np.isfinite(columns.seen)))


def _draw_main(
    canvas: SvgCanvas, panel: Panel, columns: DrawnColumns, drawing: TimelineDrawing | None
) -> None:
    """Draw the upper panel: shares, or faces for None."""
    draw_scale(canvas, panel, face_scale(panel.top) if drawing is None else _SHARE_SCALE)
    if drawing is None:
        draw_faces(canvas, panel, columns)
    elif drawing.line_style == "lines":
        draw_lines(canvas, panel, columns, bands=drawing.bands)
    else:
        draw_stacked(canvas, panel, columns)
    draw_holes(canvas, panel, columns, too_few=drawing is not None)


def _main_name(counts_only: bool, drawing: TimelineDrawing) -> str:
    if counts_only:
        return "Faces"
    bounds = " and their bounds" if drawing.line_style == "lines" and drawing.bands else ""
    return f"Shares of the faces used{bounds}"


def _description(session: ComparedSession) -> str:
    what = "faces and coverage" if session.info.counts_only else "mood shares and coverage"
    name = session.info.title or session.info.source
    length = style.time_label(len(session.points))
    return f"Timeline of {name}: {what} over {length}"
