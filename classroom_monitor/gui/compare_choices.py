"""The choice of what of several sessions is drawn, and on which axis."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QWidget

from classroom_monitor.contracts import MOODS
from classroom_monitor.gui.comparison import Comparison
from classroom_monitor.gui.comparison_plot import Compared
from classroom_monitor.gui.palette import MOOD_SYMBOLS

_MEASURES: tuple[Compared, ...] = ("negative", "neutral", "positive", "coverage", "seen")


class View(IntEnum):
    """How sessions lie beside each other."""

    BY_START = 0
    BY_SEGMENT = 1
    WEEKS = 2


class CompareChoices(QWidget):
    """A row of buttons: the value on the left, the view on the right."""

    view_chosen = Signal()
    measure_chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.views, self.measures = QButtonGroup(self), QButtonGroup(self)
        self._explanations = {
            View.BY_START: self.tr("Every session from its own start."),
            View.BY_SEGMENT: self.tr("Every segment from its own start, by title."),
            View.WEEKS: self.tr("Means of whole sessions, with bounds that say how sure they are."),
        }
        self._add_choices()
        self.views.idClicked.connect(self.view_chosen)
        self.measures.idClicked.connect(self.measure_chosen)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for group in (self.measures, self.views):
            for button in group.buttons():
                row.addWidget(button)
            row.addStretch(1)

    @property
    def view(self) -> View:
        """How the sessions are to lie beside each other."""
        return View(self.views.checkedId())

    @property
    def compared(self) -> Compared:
        """Which of the sessions' values is to be drawn."""
        return _MEASURES[self.measures.checkedId()]

    @property
    def explanation(self) -> str:
        """What the chosen view shows."""
        return self._explanations[self.view]

    def choose(self, view: View) -> None:
        """Begin with a view."""
        self.views.button(view).setChecked(True)

    def allow(self, comparison: Comparison) -> None:
        """Offer only what these sessions have."""
        by_segment = self.views.button(View.BY_SEGMENT)
        by_segment.setEnabled(comparison.by_segment is not None)
        by_segment.setToolTip(
            self.tr("Segments with the same title begin at the same place")
            if comparison.by_segment
            else self.tr("No two of these sessions have a segment of the same title")
        )
        for number in range(len(MOODS)):
            self.measures.button(number).setEnabled(not comparison.counts_only)
        if comparison.counts_only and self.compared in MOODS:
            self.measures.button(_MEASURES.index("seen")).setChecked(True)

    def _add_choices(self) -> None:
        views = (self.tr("By start"), self.tr("By segment"), self.tr("Over the weeks"))
        for view, name in zip(View, views, strict=True):
            self.views.addButton(_choice(name), view)
        measures = (
            self.tr("{0} negative").format(MOOD_SYMBOLS[0]),
            self.tr("{0} neutral").format(MOOD_SYMBOLS[1]),
            self.tr("{0} positive").format(MOOD_SYMBOLS[2]),
            self.tr("Coverage"),
            self.tr("Faces seen"),
        )
        for number, name in enumerate(measures):
            self.measures.addButton(_choice(name), number)
        self.choose(View.BY_START)
        self.measures.button(_MEASURES.index("positive")).setChecked(True)


def _choice(name: str) -> QToolButton:
    button = QToolButton()
    button.setText(name)
    button.setCheckable(True)
    button.setAutoRaise(True)
    return button
