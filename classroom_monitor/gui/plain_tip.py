"""Tooltips that show a text as it is."""

from __future__ import annotations

from PySide6.QtGui import Qt


def plain_tip(text: str) -> str:
    """Return a tooltip's text for a title, a name or a note that anybody may have written.

    Qt takes what looks like HTML for HTML, and would fetch its pictures, on Windows from any
    machine whose name stands in them.
    """
    return Qt.convertFromPlainText(text) if Qt.mightBeRichText(text) else text
