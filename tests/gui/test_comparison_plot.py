"""Several sessions on one axis."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from classroom_monitor.gui.comparison_plot import ComparisonPlot
from classroom_monitor.gui.curves import curve_dashes, dashed_pieces
from classroom_monitor.gui.palette import colours_for
from classroom_monitor.sessions.comparison import Aligned, Slot

NAN = float("nan")


def aligned() -> Aligned:
    """Return two sessions of ten columns of ten seconds; the second ends halfway."""
    shares = np.tile(np.array([0.2, 0.3, 0.5]), (2, 10, 1))
    shares[1, 5:] = NAN
    coverage = np.array([[0.9] * 10, [0.6] * 5 + [NAN] * 5])
    counts = np.array([[20.0] * 10, [30.0] * 5 + [NAN] * 5])
    slots = (Slot("Introduction", 0, 40), Slot("Exercise", 40, 100))
    edges = np.arange(11.0) * 10
    return Aligned((4, 7), edges, shares, coverage, counts, counts - 2, slots)


@pytest.fixture
def plot(qtbot: QtBot) -> ComparisonPlot:
    """Both sessions, overlaid."""
    plot = ComparisonPlot()
    qtbot.addWidget(plot)
    plot.resize(800, 300)
    with qtbot.waitExposed(plot):
        plot.show()
    plot.show_aligned(aligned(), ["Week <1>", "Week 2"])
    return plot


def test_each_session_is_a_curve_of_what_is_compared(plot: ComparisonPlot) -> None:
    assert plot.curves.values[:, 0].tolist() == [0.5, 0.5]
    plot.compare("negative")
    assert plot.curves.values[:, 0].tolist() == [0.2, 0.2]
    plot.compare("seen")
    assert plot.curves.values[:, 0].tolist() == [20, 30]
    assert np.isnan(plot.curves.values[1, 5:]).all()


def test_dashes_are_as_long_on_a_slope_as_on_the_level() -> None:
    corners = np.array([0.0, 30.0, 60.0]), np.array([0.0, 40.0, 0.0])  # 100 pixels along
    pieces = dashed_pieces(*corners, (5, 2.5))  # 10 pixels, then 5 left out
    assert sum(piece.length() for piece in pieces) == pytest.approx(70)
    assert (pieces[0].x2(), pieces[0].y2()) == pytest.approx((6, 8))
    assert (pieces[1].x1(), pieces[1].y1()) == pytest.approx((9, 12))
    level = dashed_pieces(np.array([0.0, 100.0]), np.zeros(2), (5, 2.5))
    assert [piece.length() for piece in level] == pytest.approx([10] * 7)


def test_a_line_without_dashes_is_whole() -> None:
    pieces = dashed_pieces(np.array([0.0, 30.0, 60.0]), np.array([0.0, 40.0, 0.0]), ())
    assert [piece.length() for piece in pieces] == [50, 50]


def test_keys_read_zoom_and_pan(plot: ComparisonPlot) -> None:
    assert plot.view_s == (0, 100)
    QTest.keyClick(plot, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert plot.board.text == "0:50; Week <1> 50%; Week 2 –"  # noqa: RUF001
    assert plot.accessibleDescription() == plot.board.text
    QTest.keyClick(plot, Qt.Key.Key_Plus)
    assert plot.view_s == pytest.approx((20, 80))
    QTest.keyClick(plot, Qt.Key.Key_Left)
    assert plot.view_s == pytest.approx((8, 68))
    QTest.keyClick(plot, Qt.Key.Key_Home)
    assert plot.view_s == (0, 100)


def test_counts_are_read_as_counts(plot: ComparisonPlot) -> None:
    plot.compare("seen")
    plot.show_span(0, 40)
    QTest.keyClick(plot, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert plot.board.text == "0:19; Week <1> 20; Week 2 30"


def test_no_two_of_many_curves_look_alike(plot: ComparisonPlot) -> None:
    count = len(colours_for(plot.palette()).curves)
    looks = {(number % count, curve_dashes(number)) for number in range(12)}
    assert len(looks) == 12
    assert len({curve_dashes(number) for number in range(4)}) == 4
