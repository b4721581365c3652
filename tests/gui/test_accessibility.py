"""The keyboard reaches everything, in an order that ends, and a screen reader names it."""

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from classroom_monitor.gui.main_window import MainWindow
from classroom_monitor.settings import Settings
from tests.fakes.services import FakeServices
from tests.gui.scenes import SCENES, Scene, close, session_opened

MOST_STEPS = 150
SAME_ROW_PX = 10


def focusable(root: QWidget) -> list[QWidget]:
    """Return what the Tab key is to reach, in no order."""
    return [
        widget
        for widget in root.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isVisible()
        and widget.isEnabled()
        and widget.window() is root.window()
        and widget.focusProxy() is None
        and not beside_the_chosen_one(widget)
    ]


def beside_the_chosen_one(widget: QWidget) -> bool:
    """Whether this is a radio button that the arrow keys reach, from the one that is chosen."""
    if not isinstance(widget, QRadioButton) or widget.isChecked():
        return False
    group = widget.group()
    return group is not None and group.checkedButton() is not None


def spoken_name(widget: QWidget) -> str:
    """Return what a screen reader says to name a widget."""
    if isinstance(widget, QComboBox):  # its value stands in for a missing name
        return widget.accessibleName()
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name).strip() if interface is not None else ""


def described(widget: QWidget) -> str:
    """Return a widget as a failed test names it."""
    parents: list[str] = []
    above: QWidget | None = widget
    while above is not None and len(parents) < 3:
        parents.append(type(above).__name__)
        above = above.parentWidget()
    return " in ".join(parents)


def tabbed_through(qtbot: QtBot, root: QWidget) -> list[QWidget]:
    """Press Tab until it comes round, and return the widgets in the order of the focus."""
    root.window().activateWindow()
    qtbot.waitUntil(root.window().isActiveWindow)
    first = focusable(root)[0]
    first.setFocus(Qt.FocusReason.TabFocusReason)
    seen: list[QWidget] = []
    for _ in range(MOST_STEPS):
        focused = QApplication.focusWidget()
        assert focused is not None
        if seen and focused is seen[0]:
            return seen
        if not seen or focused is not seen[-1]:
            seen.append(focused)
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    raise AssertionError(f"Tab never comes round: {[described(widget) for widget in seen[-3:]]}")


@pytest.mark.parametrize("scene", SCENES)
def test_all_that_takes_the_focus_has_a_name(
    qtbot: QtBot, window: MainWindow, services: FakeServices, scene: Scene
) -> None:
    root = scene(qtbot, window, services)
    widgets = focusable(root)
    assert len(widgets) > 2
    assert [described(widget) for widget in widgets if not spoken_name(widget)] == []
    close(root, window)


@pytest.mark.parametrize("scene", SCENES)
def test_the_tab_key_reaches_everything_and_comes_round(
    qtbot: QtBot, window: MainWindow, services: FakeServices, scene: Scene
) -> None:
    root = scene(qtbot, window, services)
    reached = tabbed_through(qtbot, root)
    missed = [described(widget) for widget in focusable(root) if widget not in reached]
    assert missed == []
    backwards = [
        f"{spoken_name(after)} after {spoken_name(before)}"
        for before, after in pairwise(reached)
        if abs(top(after) - top(before)) < SAME_ROW_PX and left(after) < left(before)
    ]
    assert backwards == []
    close(root, window)


def test_in_review_the_options_of_the_timeline_come_before_it(
    qtbot: QtBot, window: MainWindow, services: FakeServices
) -> None:
    reached = tabbed_through(qtbot, session_opened(qtbot, window, services))
    view = window.sessions.view
    expected = [view.options.stacked, view.options.bands, view.options.smoothing, view.plot]
    assert [widget for widget in reached if widget in expected] == expected


def top(widget: QWidget) -> int:
    """Return where a widget begins in its window, from above."""
    return widget.mapTo(widget.window(), widget.rect().topLeft()).y()


def left(widget: QWidget) -> int:
    """Return where a widget begins in its window, from the left."""
    return widget.mapTo(widget.window(), widget.rect().topLeft()).x()


def test_the_first_start_page_is_named_and_reached(qtbot: QtBot) -> None:
    window = MainWindow(FakeServices(Settings()))
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    page = window.gate.page
    assert page is not None
    for region, key in ((page.europe, Qt.Key.Key_Space), (page.elsewhere, Qt.Key.Key_Down)):
        QTest.keyClick(page.europe, key)
        assert region.isChecked()
        assert all(spoken_name(widget) for widget in focusable(page))
        reached = tabbed_through(qtbot, page)
        assert set(focusable(page)) <= set(reached)
        assert reached.index(page.quit) > reached.index(region)
