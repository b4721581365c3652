"""A timeline with its legend; the live one follows the present."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QHBoxLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from classroom_monitor.contracts import Annotations, Marker, Segment, TimelinePoint
from classroom_monitor.gui.legend import Legend
from classroom_monitor.gui.theme import Card
from classroom_monitor.gui.timeline_look import TimelineLook
from classroom_monitor.gui.timeline_plot import TimelinePlot

_SPANS_S = (300, 900, 3600)
_WHOLE_SESSION = 0
_LEAST_SPAN_S = 60
_LEAD = 0.03
"""Part of the view that stays free to the right of the present."""


class TimelineCard(Card):
    """Legend above, plot below."""

    def __init__(self, parent: QWidget | None = None, *, navigable: bool) -> None:
        super().__init__(parent)
        self.plot = TimelinePlot(navigable=navigable)
        self.legend = Legend()
        self.plot.items.drawn_changed.connect(self.on_drawn_changed)
        self.head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.head.addWidget(self.legend, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(4)
        column.addLayout(self.head)
        column.addWidget(self.plot, 1)
        self.setMinimumHeight(210)

    def set_counts_only(self, counts_only: bool) -> None:
        """Show faces instead of moods."""
        self.plot.set_counts_only(counts_only)
        self.legend.set_counts_only(counts_only)

    def on_drawn_changed(self) -> None:
        """Explain what has come onto the timeline."""
        self.legend.set_left_out(bool(self.plot.annotations.exclusions))

    def set_narrow(self, narrow: bool) -> None:
        """Put the legend above what stands beside it."""
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self.head.setDirection(down if narrow else across)

    def set_look(self, look: TimelineLook) -> None:
        """Choose stacked shares or lines, bounds, smoothing."""
        self.plot.set_look(look)
        self.legend.set_bands(look.bands)


class LiveTimeline(TimelineCard):
    """Keeps the last minutes, or the whole session, in view."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, navigable=False)
        self.plot.setAccessibleName(self.tr("Timeline of the running session"))
        self._spans = QButtonGroup(self)
        self.buttons = QHBoxLayout()
        self.buttons.addStretch(1)
        self.head.addLayout(self.buttons)
        names = (self.tr("5 min"), self.tr("15 min"), self.tr("1 h"))
        for span_s, name in zip(_SPANS_S, names, strict=True):
            self._add_span(span_s, name)
        self._add_span(_WHOLE_SESSION, self.tr("All"))
        self._spans.button(_SPANS_S[0]).setChecked(True)
        self._spans.idClicked.connect(self.follow)
        self.follow()

    def put_first(self, options: QWidget, fields: Sequence[QWidget]) -> None:
        """Put options before the buttons, for the eye and for the Tab key."""
        self.buttons.insertWidget(0, options)
        for before, after in pairwise((*fields, *self._spans.buttons())):
            self.setTabOrder(before, after)

    def clear(self) -> None:
        """Begin a new session."""
        self.plot.clear()
        self.follow()

    def show_points(
        self,
        points: Sequence[TimelinePoint],
        markers: Sequence[Marker],
        segments: Sequence[Segment] = (),
    ) -> bool:
        """Draw new seconds, markers and segments; returns whether there were new seconds."""
        changed = self.plot.extend(points)
        if changed:
            self.follow()
        self.plot.show_annotations(Annotations(tuple(markers), tuple(segments)))
        return changed

    def follow(self) -> None:
        """Bring the present into view, and as much of the past as was chosen and is there."""
        now_s = len(self.plot.series)
        span_s = max(_LEAST_SPAN_S, min(now_s, self._spans.checkedId() or now_s))
        end_s = max(span_s, now_s) + _LEAD * span_s
        self.plot.show_span(max(0.0, now_s - span_s), end_s)

    def _add_span(self, span_s: int, name: str) -> None:
        button = QToolButton()
        button.setText(name)
        button.setCheckable(True)
        button.setToolTip(self.tr("How much of the session the timeline shows"))
        button.setAutoRaise(True)
        self._spans.addButton(button, span_s)
        self.buttons.addWidget(button)
