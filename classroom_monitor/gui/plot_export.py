"""Copies a session's plot, and saves it as PNG or SVG.

The plot is drawn anew from the session, on white and as sharp as wanted, and not grabbed from the
screen: it obeys the group minimum and what was left out as every export does.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QSize
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from classroom_monitor.errors import EnvironmentProblem
from classroom_monitor.gui.services import StoredSession
from classroom_monitor.sessions.export_files import encoded, replace_files
from classroom_monitor.sessions.report_timeline import TimelineDrawing, timeline_svg

PNG_SCALE = 3.0
"""Pixels for each of the drawing's units: 1980 in width, which fills a slide."""

_SVG_TYPE = "image/svg+xml"


def plot_svg(session: StoredSession, drawing: TimelineDrawing | None = None) -> str:
    """Return a session's plot as the text of an SVG file; a moment for eight hours."""
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{timeline_svg(session, drawing)}\n'


def plot_image(svg: str, scale: float = PNG_SCALE) -> QImage:
    """Return an SVG as a picture on white."""
    renderer = QSvgRenderer(QByteArray(encoded(svg)))
    size = renderer.defaultSize()
    image = QImage(
        QSize(round(size.width() * scale), round(size.height() * scale)), QImage.Format.Format_RGB32
    )
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    return image


def save_plot(path: Path, svg: str) -> None:
    """Write a plot as the file's ending says, .png or .svg; an old file is replaced whole.

    Raises EnvironmentProblem for another ending and for a target that cannot be written.
    """
    match path.suffix.lower():
        case ".svg":
            replace_files({path: encoded(svg)})
        case ".png":
            replace_files({path: png_bytes(plot_image(svg))})
        case _:
            raise EnvironmentProblem(f"{path}: a plot is saved as .png or .svg; choose such a name")


def copy_plot(svg: str, image: QImage) -> None:
    """Put a plot on the clipboard, as a picture and, for programs that take it, as SVG.

    For the window's own thread; image is plot_image(svg), which any thread may paint.
    """
    copied = QMimeData()
    copied.setImageData(image)
    copied.setData(_SVG_TYPE, QByteArray(encoded(svg)))
    QGuiApplication.clipboard().setMimeData(copied)


def png_bytes(image: QImage) -> bytes:
    """Return a picture as the bytes of a PNG file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())
