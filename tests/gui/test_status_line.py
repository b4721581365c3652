"""The status line: what is said at once, and what only now and then."""

from dataclasses import replace

from pytestqt.qtbot import QtBot

from classroom_monitor.contracts import CaptureState
from classroom_monitor.gui.status_line import StatusLine
from tests.fakes.services import RUNNING


def line(qtbot: QtBot) -> StatusLine:
    shown = StatusLine()
    qtbot.addWidget(shown)
    return shown


def test_it_says_how_often_faces_are_scored_and_what_is_reduced(qtbot: QtBot) -> None:
    shown = line(qtbot)
    shown.show_status(replace(RUNNING, scored_hz=4.96, effort="reduced: half of the scan"))
    assert "each face scored 5.0/s" in shown.text()
    assert "reduced: half of the scan" in shown.text()
    shown.show_status(RUNNING)
    assert "reduced" not in shown.text()
    assert "scored" not in shown.text()


def test_the_order_of_reductions_is_explained(qtbot: QtBot) -> None:
    told = line(qtbot).toolTip()
    places = [told.index(word) for word in ("mirror", "half speed", "quarter", "twice", "once")]
    assert places == sorted(places)


def test_what_changes_in_words_is_shown_at_once(qtbot: QtBot) -> None:
    shown = line(qtbot)
    shown.show_status(RUNNING)
    shown.show_status(replace(RUNNING, capture=CaptureState.STALLED))
    assert "No picture" in shown.text()
    shown.show_status(replace(RUNNING, engine="another"))
    assert "engine another" in shown.text()


def test_figures_follow_after_a_while(qtbot: QtBot) -> None:
    shown = line(qtbot)
    shown.show_status(RUNNING)
    shown.show_status(replace(RUNNING, skipped=4321))

    def follows() -> bool:
        shown.show_status(replace(RUNNING, skipped=4321))
        return "skipped 4321" in shown.text()

    qtbot.waitUntil(follows)


def test_after_a_session_it_says_that_none_runs(qtbot: QtBot) -> None:
    shown = line(qtbot)
    shown.show_status(RUNNING)
    shown.show_idle()
    assert "No session" in shown.text()
    shown.show_status(RUNNING)
    assert "Running" in shown.text()
