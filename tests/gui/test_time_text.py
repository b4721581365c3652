"""Times and texts that are typed for markers, segments and stretches left out."""

import pytest
from PySide6.QtWidgets import QDialogButtonBox
from pytestqt.qtbot import QtBot

from classroom_monitor.contracts import Annotation, Exclusion, ImportedSegment, Marker, Segment
from classroom_monitor.gui.annotation_dialog import AnnotationDialog
from classroom_monitor.gui.segment_import_dialog import timed
from classroom_monitor.gui.time_text import retimed, seconds_from


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("0", 0.0),
        ("90", 90.0),
        ("12:30", 750.0),
        (" 1:02:03 ", 3723.0),
        ("1:02,5", 62.5),
        ("75:00", 4500.0),
    ],
)
def test_times_are_read_as_they_are_shown(text: str, seconds: float) -> None:
    assert seconds_from(text) == seconds


@pytest.mark.parametrize(
    "text", ["", "x", "-5", "1:60", "1:75:00", "1:2:3:4", "1.5:00", "nan", "inf", ":", "1:-2"]
)
def test_what_is_no_time_is_none(text: str) -> None:
    assert seconds_from(text) is None


def test_a_time_that_was_only_looked_at_keeps_its_fraction() -> None:
    assert retimed("1:02", 62.75, 100.0) is None
    assert retimed("1:03", 62.75, 100.0) == 63.0
    assert retimed("5:00", 62.75, 100.0) == 100.0
    assert retimed("soon", 62.75, 100.0) is None


@pytest.mark.parametrize(
    ("item", "start", "end", "text", "typed"),
    [
        (Marker(4, 2.5, "a"), "0:02", "", "b", Marker(4, 2.5, "b")),
        (Marker(0, 2.5, "a"), "0:59", "", "", Marker(0, 59.0, "")),
        (Marker(0, 2.5, "a"), "1:01", "", "late", None),
        (Segment(0, 2.5, ""), "0:10", "", " Proof ", Segment(0, 10.0, "Proof")),
        (Segment(0, 2.5, ""), "0:10", "", "  ", None),
        (Exclusion(0, 5.0, 9.0), "0:05", "0:20", "", Exclusion(0, 5.0, 20.0, "")),
        (Exclusion(0, 5.0, 9.0), "0:05", "0:05", "", None),
        (Exclusion(0, 5.0, 9.0), "0:05", "2:00", "", None),
    ],
)
def test_a_dialog_gives_what_makes_sense(
    qtbot: QtBot, item: Annotation, start: str, end: str, text: str, typed: Annotation | None
) -> None:
    dialog = AnnotationDialog(item, 60.0)
    qtbot.addWidget(dialog)
    dialog.start.setText(start)
    dialog.end.setText(end)
    dialog.text.setText(text)
    assert dialog.item() == typed
    (buttons,) = dialog.findChildren(QDialogButtonBox)
    (accept,) = (
        button
        for button in buttons.buttons()
        if buttons.buttonRole(button) is QDialogButtonBox.ButtonRole.AcceptRole
    )
    assert accept.isEnabled() == (typed is not None)


def test_segments_without_times_follow_the_one_before() -> None:
    imported = [
        ImportedSegment(None, "First"),
        ImportedSegment(None, "Second"),
        ImportedSegment(600.0, "Third"),
        ImportedSegment(None, "Fourth"),
    ]
    assert timed(imported, 10.0, 60.0) == (
        Segment(0, 10.0, "First"),
        Segment(0, 70.0, "Second"),
        Segment(0, 610.0, "Third"),
        Segment(0, 670.0, "Fourth"),
    )
