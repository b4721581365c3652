"""Makes PDFs of A4 pages, of one wherever it can; no screen needed.

It needs a QGuiApplication, for fonts: the window has one, a command makes one that shows nothing.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF
from PySide6.QtGui import QFontDatabase, QGuiApplication, QPageSize, QPainter, QPdfWriter

from classroom_monitor.errors import EnvironmentProblem
from classroom_monitor.gui.page_flow import PageFlow

_RESOLUTION_DPI = 600
_MARGIN_MM = 14.0
_SCALES = (1.0, 0.92, 0.85)
"""Sizes tried so that everything fits one page; smaller ones are hard to read on paper."""


def offscreen_application() -> QGuiApplication:
    """Return an application for a command, which must keep it while it writes PDFs.

    On Linux it needs no display; elsewhere a machine always has one.
    """
    shown = [] if sys.platform in ("win32", "darwin") else ["-platform", "offscreen"]
    return QGuiApplication(["classroom-monitor", *shown])


def fitted_pdf(title: str, footer: str, fill: Callable[[PageFlow], None]) -> bytes:
    """Return the bytes of a PDF that fill has written, a little smaller where it then fits a page.

    Any thread may call it. Raises EnvironmentProblem on a machine without fonts.
    """
    if not QFontDatabase.families():
        raise EnvironmentProblem(
            "this machine has no fonts, which a PDF needs: install some (DejaVu, for example), "
            "or export HTML"
        )
    for scale in (*_SCALES, _SCALES[0]):
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        pages = _write(QPdfWriter(buffer), scale, (title, footer), fill)
        if pages == 1:
            break
    return bytes(buffer.data().data())


def _write(
    writer: QPdfWriter, scale: float, names: tuple[str, str], fill: Callable[[PageFlow], None]
) -> int:
    """Write the pages, under a title and over a footer, and return how many there are."""
    title, footer = names
    writer.setResolution(_RESOLUTION_DPI)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM))
    writer.setTitle(title)
    writer.setCreator("Classroom Monitor")
    painter = QPainter(writer)
    try:
        flow = PageFlow(writer, painter, scale, footer)
        fill(flow)
        return flow.page
    finally:
        painter.end()
