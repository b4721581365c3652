"""The smoothed mix of the room, large, with how sure it is and where it goes."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from classroom_monitor.contracts import MOODS
from classroom_monitor.gui.formats import NO_VALUE, percents
from classroom_monitor.gui.mix_bar import MixBar
from classroom_monitor.gui.palette import MOOD_SYMBOLS
from classroom_monitor.gui.room_now import RoomNow
from classroom_monitor.gui.theme import Caption, set_text_size
from classroom_monitor.gui.timeline_series import Mix
from classroom_monitor.sessions.smoothing import Direction, Trend

_ARROWS: dict[Direction, str] = {"rising": "↗", "falling": "↘", "steady": "→"}
NOW_SCALE = 3.2
_MOST_FOR_WORDS = 1.3


class MoodFigure(QWidget):
    """One share: its number, its mood, its bounds and its trend."""

    def __init__(self, mood: str, symbol: str, name: str) -> None:
        super().__init__()
        self._value = QLabel(NO_VALUE)
        self._name = QLabel(f"{symbol} {name}")
        self._name.setProperty("mood", mood)
        self._detail = Caption()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for label in (self._value, self._name, self._detail):
            column.addWidget(label)

    def set_scale(self, scale: float) -> None:
        """Write the number in a multiple of the user's font size, the words a little larger."""
        set_text_size(self._value, scale, bold=True)
        words = min(_MOST_FOR_WORDS, scale / NOW_SCALE)
        set_text_size(self._name, words)
        set_text_size(self._detail, 0.9 * words)

    @property
    def text(self) -> str:
        """The number and what stands under it."""
        return f"{self._value.text()} {self._detail.text()}".strip()

    def show_share(self, text: str, detail: str) -> None:
        """Show a share, or a dash."""
        self._value.setText(text)
        self._detail.setText(detail)


class NowFigure(QWidget):
    """The three shares side by side under one bar, positive on the right as in the bar."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._caption = QLabel(_tr("The mix now"))
        self._note = Caption()
        self._note.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._bar = MixBar()
        self._names = mood_names()
        self.figures = [
            MoodFigure(mood, symbol, name)
            for mood, symbol, name in zip(MOODS, MOOD_SYMBOLS, self._names, strict=True)
        ]
        self.set_scale(NOW_SCALE)
        head = QHBoxLayout()
        head.addWidget(self._caption)
        head.addWidget(self._note, 1)
        grid = QGridLayout()
        for column, figure in enumerate(self.figures):
            grid.addWidget(figure, 0, column)
            grid.setColumnStretch(column, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(5)
        whole.addLayout(head)
        whole.addWidget(self._bar)
        whole.addLayout(grid)

    def set_scale(self, scale: float) -> None:
        """Write the numbers in a multiple of the user's font size."""
        for figure in self.figures:
            figure.set_scale(scale)

    def show_now(self, now: RoomNow) -> None:
        """Show the present mix, or say why there is none."""
        self._note.setText(note_of(now))
        trend = now.trend
        self._bar.show_mix(None if trend is None else Mix(trend.shares, now.smoothing_s))
        texts = percents(trend.shares) if trend else [NO_VALUE] * len(MOODS)
        for mood, (figure, text) in enumerate(zip(self.figures, texts, strict=True)):
            figure.show_share(text, "" if trend is None else _detail(trend, mood))
        said = ", ".join(
            f"{name} {figure.text}" for name, figure in zip(self._names, self.figures, strict=True)
        )
        self.setAccessibleName(f"{self._caption.text()}: {said}. {self._note.text()}")


def mood_names() -> tuple[str, str, str]:
    """Return what the moods are called, in the order of MOODS."""
    return _tr("negative"), _tr("neutral"), _tr("positive")


def note_of(now: RoomNow) -> str:
    """Return what the present mix is made from, or why there is none."""
    parts = []
    if now.gap:
        parts.append(_tr("no picture"))
    elif now.too_few:
        parts.append(_tr("fewer than {0} used faces").format(now.group_minimum))
    if now.trend is not None:
        parts.append(_tr("mean of the last {0} s").format(now.smoothing_s))
    return ", ".join(parts)


def trend_arrow(trend: Trend, mood: int) -> str:
    """Return an arrow for where a share goes."""
    return _ARROWS[trend.direction[mood]]


def trend_text(trend: Trend, mood: int) -> str:
    """Return an arrow and a word for where a share goes."""
    words: dict[Direction, str] = {
        "rising": _tr("rising"),
        "falling": _tr("falling"),
        "steady": _tr("steady"),
    }
    return f"{trend_arrow(trend, mood)} {words[trend.direction[mood]]}"


def _detail(trend: Trend, mood: int) -> str:
    low, high = round(100 * trend.low[mood]), round(100 * trend.high[mood])
    return _tr("{0} to {1}%  {2}").format(low, high, trend_text(trend, mood))


def _tr(text: str) -> str:
    return QCoreApplication.translate("NowFigure", text)
