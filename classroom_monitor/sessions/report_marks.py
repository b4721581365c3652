"""What stands around a drawn timeline: segments, markers, changes, the time axis, the legend."""

from __future__ import annotations

from collections.abc import Sequence

from classroom_monitor.contracts import MOODS, Marker, Segment
from classroom_monitor.sessions import report_style as style
from classroom_monitor.sessions.change_points import ChangePoint
from classroom_monitor.sessions.report_panels import Panel
from classroom_monitor.sessions.report_series import DrawnColumns
from classroom_monitor.sessions.svg_canvas import (
    Box,
    SvgCanvas,
    TextStyle,
    shortened,
    text_width,
)

_SMALL = 9.0
_TICKS_S = (1, 2, 5, 10, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400)
_MOST_TICKS = 10
_LEGEND_BOX = 9.0
_DASH, _FLAG_WIDTH, _TICK = 4.0, 22.0, 5.0


def draw_segments(
    canvas: SvgCanvas, strip: Panel, segments: Sequence[Segment], foot: float
) -> None:
    """Draw the segments as labelled stretches in a strip, each start as a line down to foot.

    A segment's number is its place in the table; it stands alone where the title has no room.
    """
    ordered = sorted(segments, key=lambda segment: segment.t_s)
    first_s, last_s = strip.span_s
    for number, segment in enumerate(ordered, start=1):
        end_s = ordered[number].t_s if number < len(ordered) else last_s
        if end_s <= first_s or segment.t_s >= last_s:
            continue
        box = strip.stretch(segment.t_s, end_s)
        name = f"{number} {segment.title}"
        canvas.rect(Box(box.x, box.y, box.w - 1, box.h), style.SEGMENTS[number % 2], name)
        text = shortened(name, box.w - 8, _SMALL)
        canvas.text(box.x + 4, box.y + box.h - 5, text, TextStyle(_SMALL, style.INK))
        if segment.t_s >= first_s:
            canvas.polyline(((box.x, box.y), (box.x, foot)), style.FAINT, 0.6)


def draw_markers(canvas: SvgCanvas, strip: Panel, markers: Sequence[Marker], foot: float) -> None:
    """Draw a numbered line a marker; where they crowd, a tick only for each between."""
    free_from = 0.0
    ordered = sorted(markers, key=lambda marker: marker.t_s)
    for number, marker in enumerate(ordered, start=1):
        if not strip.span_s[0] <= marker.t_s <= strip.span_s[1]:
            continue
        x, top = strip.x(marker.t_s), strip.box.y + strip.box.h
        if x < free_from:
            canvas.polyline(((x, top), (x, top + _TICK)), style.MARKER, 0.9)
            continue
        canvas.polyline(((x, top), (x, foot)), style.MARKER, 0.9)
        canvas.polygon(((x - 3, top - 4), (x + 3, top - 4), (x, top)), style.MARKER)
        label = TextStyle(_SMALL, style.MARKER, "middle", bold=True)
        canvas.text(x, top - 6, str(number), label)
        free_from = x + 8 + 5.5 * len(str(number))


def draw_changes(
    canvas: SvgCanvas, panel: Panel, changes: Sequence[ChangePoint], label_y: float
) -> None:
    """Draw a dashed line where a share changed, with the mood's symbol and an arrow over it.

    Flags that would touch the one before stand to its right.
    """
    free_from = 0.0
    for change in sorted(changes, key=lambda change: change.t_s):
        if not panel.span_s[0] <= change.t_s <= panel.span_s[1]:
            continue
        x, mood = panel.x(change.t_s), MOODS.index(change.mood)
        _dashed(canvas, x, panel.box)
        arrow = "\N{UPWARDS ARROW}" if change.after > change.before else "\N{DOWNWARDS ARROW}"
        flag_x = max(x, free_from)
        label = TextStyle(_SMALL, style.MOOD_TEXT_COLOURS[mood], "middle", bold=True)
        ground = Box(flag_x - _FLAG_WIDTH / 2, label_y - 9, _FLAG_WIDTH - 2, 11)
        canvas.rect(ground, style.PAPER)
        canvas.text(flag_x, label_y, f"{style.MOOD_SYMBOLS[mood]}{arrow}", label)
        free_from = flag_x + _FLAG_WIDTH


def _dashed(canvas: SvgCanvas, x: float, box: Box) -> None:
    for step in range(int(box.h / (2 * _DASH))):
        y = box.y + 2 * _DASH * step
        canvas.polyline(((x, y), (x, y + _DASH)), style.CHANGE, 1.1)


def draw_time_axis(canvas: SvgCanvas, panel: Panel) -> None:
    """Draw the time from the session's start under a panel."""
    first_s, last_s = panel.span_s
    length_s = max(1.0, last_s - first_s)
    step_s = next((step for step in _TICKS_S if length_s / step <= _MOST_TICKS), 28800)
    foot = panel.box.y + panel.box.h
    edge = panel.box.x + panel.box.w - 14
    for at_s in range(-int(-first_s // step_s) * step_s, int(last_s) + 1, step_s):
        x = panel.x(at_s)
        canvas.line((x, foot), (x, foot + 4), style.FAINT)
        label = TextStyle(_SMALL, style.FAINT, "end" if x > edge else "middle")
        canvas.text(x, foot + 14, style.time_label(at_s), label)


def draw_legend(canvas: SvgCanvas, place: Box, columns: DrawnColumns, counts_only: bool) -> None:
    """Name the colours and hatches that occur, from left to right."""
    x = _draw_face_legend(canvas, place) if counts_only else draw_mood_legend(canvas, place)
    holes = (
        (style.HATCH, "Too few faces", columns.too_few.any() and not counts_only),
        ("", "No picture", columns.gap.any()),
        (style.EXCLUDED, "Left out", columns.excluded.any()),
    )
    for hatch, text, occurs in holes:
        if occurs:
            x = _legend_entry(canvas, (x, place.y), (style.GAP, hatch), text)


def draw_mood_legend(canvas: SvgCanvas, place: Box) -> float:
    """Name the moods' colours from left to right, and return where the last name ends."""
    x = place.x
    moods = zip(style.MOOD_COLOURS, style.MOOD_SYMBOLS, style.MOOD_NAMES, strict=True)
    for colour, symbol, name in moods:
        x = _legend_entry(canvas, (x, place.y), (colour, ""), f"{symbol} {name}")
    return x


def _draw_face_legend(canvas: SvgCanvas, place: Box) -> float:
    x = place.x
    for colour, name in ((style.COVERAGE, "Faces used"), (style.UNUSED, "seen only")):
        x = _legend_entry(canvas, (x, place.y), (colour, ""), name)
    return x


def _legend_entry(
    canvas: SvgCanvas, corner: tuple[float, float], look: tuple[str, str], text: str
) -> float:
    """Draw one entry and return where the next one starts."""
    fill, hatch = look
    patch = Box(*corner, _LEGEND_BOX, _LEGEND_BOX)
    canvas.rect(patch, fill)
    if hatch:
        canvas.hatch(patch, hatch)
    start = patch.x + _LEGEND_BOX + 4
    canvas.text(start, patch.y + _LEGEND_BOX - 1, text, TextStyle(_SMALL, style.INK))
    return start + text_width(text, _SMALL) + 12
