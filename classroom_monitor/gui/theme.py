"""Type sizes, cards and quiet captions, on top of the system's own palette and font."""

from __future__ import annotations

from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QWidget

from classroom_monitor.contracts import MOODS
from classroom_monitor.gui.palette import Tone, colours_for

MARGIN_PX = 16
SPACING_PX = 12


def style_sheet(palette: QPalette) -> str:
    """Return the window's style sheet for a light or dark palette.

    Cards, captions, banners and mood names are told apart by object name or a property, so that a
    change between light and dark is one call on the window.
    """
    colours = colours_for(palette)
    rules = [
        f"QFrame#card {{ background: {colours.surface.name()};"
        f" border: 1px solid {colours.border.name()}; border-radius: 10px; }}",
        f"QLabel#caption {{ color: {colours.faint.name()}; }}",
        f"QTableView {{ background-color: {colours.surface.name()};"
        f" alternate-background-color: {colours.gap.name()}; }}",
        "QTableView::item { padding: 0 8px; }",
        f"QHeaderView::section {{ background: {colours.surface.name()}; border: none;"
        f" border-bottom: 1px solid {colours.border.name()}; padding: 5px 8px;"
        f" color: {colours.faint.name()}; }}",
        "QFrame#banner { border: none; border-radius: 4px; }",
        "QToolButton#page { border: none; border-radius: 6px; padding: 7px 16px; }",
        f"QToolButton#page:checked {{ background: {colours.surface.name()};"
        f" border: 1px solid {colours.border.name()}; font-weight: 600; }}",
    ]
    for tone in Tone:
        colour = colours.tones[tone]
        rgb = f"{colour.red()}, {colour.green()}, {colour.blue()}"
        rules.append(
            f'QFrame#banner[tone="{tone.value}"] {{ background: rgba({rgb}, 30);'
            f" border-left: 4px solid rgb({rgb}); }}"
        )
        rules.append(f'QLabel[tone="{tone.value}"] {{ color: rgb({rgb}); font-weight: 600; }}')
    for mood, colour in zip(MOODS, colours.mood_texts, strict=True):
        # Both, because a rule for captions is the more specific one.
        which = f'QLabel[mood="{mood}"], QLabel#caption[mood="{mood}"]'
        rules.append(f"{which} {{ color: {colour.name()}; }}")
    return "\n".join(rules)


def restyle(widget: QWidget, name: str, value: str) -> None:
    """Set a property that style_sheet tells widgets apart by, and apply it at once."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def set_text_size(widget: QWidget, scale: float, *, bold: bool = False) -> None:
    """Write in a multiple of the user's own font size."""
    font = QFont(QApplication.font())
    font.setPointSizeF(font.pointSizeF() * scale)
    if bold:
        font.setWeight(QFont.Weight.DemiBold)
    widget.setFont(font)


class Card(QFrame):
    """A quiet rounded surface that groups what belongs together."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")


class Caption(QLabel):
    """A small, quiet label beside or above what it names."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setObjectName("caption")
        set_text_size(self, 0.9)
