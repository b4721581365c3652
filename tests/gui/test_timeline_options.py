"""The buttons that choose how a timeline is drawn."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from classroom_monitor.gui.timeline_card import TimelineCard
from classroom_monitor.gui.timeline_look import TimelineLook
from classroom_monitor.gui.timeline_options import TimelineOptions
from classroom_monitor.settings import Settings
from tests.fakes.services import scripted_points


def test_each_choice_is_told(qtbot: QtBot) -> None:
    options = TimelineOptions()
    qtbot.addWidget(options)
    options.show()
    looks: list[TimelineLook] = []
    options.changed.connect(looks.append)
    QTest.mouseClick(options.lines, Qt.MouseButton.LeftButton)
    QTest.mouseClick(options.bands, Qt.MouseButton.LeftButton)
    options.smoothing.setFocus()
    QTest.keyClick(options.smoothing, Qt.Key.Key_Down)
    assert looks == [
        TimelineLook("lines"),
        TimelineLook("lines", bands=False),
        TimelineLook("lines", bands=False, smoothing_s=5),
    ]


def test_a_look_from_the_settings_is_shown_quietly(qtbot: QtBot) -> None:
    options = TimelineOptions()
    qtbot.addWidget(options)
    look = TimelineLook.chosen(Settings(timeline_style="lines", bands=False, smoothing_s=7))
    with qtbot.assertNotEmitted(options.changed):
        options.show_look(look)
    assert options.lines.isChecked()
    assert not options.bands.isChecked()
    assert options.smoothing.currentText() == "7 s mean"
    assert options.look == look


def test_the_look_decides_what_is_drawn(qtbot: QtBot) -> None:
    card = TimelineCard(navigable=True)
    qtbot.addWidget(card)
    card.plot.extend(scripted_points())
    shown = []
    for look in (TimelineLook(), TimelineLook("lines"), TimelineLook("lines", bands=False)):
        card.set_look(look)
        curves = card.plot.curves
        items = (curves.moods, curves.borders, curves.lines, curves.bounds, curves.faces)
        shown.append([item.isVisible() for item in items])
    card.set_counts_only(True)
    shown.append([item.isVisible() for item in items])
    assert shown == [
        [True, True, False, False, False],
        [False, False, True, True, False],
        [False, False, True, False, False],
        [False, False, False, False, True],
    ]
