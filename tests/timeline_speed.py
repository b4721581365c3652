"""Measures how fast a timeline of a long session zooms, pans and follows the pointer.

    QT_QPA_PLATFORM=xcb python -m tests.timeline_speed --hours 8 --markers 200

Each step is one event of the mouse with everything that follows from it until the plot is painted.
Prints the median, the 99th percentile and the longest step, and how much of it was processor time
of its own, which other programs do not change.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QGraphicsView, QWidget

from classroom_monitor.contracts import (
    Annotations,
    Exclusion,
    Marker,
    Segment,
    Shares,
    TimelinePoint,
)
from classroom_monitor.gui.timeline_card import TimelineCard
from classroom_monitor.gui.timeline_look import TimelineLook
from classroom_monitor.gui.timeline_means import FloatArray
from classroom_monitor.gui.timeline_series import TimelineSeries

LOOKS = {
    "stacked": TimelineLook("stacked", bands=False),
    "stacked, bounds, 15 s": TimelineLook("stacked", bands=True, smoothing_s=15),
    "lines": TimelineLook("lines", bands=False),
    "lines, bounds, 15 s": TimelineLook("lines", bands=True, smoothing_s=15),
}
NO_BUTTON, LEFT = Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton
NO_KEY = Qt.KeyboardModifier.NoModifier


@dataclass
class Painted(QObject):
    """Counts how often a widget was painted."""

    watched: QWidget
    times: int = 0

    def __post_init__(self) -> None:
        super().__init__()
        self.watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        self.times += event.type() == QEvent.Type.Paint
        return False


def long_session(hours: float) -> list[TimelinePoint]:
    """Return a session with a mix that wanders, gaps and seconds with too few faces."""
    random, start = np.random.default_rng(1), datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
    seconds = int(3600 * hours)
    wander = np.cumsum(random.normal(0, 0.01, (seconds, 2)), axis=0)
    mixes = np.column_stack([0.25 + 0.15 * np.sin(wander), np.full(seconds, np.nan)])
    mixes[:, 2] = 1 - mixes[:, 0] - mixes[:, 1]
    used = random.integers(18, 30, seconds)
    points = []
    for t_s in range(seconds):
        shares = _shares(mixes[t_s].tolist(), int(used[t_s])) if t_s % 900 > 20 else None
        clock = start + timedelta(seconds=t_s)
        gap = t_s % 1800 > 1780
        points.append(
            TimelinePoint(
                t_s=t_s,
                clock=clock,
                seen=0 if gap else 30,
                used=0 if gap else int(used[t_s]),
                shares=None if gap else shares,
                expected=30,
                coverage=None if gap else used[t_s] / 30,
                gap=gap,
            )
        )
    return points


def _shares(mix: list[float], used: int) -> Shares:
    negative, positive, neutral = mix
    half = [(share * (1 - share) / used) ** 0.5 for share in (negative, neutral, positive)]
    low = (negative - half[0], neutral - half[1], positive - half[2])
    high = (negative + half[0], neutral + half[1], positive + half[2])
    return Shares(negative, neutral, positive, low, high)


def annotated(seconds: int, markers: int) -> Annotations:
    """Return evenly strewn markers, twenty segments and ten exclusions."""
    return Annotations(
        tuple(Marker(i + 1, seconds * (i + 0.5) / markers, f"marker {i}") for i in range(markers)),
        tuple(Segment(i + 1, seconds * i / 20, f"Topic number {i}") for i in range(20)),
        tuple(Exclusion(i + 1, seconds * i / 10, seconds * i / 10 + 120) for i in range(10)),
    )


def wheel_steps(view: QWidget, steps: int) -> Iterator[QEvent]:
    """Yield turns of the wheel over changing places, in and out again."""
    for step in range(steps):
        at = QPointF(view.width() * (0.3 + 0.4 * (step % 7) / 7), view.height() / 3)
        turn = 120 if step % 20 < 10 else -120
        yield QWheelEvent(
            at,
            QPointF(view.mapToGlobal(at.toPoint())),
            QPoint(0, 0),
            QPoint(0, turn),
            NO_BUTTON,
            NO_KEY,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )


def drag_steps(view: QWidget, steps: int) -> Iterator[QEvent]:
    """Yield a drag to and fro with the left button held down."""
    middle = QPointF(view.width() / 2, view.height() / 2)
    yield _mouse(view, QEvent.Type.MouseButtonPress, middle, LEFT)
    for step in range(steps):
        way = abs(step % 80 - 40) - 20
        spot = middle + QPointF(12.0 * way, 0)
        yield _mouse(view, QEvent.Type.MouseMove, spot, LEFT)
    yield _mouse(view, QEvent.Type.MouseButtonRelease, middle, LEFT)


def hover_steps(view: QWidget, steps: int) -> Iterator[QEvent]:
    """Yield moves of the pointer over the plots without a button."""
    for step in range(steps):
        spot = QPointF(60 + (step * 13) % (view.width() - 80), view.height() / 2)
        yield _mouse(view, QEvent.Type.MouseMove, spot, NO_BUTTON)


def _mouse(view: QWidget, kind: QEvent.Type, spot: QPointF, held: Qt.MouseButton) -> QMouseEvent:
    button = NO_BUTTON if kind is QEvent.Type.MouseMove else LEFT
    return QMouseEvent(kind, spot, QPointF(view.mapToGlobal(spot.toPoint())), button, held, NO_KEY)


def measured(view: QWidget, events: Iterator[QEvent]) -> FloatArray:
    """Return (n, 2) milliseconds, all and its own, of each event that led to a painting."""
    painted, took_s = Painted(view), []
    for event in events:
        before, begun_s, own_s = painted.times, time.perf_counter(), time.thread_time()
        QApplication.sendEvent(view, event)
        QApplication.processEvents()
        if painted.times > before:
            took_s.append((time.perf_counter() - begun_s, time.thread_time() - own_s))
    view.removeEventFilter(painted)
    return 1000 * np.array(took_s)


def report(name: str, took_ms: FloatArray) -> None:
    """Print one line of figures."""
    median, own_ms = np.median(took_ms, axis=0)
    late_ms, late_own_ms = np.percentile(took_ms, 99, axis=0)
    sys.stdout.write(
        f"{name:30} median {median:5.1f} ms  99% {late_ms:5.1f} ms  longest {took_ms.max():5.1f} ms"
        f"  (of its own {own_ms:5.1f}, {late_own_ms:5.1f})  {1000 / median:4.0f} a second\n"
    )


def timed(name: str, action: Callable[[], object]) -> None:
    """Print how long something takes that happens once."""
    begun_s = time.perf_counter()
    action()
    QApplication.processEvents()
    sys.stdout.write(f"{name:30} {1000 * (time.perf_counter() - begun_s):6.1f} ms\n")


def main() -> None:
    """Run from the command line."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--hours", type=float, default=8.0)
    arguments.add_argument("--markers", type=int, default=200)
    arguments.add_argument("--steps", type=int, default=120)
    arguments.add_argument("--size", type=int, nargs=2, default=(1240, 420))
    given = arguments.parse_args()
    application = QApplication(sys.argv[:1])
    sys.stdout.write(f"{application.platformName()}, {given.size[0]} x {given.size[1]} px\n")
    points = long_session(given.hours)
    card = TimelineCard(navigable=True)
    card.plot.set_editable(True)
    card.resize(*given.size)
    card.show()
    made: list[TimelineSeries] = []
    timed("points into arrays (in a thread)", lambda: made.append(TimelineSeries(points)))
    timed("arrays shown", lambda: card.plot.show_series(made[0]))
    annotations = annotated(len(points), given.markers)
    timed("annotations shown", lambda: card.plot.show_annotations(annotations))
    canvas = card.plot.findChild(QGraphicsView)
    assert canvas is not None
    view = canvas.viewport()
    for name, look in LOOKS.items():
        timed(f"{name}: chosen", lambda look=look: card.set_look(look))  # type: ignore[misc]
        card.plot.show_all()
        report(f"{name}: wheel", measured(view, wheel_steps(view, given.steps)))
        card.plot.show_span(3600, 3600 + len(points) / 4)
        report(f"{name}: drag", measured(view, drag_steps(view, given.steps)))
        card.plot.show_all()
        report(f"{name}: pointer", measured(view, hover_steps(view, given.steps)))


if __name__ == "__main__":
    main()
