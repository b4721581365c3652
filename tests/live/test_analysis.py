"""The two threads of a live analysis: what overlaps, what is dropped, and how each may fail."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

import pytest

from classroom_monitor.contracts import Frame, Look
from classroom_monitor.errors import BundleProblem
from classroom_monitor.live import analysis
from classroom_monitor.live.analysis import AnalysisWorker
from classroom_monitor.live.governor import LEVELS
from classroom_monitor.live.parts import SessionParts
from classroom_monitor.live.slot import Slot
from classroom_monitor.vision.follower import Followed
from tests.fakes.analyser import FakeAnalyser, FakeScorer
from tests.fakes.camera import FakeCamera, picture
from tests.fakes.writer import FakeStore
from tests.live.rig import PATIENCE_S, eventually


def frame(index: int) -> Frame:
    return Frame(index, index / 10, picture(index))


class CountedSlot(Slot[Frame]):
    """A slot that counts how often it was found empty."""

    def __init__(self) -> None:
        super().__init__()
        self.found_empty = 0

    def take(self, timeout_s: float | None = None) -> Frame | None:
        taken = super().take(timeout_s)
        self.found_empty += taken is None
        return taken


@dataclass
class Hearing:
    """Implements live.analysis.AnalysisOwner: what was reported, in order."""

    said: list[str] = field(default_factory=list)
    looks_s: list[float] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def on_loaded(self) -> None:
        self.said.append("loaded")

    def on_first_frame(self, engine: str) -> None:
        self.said.append(f"first frame, {engine}")

    def on_look(self, look: Look) -> None:
        self.looks_s.append(look.at_s)

    def on_idle(self, now_s: float) -> None:
        self.said.append("idle")

    def on_over(self) -> None:
        self.said.append("over")
        self.over.set()


class Bench:
    """A worker over fakes, its frames and its clock."""

    def __init__(self, analyser: FakeAnalyser | None = None) -> None:
        self.analyser = analyser or FakeAnalyser()
        self.frames = CountedSlot()
        self.heard = Hearing()
        self.now_s = 0.0
        self.make_scorer = self.analyser.make_scorer
        self.worker: AnalysisWorker | None = None

    def start(self) -> AnalysisWorker:
        parts = SessionParts(
            make_camera=lambda: FakeCamera([]),
            make_follower=self.analyser.make_follower,
            make_scorer=self.make_scorer,
            open_store=FakeStore,
        )
        self.worker = AnalysisWorker(parts, self.frames, self._clock, self.heard)
        self.worker.start()
        return self.worker

    def _clock(self) -> float | None:
        """Frames come once the models are loaded."""
        return self.now_s if self.worker is not None and self.worker.loaded else None

    def end(self) -> None:
        self.frames.close()
        assert self.worker is not None
        assert self.worker.join(PATIENCE_S)


def test_the_next_frames_are_followed_while_one_is_scored_and_the_newest_wins() -> None:
    bench, scored = Bench(), threading.Event()

    def hold(followed: Followed) -> None:
        scored.wait(PATIENCE_S)

    bench.analyser.while_scoring = hold
    worker = bench.start()
    for index in range(4):
        bench.frames.put(frame(index))
        eventually(lambda: len(bench.analyser.efforts) == index + 1)  # noqa: B023 - called at once
    assert bench.heard.looks_s == []
    scored.set()
    eventually(lambda: len(bench.heard.looks_s) == 2)
    assert bench.heard.looks_s == [0.0, pytest.approx(0.3)]
    assert worker.skipped == 2
    bench.end()


def test_each_stage_has_a_thread_of_its_own_from_loading_to_closing() -> None:
    bench = Bench()
    bench.start()
    bench.frames.put(frame(0))
    eventually(lambda: bench.heard.looks_s == [0.0])
    bench.end()
    assert bench.analyser.threads == {
        ("follower", "analysis-follow"),
        ("scorer", "analysis-score"),
    }
    assert bench.analyser.closed
    assert bench.heard.said[0] == "loaded"
    assert "first frame, fake engine" in bench.heard.said
    assert bench.heard.said[-1] == "over"
    assert bench.heard.said.count("over") == bench.heard.said.count("loaded") == 1


def test_it_is_not_idle_while_a_look_is_under_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analysis, "IDLE_S", 0.001)
    bench, scored = Bench(), threading.Event()

    def hold(followed: Followed) -> None:
        scored.wait(PATIENCE_S)

    bench.analyser.while_scoring = hold
    bench.start()
    eventually(lambda: "idle" in bench.heard.said)
    bench.frames.put(frame(0))
    eventually(lambda: len(bench.analyser.efforts) == 1)
    bench.heard.said.clear()
    before = bench.frames.found_empty
    eventually(lambda: bench.frames.found_empty > before + 3)
    assert "idle" not in bench.heard.said
    scored.set()
    eventually(lambda: "idle" in bench.heard.said)
    bench.end()


@pytest.mark.usefixtures("nothing_forgiven")
@pytest.mark.parametrize("stage", ["follower", "scorer"])
def test_a_bug_in_either_stage_is_a_fault_that_ends_both(stage: str) -> None:
    bench = Bench()

    def trip(what: object) -> None:
        if len(bench.analyser.at_s) == 2:
            raise ZeroDivisionError("by nothing")

    if stage == "follower":
        bench.analyser.before = trip
    else:
        bench.analyser.while_scoring = trip
    worker = bench.start()
    for index in range(3):
        bench.frames.put(frame(index))
        eventually(lambda: len(bench.heard.looks_s) == min(index + 1, 2))  # noqa: B023
    assert bench.heard.over.wait(PATIENCE_S)
    assert "ZeroDivisionError: by nothing" in str(worker.fault)
    assert worker.tracks == ()
    assert bench.heard.looks_s == [0.0, 0.1]
    bench.end()
    assert bench.analyser.closed


@pytest.mark.usefixtures("nothing_forgiven")
def test_a_look_under_way_is_kept_when_the_follower_fails() -> None:
    bench, scored = Bench(), threading.Event()

    def trip(given: Frame) -> None:
        if given.index == 1:
            scored.set()
            raise ZeroDivisionError("by nothing")

    def hold(followed: Followed) -> None:
        scored.wait(PATIENCE_S)

    bench.analyser.before, bench.analyser.while_scoring = trip, hold
    worker = bench.start()
    bench.frames.put(frame(0))
    eventually(lambda: len(bench.analyser.efforts) == 1)
    bench.frames.put(frame(1))
    assert bench.heard.over.wait(PATIENCE_S)
    assert bench.heard.looks_s == [0.0]
    assert worker.fault is not None
    bench.end()


def test_a_model_that_cannot_be_loaded_is_a_fault_and_nothing_is_asked_for() -> None:
    bench = Bench()

    def fail() -> FakeScorer:
        raise BundleProblem("models/tiny is not there: choose another model")

    bench.make_scorer = fail
    worker = bench.start()
    assert bench.heard.over.wait(PATIENCE_S)
    assert str(worker.fault) == "models/tiny is not there: choose another model"
    assert "loaded" not in bench.heard.said
    assert not worker.loaded
    bench.end()


def test_a_slow_machine_lowers_the_effort_of_the_next_looks_and_says_so() -> None:
    bench = Bench()

    def be_slow(given: Frame) -> None:
        bench.now_s += 0.5
        for later in (1, 2):  # the first of them is skipped
            bench.frames.put(frame(given.index + later))

    bench.analyser.before = be_slow
    worker = bench.start()
    bench.frames.put(frame(0))
    eventually(lambda: bool(worker.effort))
    known = len(bench.analyser.efforts)
    eventually(lambda: len(bench.analyser.efforts) > known + 1)
    assert worker.effort in {level.notice for level in LEVELS[1:]}
    assert bench.analyser.efforts[0] == LEVELS[0].effort
    assert not bench.analyser.efforts[-1].both_ways
    bench.end()


def test_an_engine_that_is_replaced_is_shown() -> None:
    bench = Bench()
    worker = bench.start()
    eventually(lambda: worker.engine == "fake engine")
    bench.analyser.engine = "another engine"
    bench.frames.put(frame(0))
    eventually(lambda: worker.engine == "another engine")
    bench.end()
