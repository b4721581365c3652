"""A camera is asked for the resolution that was chosen; whether it has it, its pictures tell."""

from __future__ import annotations

import pytest

from classroom_monitor.contracts import Resolution
from classroom_monitor.vision.camera import open_camera
from classroom_monitor.vision.opencv import cv2
from classroom_monitor.vision.video_source import VideoSource

ASKED = (cv2.CAP_PROP_FRAME_WIDTH, cv2.CAP_PROP_FRAME_HEIGHT)


@pytest.mark.parametrize("source", ["0", "/dev/video3"])
@pytest.mark.parametrize(
    ("resolution", "size"),
    [
        ("auto", [1920, 1080]),
        ("640x480", [640, 480]),
        ("1280x720", [1280, 720]),
        ("3840x2160", [3840, 2160]),
    ],
)
def test_a_device_is_asked_for_the_chosen_resolution(
    monkeypatch: pytest.MonkeyPatch, source: str, resolution: Resolution, size: list[int]
) -> None:
    asked: dict[int, float] = {}

    def refuse(_: VideoSource, prop: int, value: float) -> bool:
        asked[prop] = value
        return False

    monkeypatch.setattr(VideoSource, "open", lambda *_: True)
    monkeypatch.setattr(VideoSource, "set", refuse)
    open_camera(source, resolution).open()
    assert [asked[prop] for prop in ASKED] == size
