"""A real room check in the window, over a camera that only one may have open at a time."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from classroom_monitor.gui.live_control import Phase
from classroom_monitor.gui.main_window import MainWindow
from classroom_monitor.gui.services import RoomPreview, SessionRequest
from classroom_monitor.live.room_check import RoomCheck, RoomCheckParts
from classroom_monitor.vision.quality import QualityRule
from classroom_monitor.vision.room_check import RoomMeter
from tests.fakes.analyser import FakeAnalyser
from tests.fakes.camera import FakeCamera, flow
from tests.fakes.services import FakeServices, FakeSession


class OneCamera(FakeServices):
    """Services whose checks are real; a session starts only where the camera is free."""

    def __init__(self) -> None:
        super().__init__()
        self.over = threading.Event()
        self.cameras_opened: list[FakeCamera] = []
        self.was_free: list[bool] = []

    @property
    def is_free(self) -> bool:
        """Whether everybody who opened the camera has closed it."""
        return all(camera.calls == ["open", "close"] for camera in self.cameras_opened)

    def check_room(self, request: SessionRequest) -> RoomPreview:  # type: ignore[override]
        self.was_free.append(self.is_free)
        check = RoomCheck(
            RoomCheckParts(
                make_camera=self._camera,
                make_follower=FakeAnalyser().make_follower,
                make_meter=lambda: RoomMeter(QualityRule(min_face_px=4.0)),
            )
        )
        check.start()
        return check

    def start(self, request: SessionRequest) -> FakeSession:
        self.was_free.append(self.is_free)
        return super().start(request)

    def _camera(self) -> FakeCamera:
        self.cameras_opened.append(FakeCamera(flow(self.over)))
        return self.cameras_opened[-1]


@pytest.fixture
def services() -> Iterator[OneCamera]:
    """Takes the place of the fake services that the window fixture is made with."""
    services = OneCamera()
    yield services
    services.over.set()


def test_check_look_again_and_start_never_share_the_camera(
    qtbot: QtBot, window: MainWindow, services: OneCamera
) -> None:
    setup, panel = window.live.setup, window.live.before.panel
    QTest.mouseClick(setup.check, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: panel.totals.text() == "6 of 6 faces usable")
    setup.mode.setCurrentIndex(setup.mode.findData("near"))
    qtbot.waitUntil(lambda: len(services.cameras_opened) == 2)
    qtbot.waitUntil(lambda: panel.totals.text() == "6 of 6 faces usable")
    QTest.mouseClick(setup.start, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.live.control.phase is Phase.RUNNING)
    assert services.was_free == [True, True, True]
    assert services.is_free
