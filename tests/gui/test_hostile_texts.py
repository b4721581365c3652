"""Titles and names that look like HTML are shown as they are: nothing is fetched for them."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QListView, QWidget
from pytestqt.qtbot import QtBot

from classroom_monitor.contracts import Annotations, Exclusion, Marker, Segment
from classroom_monitor.gui.main_window import MainWindow
from classroom_monitor.gui.plain_tip import plain_tip
from classroom_monitor.gui.services import StoredSession
from classroom_monitor.settings import Settings
from tests.fakes.services import FakeServices
from tests.fakes.services import stored_session as harmless_session
from tests.gui import scenes

TAG = "<img src='//elsewhere/share/x.png'>"


def hostile_session(session_id: int, title: str = "") -> StoredSession:
    """A stored session, all of whose texts look like HTML."""
    whole = harmless_session(session_id)
    info = replace(whole.info, title=TAG, source=TAG, course=TAG, notes=TAG, model=TAG, engine=TAG)
    annotations = Annotations(
        (Marker(1, 2.5, TAG),),
        (Segment(1, 0.0, TAG), Segment(2, 5.0, TAG)),
        (Exclusion(1, 6.0, 8.0, TAG),),
    )
    return StoredSession(info, whole.points, annotations)


def taken_for_html() -> Iterator[str]:
    """What would be rendered: the tag in tooltips and in labels, wherever they are."""
    for top in QApplication.topLevelWidgets():
        for widget in [top, *top.findChildren(QWidget)]:
            if TAG in widget.toolTip():
                yield f"the tooltip of {type(widget).__name__}"
            if isinstance(widget, QLabel) and renders(widget):
                yield f"a label in {type(widget.parentWidget()).__name__}: {widget.text()}"
            if isinstance(widget, QAbstractItemView) and widget.model() is not None:
                yield from tooltips_of_items(widget)


def renders(label: QLabel) -> bool:
    return TAG in label.text() and label.textFormat() != Qt.TextFormat.PlainText


def tooltips_of_items(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    columns = 1 if isinstance(view, QListView) else model.columnCount()
    for row in range(model.rowCount()):
        for column in range(columns):
            tip = model.index(row, column).data(Qt.ItemDataRole.ToolTipRole)
            if TAG in str(tip):
                yield f"the tooltip of {type(model).__name__}, column {column}"


@pytest.fixture
def services() -> FakeServices:
    """A program whose settings hold such texts, too."""
    settings = Settings(region="other", informed=True, source=TAG, title=TAG, course=TAG)
    return FakeServices(replace(settings, marker_labels=TAG))


@pytest.mark.parametrize("scene", scenes.SCENES, ids=lambda scene: scene.__name__)
def test_no_text_of_a_session_is_taken_for_html(
    qtbot: QtBot,
    window: MainWindow,
    services: FakeServices,
    scene: scenes.Scene,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(scenes, "stored_session", hostile_session)
    root = scene(qtbot, window, services)
    assert sorted(set(taken_for_html())) == []
    scenes.close(root, window)


def test_a_tooltip_is_only_changed_where_it_looks_like_html() -> None:
    assert plain_tip("Optics < Waves & Light") == "Optics < Waves & Light"
    assert TAG not in plain_tip(TAG)
