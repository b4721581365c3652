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
from classroom_monitor.sessions.summary import segment_table
from classroom_monitor.sessions.svg_canvas import Box, SvgCanvas

WIDTH = 660.0
_LEFT, _RIGHT = 36.0, 6.0
_MAIN_HEIGHT, _COVERAGE_HEIGHT = 150.0, 36.0
_SHARE_SCALE = {0.0: "0%", 0.25: "25%", 0.5: "50%", 0.75: "75%", 1.0: "100%"}
_COLUMN_WIDTH = 2.0


@dataclass(frozen=True, slots=True)
class TimelineLook:
    """How a timeline is drawn.

    line_style is the moods' style. span_s are the first and last second shown, None for the whole
    session. changes are drawn as flags. smoothing_s is the least width of a column in seconds.
    """

    line_style: Literal["stacked", "lines"] = "stacked"
    span_s: tuple[float, float] | None = None
    changes: Sequence[ChangePoint] = ()
    smoothing_s: int = 1


def timeline_svg(session: ComparedSession, look: TimelineLook | None = None) -> str:
    """Return the timeline of a session as an SVG element 660 units wide.

    Excluded seconds and those below the group minimum show no shares.
    """
    look = look or TimelineLook()
    points, annotations = session.points, session.annotations
    span_s = look.span_s or (0.0, float(max(1, len(points))))
    most = (WIDTH - _LEFT - _RIGHT) / _COLUMN_WIDTH
    most = min(most, (span_s[1] - span_s[0]) / look.smoothing_s)
    columns = drawn_columns(points, annotations.exclusions, span_s, max(1, int(most)))
    rows = segment_table(points, annotations) if annotations.segments else ()
    heights = (20.0 * bool(rows), 18.0 * bool(annotations.markers), 14.0 * bool(look.changes))
    top = sum(heights) + 16
    main = Panel(_box(top, _MAIN_HEIGHT), span_s, _top(session, columns))
    lower = Panel(_box(top + _MAIN_HEIGHT + 20, _COVERAGE_HEIGHT), span_s)
    foot = lower.box.y + lower.box.h
    canvas = SvgCanvas(WIDTH, foot + 36, _description(session))
    _draw_main(canvas, main, columns, (session.info.counts_only, look.line_style))
    draw_scale(canvas, lower, {0.0: "0%", 1.0: "100%"})
    draw_coverage(canvas, lower, columns)
    draw_holes(canvas, lower, columns, too_few=False)
    strip = Panel(_box(0, heights[0]), span_s)
    draw_segments(canvas, strip, rows, foot)
    markers = sorted(annotations.markers, key=lambda marker: marker.t_s)
    draw_markers(canvas, Panel(_box(heights[0], heights[1]), span_s), markers, main.y(0))
    draw_changes(canvas, main, look.changes, top - 19)
    draw_name(canvas, main, _main_name(session.info.counts_only, look.line_style))
    draw_name(canvas, lower, "Coverage")
    draw_time_axis(canvas, lower)
    draw_legend(canvas, Box(_LEFT, foot + 23, WIDTH, 10), columns, session.info.counts_only)
    return canvas.svg()


def _box(y: float, height: float) -> Box:
    return Box(_LEFT, y, WIDTH - _LEFT - _RIGHT, height)


def _top(session: ComparedSession, columns: DrawnColumns) -> float:
    if not session.info.counts_only:
        return 1.0
    return float(max(1.0, np.max(columns.seen, initial=1.0, where=np.isfinite(columns.seen))))


def _draw_main(
    canvas: SvgCanvas, panel: Panel, columns: DrawnColumns, kind: tuple[bool, str]
) -> None:
    """Draw the upper panel: faces in a counts-only session, else shares in a style."""
    counts_only, line_style = kind
    if counts_only:
        draw_scale(canvas, panel, face_scale(panel.top))
        draw_faces(canvas, panel, columns)
    elif line_style == "lines":
        draw_scale(canvas, panel, _SHARE_SCALE)
        draw_lines(canvas, panel, columns)
    else:
        draw_scale(canvas, panel, _SHARE_SCALE)
        draw_stacked(canvas, panel, columns)
    draw_holes(canvas, panel, columns, too_few=not counts_only)


def _main_name(counts_only: bool, line_style: str) -> str:
    if counts_only:
        return "Faces"
    bounds = " and their bounds" if line_style == "lines" else ""
    return f"Shares of the faces used{bounds}"


def _description(session: ComparedSession) -> str:
    what = "faces and coverage" if session.info.counts_only else "mood shares and coverage"
    name = session.info.title or session.info.source
    length = style.time_label(len(session.points))
    return f"Timeline of {name}: {what} over {length}"
