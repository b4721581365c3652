"""A session is planned as it was asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from classroom_monitor.app import run_options, session_parts, session_plan
from classroom_monitor.contracts import Resolution
from classroom_monitor.gui.services import DEMO_SOURCE
from classroom_monitor.settings import Settings
from classroom_monitor.vision.opencv import cv2
from classroom_monitor.vision.video_source import VideoSource

OPTIONS = run_options(Settings(region="other", resolution="1280x720"))


def test_course_and_title_reach_the_store() -> None:
    plan = session_plan("0", "Optics 4", OPTIONS, "Physics 1")
    new = plan.begun(datetime(2026, 3, 2, tzinfo=UTC), "litert-int8")
    assert (new.title, new.course, new.source) == ("Optics 4", "Physics 1", "camera 0")
    assert session_plan("0", "", OPTIONS).title == "camera 0"


@pytest.mark.parametrize(
    ("source", "resolution"),
    [("0", "1280x720"), ("Webcam", "1280x720"), ("lecture.mp4", "auto"), (DEMO_SOURCE, "auto")],
)
def test_only_a_camera_can_lack_a_resolution(source: str, resolution: Resolution) -> None:
    assert session_plan(source, "", OPTIONS).resolution == resolution


def test_the_chosen_resolution_is_asked_of_the_camera(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: dict[int, float] = {}
    monkeypatch.setattr(VideoSource, "open", lambda *_: True)
    monkeypatch.setattr(
        VideoSource, "set", lambda _, prop, value: bool(asked.update({prop: value}))
    )
    session_parts("0", replace(OPTIONS, resolution="640x480")).make_camera().open()
    assert asked[cv2.CAP_PROP_FRAME_WIDTH] == 640
    assert asked[cv2.CAP_PROP_FRAME_HEIGHT] == 480
