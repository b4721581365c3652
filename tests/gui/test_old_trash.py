"""The window empties the trash of earlier times, and nobody is bothered where it can't."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from classroom_monitor.errors import StoreProblem
from classroom_monitor.gui.main_window import MainWindow
from tests.fakes.services import FakeServices


@pytest.mark.usefixtures("window")
def test_opening_the_window_purges_old_trash(qtbot: QtBot, services: FakeServices) -> None:
    qtbot.waitUntil(lambda: services.old_trash_purges == 1)


def test_trash_that_cannot_be_purged_is_only_logged(
    qtbot: QtBot, services: FakeServices, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse() -> None:
        raise StoreProblem("the fake disk is full")

    services.purge_old_trash = refuse  # type: ignore[method-assign]
    window = MainWindow(services)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: "the fake disk is full" in caplog.text)
    assert not window.problem_notice.isVisible()
