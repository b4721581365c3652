"""The demo as a camera: its frames, its clock, its script and its picture source."""

from __future__ import annotations

import importlib.util
from importlib.machinery import ModuleSpec
from pathlib import Path

import numpy as np
import pytest

from classroom_monitor.contracts import Camera, EndOfRecording, Frame
from classroom_monitor.errors import CameraProblem
from classroom_monitor.vision.demo import (
    DEMO_TITLE,
    PERIOD_S,
    DemoCamera,
    demo_levels,
    demo_schedule,
)
from classroom_monitor.vision.demo_portrait import portrait_path
from classroom_monitor.vision.demo_room import STUDENTS
from classroom_monitor.vision.opencv import cv2


class FakeTime:
    """A clock that only moves when somebody sleeps or lets it."""

    def __init__(self) -> None:
        self.now_s = 1000.0
        self.slept_s: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept_s.append(seconds)
        self.now_s += seconds


def read_all(camera: Camera) -> list[Frame]:
    read: list[Frame] = []
    while True:
        try:
            read.append(camera.read())
        except EndOfRecording:
            return read


def test_a_recording_of_the_demo_ends_after_its_duration_and_can_be_read_again() -> None:
    camera = DemoCamera(duration_s=1.2, rate_hz=5.0)
    assert (camera.is_live, camera.duration_s, camera.name) == (False, 1.2, DEMO_TITLE)
    camera.open()
    first = read_all(camera)
    with pytest.raises(EndOfRecording):
        camera.read()
    camera.close()
    camera.close()
    camera.open()
    second = read_all(camera)
    assert [frame.index for frame in first] == list(range(6))
    assert [frame.captured_at_s for frame in first] == pytest.approx([0, 0.2, 0.4, 0.6, 0.8, 1.0])
    for one, other in zip(first, second, strict=True):
        np.testing.assert_array_equal(one.image_bgr, other.image_bgr)


def test_frames_are_pictures_of_their_own_that_differ_by_what_moves() -> None:
    camera = DemoCamera(duration_s=4.0, rate_hz=1.0)
    camera.open()
    first = camera.read()
    kept = first.image_bgr.copy()
    others = [camera.read() for _ in range(3)]
    assert kept.shape == (720, 1280, 3)
    assert kept.dtype == np.uint8
    np.testing.assert_array_equal(first.image_bgr, kept)
    board = (slice(20, 140), slice(350, 930))
    for other in others:
        assert (other.image_bgr != kept).mean() > 0.02
        np.testing.assert_array_equal(other.image_bgr[board], kept[board])


def test_a_closed_demo_says_so() -> None:
    camera = DemoCamera()
    with pytest.raises(CameraProblem, match="not open"):
        camera.read()
    camera.open()
    camera.close()
    with pytest.raises(CameraProblem, match="not open"):
        camera.read()


def test_the_live_demo_keeps_the_clock_and_never_hurries_to_catch_up() -> None:
    clock = FakeTime()
    camera = DemoCamera(rate_hz=10.0, clock=lambda: clock.now_s, sleep=clock.sleep)
    assert camera.is_live
    assert camera.duration_s is None
    camera.open()
    clock.now_s += 5.0  # nobody reads at once
    on_time = [camera.read().captured_at_s for _ in range(3)]
    clock.now_s += 1.0  # a reader that was busy
    late = [camera.read().captured_at_s for _ in range(3)]
    assert on_time == pytest.approx([0.0, 0.1, 0.2])
    assert late == pytest.approx([1.2, 1.3, 1.4])
    assert clock.slept_s == pytest.approx([0.1, 0.1, 0.1, 0.1])


@pytest.mark.parametrize("period_s", [60.0, 30.0, 6.0])
def test_the_script_gives_each_mood_a_clear_majority_for_a_quarter_of_the_time(
    period_s: float,
) -> None:
    times = np.arange(0, period_s, period_s / 600)
    shares = np.array([demo_schedule(float(t_s), period_s) for t_s in times])
    assert shares.sum(axis=1) == pytest.approx(np.ones(len(times)))
    assert ((shares >= 0.8).mean(axis=0) > 0.25).all()


def test_a_longer_demo_repeats_the_script() -> None:
    for t_s in (25.0, 45.0, 59.5):
        np.testing.assert_allclose(demo_levels(t_s), demo_levels(t_s + 3 * PERIOD_S))


def test_faces_change_gradually() -> None:
    levels = np.array([demo_levels(t_s) for t_s in np.arange(0, 2 * PERIOD_S, 0.1)])
    assert levels.shape[1] == STUDENTS
    assert np.abs(np.diff(levels, axis=0)).max() <= 0.25
    assert levels.min() == -1.0
    assert levels.max() == 1.0


def test_without_matplotlib_the_demo_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    def find_nothing(name: str) -> ModuleSpec | None:
        return None

    monkeypatch.setattr(importlib.util, "find_spec", find_nothing)
    with pytest.raises(CameraProblem, match=r"^[^\n]*matplotlib[^\n]*install[^\n]*$"):
        DemoCamera().open()


@pytest.mark.parametrize("content", ["nothing", "no picture", "another picture"])
def test_a_wrong_portrait_is_named(
    content: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "mpl-data" / "sample_data" / "grace_hopper.jpg"
    path.parent.mkdir(parents=True)
    if content == "no picture":
        path.write_bytes(b"this is text")
    elif content == "another picture":
        assert cv2.imwrite(str(path), np.zeros((20, 20, 3), np.uint8))
    spec = ModuleSpec("matplotlib", None, is_package=True)
    spec.submodule_search_locations = [str(tmp_path)]
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: spec)
    with pytest.raises(CameraProblem, match="reinstall") as raised:
        DemoCamera().open()
    assert str(path) in str(raised.value)
    assert "\n" not in str(raised.value)


def test_the_portrait_is_there_in_a_core_install() -> None:
    assert portrait_path().is_file()
