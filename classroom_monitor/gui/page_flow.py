"""Fills the pages of a PDF from top to bottom: texts, table rows, drawings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPainter, QPdfWriter, QTextOption
from PySide6.QtSvg import QSvgRenderer

_UNBOUNDED = 1e6
_BETWEEN_PT = 1.5


@dataclass(frozen=True, slots=True)
class Ink:
    """How a text is written: size in points, weight, colour, and the side it is set to."""

    size_pt: float
    colour: str
    bold: bool = False
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft


@dataclass(frozen=True, slots=True)
class Column:
    """A part of the page's width, both in points from its left edge."""

    left_pt: float
    width_pt: float


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a table's cell: lines of text, and coloured shares of a bar over them."""

    texts: Sequence[tuple[str, Ink]] = ()
    bar: Sequence[tuple[float, str]] = field(default=())


class PageFlow:
    """Writes downwards on a page and goes on to the next one where something doesn't fit.

    Lengths are in points. Texts are plain: nothing in them is taken for markup.
    """

    def __init__(self, writer: QPdfWriter, painter: QPainter, scale: float, footer: str) -> None:
        """Start on the first page; scale shrinks every text and gap."""
        self._writer, self._painter = writer, painter
        self._unit = writer.resolution() / 72
        self._scale = scale
        self._footer = footer
        self.y_pt = 0.0
        self.page = 1
        self._draw_footer()

    @property
    def width_pt(self) -> float:
        """The page's width between its margins."""
        return self._writer.width() / self._unit

    @property
    def height_pt(self) -> float:
        """The page's height between its margins, without the footer."""
        return self._writer.height() / self._unit - 14

    def gap(self, height_pt: float) -> None:
        """Leave some room."""
        self.y_pt += height_pt * self._scale

    def keep(self, height_pt: float) -> None:
        """Go on to the next page unless this much room is left on the page."""
        if self.y_pt + height_pt <= self.height_pt or not self.y_pt:
            return
        self._writer.newPage()
        self.page += 1
        self.y_pt = 0.0
        self._draw_footer()

    def text(self, text: str, ink: Ink, column: Column | None = None) -> None:
        """Write a paragraph over the page's width, or over a column."""
        place = column or Column(0, self.width_pt)
        height = self._text_height(text, ink, place.width_pt)
        self.keep(height)
        self._draw_text(text, ink, (place, self.y_pt))
        self.y_pt += height

    def beside(self, blocks: Iterable[tuple[Column, Sequence[tuple[str, Ink]]]]) -> None:
        """Write columns of paragraphs beside each other; they stay on one page."""
        columns = list(blocks)
        heights = [self._texts_height(texts, column.width_pt) for column, texts in columns]
        self.keep(max(heights))
        for column, texts in columns:
            self._draw_texts(texts, (column, self.y_pt))
        self.y_pt += max(heights)

    def row(self, columns: Sequence[Column], cells: Sequence[Cell], rule: str) -> None:
        """Write a table's row, with a line in the colour of rule under it."""
        padding = 3.0 * self._scale
        heights = [self._cell_height(*each) for each in zip(cells, columns, strict=True)]
        self.keep(max(heights) + 2 * padding)
        top = self.y_pt + padding
        for cell, column in zip(cells, columns, strict=True):
            self._draw_bar(cell, column, top)
            self._draw_texts(cell.texts, (column, top))
        self.y_pt = top + max(heights) + padding
        self.fill(QRectF(0, self.y_pt - 0.4, self.width_pt, 0.4), rule)

    def drawing(self, svg: str) -> None:
        """Draw an SVG over the page's width."""
        renderer = QSvgRenderer(QByteArray(svg.encode()))
        size = renderer.defaultSize()
        height = self.width_pt * size.height() / size.width()
        self.keep(height)
        renderer.render(self._painter, self._device(QRectF(0, self.y_pt, self.width_pt, height)))
        self.y_pt += height

    def fill(self, area: QRectF, colour: str) -> None:
        """Fill a rectangle that is given in points from the page's corner."""
        self._painter.fillRect(self._device(area), QColor(colour))

    def _cell_height(self, cell: Cell, column: Column) -> float:
        bar = 10.0 * self._scale if cell.bar else 0.0
        return max(bar, self._texts_height(cell.texts, column.width_pt))

    def _draw_bar(self, cell: Cell, column: Column, top: float) -> None:
        left = column.left_pt
        for share, colour in cell.bar:
            width = share * column.width_pt
            area = QRectF(left, top + 2 * self._scale, width, 7 * self._scale)
            self.fill(area, colour)
            left += width

    def _texts_height(self, texts: Sequence[tuple[str, Ink]], width_pt: float) -> float:
        between = _BETWEEN_PT * self._scale * max(0, len(texts) - 1)
        return between + sum(self._text_height(text, ink, width_pt) for text, ink in texts)

    def _draw_texts(self, texts: Sequence[tuple[str, Ink]], place: tuple[Column, float]) -> None:
        column, y_pt = place
        for text, ink in texts:
            self._draw_text(text, ink, (column, y_pt))
            y_pt += self._text_height(text, ink, column.width_pt) + _BETWEEN_PT * self._scale

    def _draw_text(self, text: str, ink: Ink, place: tuple[Column, float]) -> None:
        column, y_pt = place
        area = self._device(QRectF(column.left_pt, y_pt, column.width_pt, _UNBOUNDED))
        self._painter.setFont(self._font(ink))
        self._painter.setPen(QColor(ink.colour))
        self._painter.drawText(area, text, _option(ink))

    def _text_height(self, text: str, ink: Ink, width_pt: float) -> float:
        room = QRectF(0, 0, width_pt * self._unit, _UNBOUNDED)
        self._painter.setFont(self._font(ink))
        return self._painter.boundingRect(room, text, _option(ink)).height() / self._unit

    def _font(self, ink: Ink) -> QFont:
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
        font.setPointSizeF(ink.size_pt * self._scale)
        font.setBold(ink.bold)
        return font

    def _device(self, area: QRectF) -> QRectF:
        unit = self._unit
        return QRectF(area.x() * unit, area.y() * unit, area.width() * unit, area.height() * unit)

    def _draw_footer(self) -> None:
        ink = Ink(7 / self._scale, "#5C6672")
        place = (Column(0, self.width_pt), self.height_pt + 4)
        self._draw_text(f"{self._footer} · {self.page}", ink, place)


def _option(ink: Ink) -> QTextOption:
    option = QTextOption(ink.align)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option
