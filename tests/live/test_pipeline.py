"""Stages in threads: the same results as in turn, and nothing left behind when one fails."""

from __future__ import annotations

import threading
import traceback
from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from classroom_monitor.app import RunOptions, session_parts
from classroom_monitor.contracts import EndOfRecording, Frame
from classroom_monitor.live.ahead import Ahead
from classroom_monitor.live.decoder import Decoder
from classroom_monitor.live.parts import Analysis, SessionParts
from classroom_monitor.live.pipeline import Pipeline
from classroom_monitor.model_choice import DEFAULT_MODEL
from classroom_monitor.resources import models_dir
from classroom_monitor.vision.follower import Followed
from tests.fakes.analyser import FakeAnalyser
from tests.fakes.camera import FakeCamera, frames, picture
from tests.fakes.writer import FakeStore
from tests.live.rig import PATIENCE_S, eventually

STAGES = {"decoder", "following", "scoring"}


def count_to(last: int, closed: list[str]) -> Generator[int, None, None]:
    try:
        yield from range(last)
    finally:
        closed.append(threading.current_thread().name)


def test_items_come_in_order_and_then_none() -> None:
    closed: list[str] = []
    with closing(Ahead("counting", lambda: count_to(50, closed), 3)) as ahead:
        assert [ahead.take() for _ in range(52)] == [*range(50), None, None]
    assert closed == ["counting"]


def test_it_runs_no_further_ahead_than_it_may() -> None:
    made: list[int] = []

    def make() -> Generator[int, None, None]:
        for item in range(100):
            made.append(item)
            yield item

    with closing(Ahead("counting", make, 3)) as ahead:
        eventually(lambda: len(made) == 4)  # three wait, one is being handed on
        assert ahead.take() == 0
        eventually(lambda: len(made) == 5)
    assert len(made) == 5


def test_closing_ends_a_stage_that_waits_for_room_or_for_items() -> None:
    closed: list[str] = []
    source = Ahead("first", lambda: count_to(1000, closed), 1)

    def doubled() -> Generator[int, None, None]:
        try:
            while (item := source.take()) is not None:
                yield 2 * item
        finally:
            closed.append(threading.current_thread().name)

    second = Ahead("second", doubled, 1)
    assert second.take() == 0
    for stage in (source, second):
        stage.stop()
    for stage in (source, second):
        stage.close()
    assert sorted(closed) == ["first", "second"]
    assert second.take() is None


def test_an_error_comes_after_the_items_before_it_and_with_its_traceback() -> None:
    def fail_late() -> Generator[int, None, None]:
        yield 1
        raise ZeroDivisionError("in the thread")

    with closing(Ahead("failing", fail_late, 3)) as ahead:
        assert ahead.take() == 1
        with pytest.raises(ZeroDivisionError) as raised:
            ahead.take()
    assert "fail_late" in [entry.name for entry in traceback.extract_tb(raised.value.__traceback__)]


def parts_of(analyser: FakeAnalyser, camera: FakeCamera) -> SessionParts:
    return SessionParts(
        lambda: camera, analyser.make_follower, analyser.make_scorer, FakeStore().open
    )


def test_each_stage_is_made_used_and_closed_by_a_thread_of_its_own() -> None:
    analyser, camera = FakeAnalyser(), FakeCamera(frames(20, 0.2), is_live=False)
    parts = parts_of(analyser, camera)
    with closing(Pipeline(Decoder(parts.make_camera, 5.0), parts)) as pipeline:
        looks = list(iter(pipeline.next_analysis, None))
        assert pipeline.engine == "fake engine"
    assert [look.look.at_s for look in looks] == pytest.approx([0.2 * n for n in range(20)])
    assert analyser.threads == {("follower", "following"), ("scorer", "scoring")}
    assert analyser.closed


@pytest.mark.parametrize("stage", ["before", "while_scoring"])
def test_a_stage_that_fails_ends_the_others(stage: str) -> None:
    def trip(item: Frame | Followed) -> None:
        at_s = item.captured_at_s if isinstance(item, Frame) else item.at_s
        if at_s > 1.9:
            raise ZeroDivisionError(stage)

    analyser = FakeAnalyser(**{stage: trip})  # type: ignore[arg-type]
    camera = FakeCamera(frames(100_000, 0.2), is_live=False)
    parts = parts_of(analyser, camera)
    looks: list[Analysis] = []
    with (
        closing(Pipeline(Decoder(parts.make_camera, 5.0), parts)) as pipeline,
        pytest.raises(ZeroDivisionError, match=stage),
    ):
        looks.extend(iter(pipeline.next_analysis, None))
    assert len(looks) == 10
    assert analyser.closed
    assert camera.calls == ["open", "close"]
    assert STAGES.isdisjoint(thread.name for thread in threading.enumerate())


def test_stages_work_at_the_same_time() -> None:
    """The scorer waits for a later frame to be followed: in one thread that never comes."""
    third_followed = threading.Event()

    def follow(frame: Frame) -> None:
        if frame.index == 2:
            third_followed.set()

    def score(followed: Followed) -> None:
        assert third_followed.wait(PATIENCE_S)

    analyser = FakeAnalyser(before=follow, while_scoring=score)
    parts = parts_of(analyser, FakeCamera(frames(3, 0.2), is_live=False))
    with closing(Pipeline(Decoder(parts.make_camera, 5.0), parts)) as pipeline:
        assert len(list(iter(pipeline.next_analysis, None))) == 3


@dataclass
class CountingCamera:
    """Implements contracts.Camera and decoder.PassingCamera; counts the pictures made."""

    length: int
    name: str = "counting"
    is_live: bool = False
    duration_s: float | None = None
    pictures: list[int] = field(default_factory=list)
    place: int = -1

    def open(self) -> None:
        self.place = -1

    def read(self) -> Frame:
        raise AssertionError("a whole read of a frame that may not be wanted")

    def advance(self) -> float:
        self.place += 1
        if self.place == self.length:
            raise EndOfRecording
        return self.place / 25

    def current(self) -> Frame:
        self.pictures.append(self.place)
        return Frame(self.place, self.place / 25, picture())

    def close(self) -> None:
        pass


@pytest.mark.parametrize(("from_s", "wanted"), [(0.0, range(0, 100, 5)), (2.0, range(50, 100, 5))])
def test_no_picture_is_made_of_a_frame_that_is_passed_over(from_s: float, wanted: range) -> None:
    camera = CountingCamera(length=100)
    with closing(Decoder(lambda: camera, 5.0, from_s)) as decoder:
        looked_at = list(iter(decoder.next_frame, None))
        assert (decoder.frames, decoder.last_at_s) == (100, 99 / 25)
    assert [frame.index for frame in looked_at] == camera.pictures == list(wanted)


def test_a_long_way_to_the_first_frame_can_be_broken_off() -> None:
    camera = CountingCamera(length=10**9)
    decoder = Decoder(lambda: camera, 5.0, from_s=1e9)
    eventually(lambda: camera.place > 100)
    decoder.close()
    assert STAGES.isdisjoint(thread.name for thread in threading.enumerate())


@pytest.mark.parametrize("clip", ["real_classroom_4.mp4", "real_two_people.mp4"])
def test_real_stages_give_the_same_in_threads_as_in_turn(
    clip: str, shared_dir: Path, tmp_path: Path
) -> None:
    options = RunOptions("room", 1, False, models_dir() / DEFAULT_MODEL, tmp_path)
    parts = session_parts(str(shared_dir / "clips" / clip), options)
    with closing(Decoder(parts.make_camera, 5.0)) as decoder:
        wanted = list(iter(decoder.next_frame, None))
    with closing(parts.make_follower()) as follower, closing(parts.make_scorer()) as scorer:
        in_turn = [scorer.score(follower.follow(frame)) for frame in wanted]
    with closing(Pipeline(Decoder(parts.make_camera, 5.0), parts)) as pipeline:
        in_threads = list(iter(pipeline.next_analysis, None))
    assert len(in_threads) == len(in_turn) >= 10
    assert any(analysis.look.used for analysis in in_turn)
    for one, other in zip(in_turn, in_threads, strict=True):
        assert exactly(one) == exactly(other)


def exactly(analysis: Analysis) -> list[object]:
    """Everything in an analysis, arrays as bytes."""
    look, rows = analysis.look, analysis.look.used_probabilities
    assert rows is not None
    values: list[object] = [look.at_s, look.seen, look.used, rows.tobytes()]
    for track in analysis.tracks:
        moods = track.probabilities
        values += [track.track_id, track.box, track.quality, track.used]
        values.append(None if moods is None else moods.tobytes())
    return values
