"""The binding itself, where a bad release would end the program without a traceback."""

import sys

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None lives forever since Python 3.12")
def test_calls_into_qt_do_not_use_up_none(qtbot: QtBot) -> None:
    """PySide6 6.12.0 drops a reference to None with each call on Python 3.11, until it aborts."""
    widget = QWidget()
    qtbot.addWidget(widget)
    before = sys.getrefcount(None)
    for _ in range(1000):
        widget.setAccessibleName("name")
    assert sys.getrefcount(None) > before - 100
