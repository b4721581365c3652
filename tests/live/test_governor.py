"""The governor, on machines whose speed is made up and whose clock is the test's."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import pytest

from classroom_monitor.live.governor import (
    COUNTING_LEVELS,
    LEVELS,
    WANTED_HZ,
    Governor,
    Level,
    LookWork,
)
from classroom_monitor.vision.follower import DUE, Effort

FACES = 30
CAMERA_HZ = 30.0


@dataclass
class Machine:
    """Follows and scores one frame after the other; what each takes depends on the effort.

    A frame costs base_ms, scan for each nominal millisecond of scan_ms, and face_ms for each
    scored face, twice with its mirror image; factor slows all that down as time passes. The
    camera gives camera_hz frames a second, and those that come meanwhile are skipped.
    """

    base_ms: float = 20.0
    scan: float = 1.0
    face_ms: float = 0.3
    faces: int = FACES
    camera_hz: float = CAMERA_HZ
    factor: Callable[[float], float] = lambda s: 1.0
    of: Sequence[Level] = LEVELS
    s: float = 0.0
    skipped: int = 0
    levels: list[tuple[float, int]] = field(default_factory=list)
    scored_s: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.governor = Governor(self.of)

    def run(self, seconds: float) -> None:
        """Look at frames for so many seconds."""
        end_s = self.s + seconds
        while self.s < end_s:
            self._look(self.governor.effort)
            level = next(i for i, one in enumerate(self.of) if one.notice == self.governor.notice)
            if not self.levels or self.levels[-1][1] != level:
                self.levels.append((self.s, level))

    @property
    def level(self) -> int:
        """The governor's present level."""
        return self.levels[-1][1]

    def scored_hz(self, last_s: float) -> float:
        """How often a second every face was scored lately."""
        return sum(at_s >= self.s - last_s for at_s in self.scored_s) / last_s

    def _look(self, effort: Effort) -> None:
        due_s = DUE * effort.score_interval_s
        scored = not self.scored_s or self.s - self.scored_s[-1] >= due_s
        if scored:
            self.scored_s.append(self.s)
        faces_ms = self.face_ms * self.faces * (1 + effort.both_ways) if scored else 0.0
        took_s = (self.base_ms + self.scan * effort.scan_ms + faces_ms) / 1000
        frame_s = 1 / self.camera_hz
        took_s *= self.factor(self.s)
        frames = max(1, -int(-took_s // frame_s))
        self.skipped += frames - 1
        self.s += frames * frame_s
        scored_faces = self.faces if scored else 0
        self.governor.take(LookWork(self.s, self.faces, scored_faces, self.skipped))


def test_a_fast_machine_works_at_full_quality() -> None:
    machine = Machine(base_ms=5.0, scan=0.5)
    machine.run(60.0)
    assert machine.levels == [(machine.levels[0][0], 0)]
    assert machine.governor.effort == LEVELS[0].effort
    assert machine.scored_hz(10.0) >= WANTED_HZ


def test_quality_goes_step_by_step_in_the_stated_order_until_it_is_enough() -> None:
    machine = Machine(base_ms=50.0, scan=10.0)
    machine.run(20.0)
    levels = [level for _, level in machine.levels]
    assert levels == list(range(len(levels)))
    assert machine.level == 2
    assert machine.scored_hz(5.0) >= WANTED_HZ


@pytest.mark.parametrize("base_ms", range(20, 215, 5))
def test_every_machine_that_can_scores_each_face_four_times_a_second(base_ms: int) -> None:
    machine = Machine(base_ms=float(base_ms), scan=1.0)
    machine.run(60.0)
    assert machine.scored_hz(20.0) >= WANTED_HZ - 0.05
    assert "too slow" not in machine.governor.notice


@pytest.mark.parametrize("base_ms", range(10, 100, 10))
def test_looks_that_come_irregularly_score_each_face_often_enough(base_ms: int) -> None:
    """Each takes 0.4 to 1.6 times the mean, at full quality."""
    machine = Machine(base_ms=float(base_ms), factor=lambda s: 0.4 + 1.2 * (7.31 * s % 1))
    machine.run(60.0)
    assert machine.scored_hz(20.0) >= WANTED_HZ
    assert machine.level == 0


def test_a_machine_that_cannot_says_so() -> None:
    machine = Machine(base_ms=400.0)
    machine.run(60.0)
    assert machine.level == len(LEVELS) - 1
    assert "too slow for four scores a second" in machine.governor.notice
    assert machine.scored_hz(20.0) >= 0.8


def test_quality_comes_back_once_the_machine_is_free_again() -> None:
    machine = Machine(factor=lambda s: 8.0 if s < 30 else 1.0)
    machine.run(30.0)
    assert machine.level > 0
    machine.run(120.0)
    assert machine.level == 0
    assert machine.scored_hz(10.0) >= WANTED_HZ


def test_quality_does_not_swing_on_a_machine_at_its_limit() -> None:
    """Fast enough for the second level, so that each try at full quality fails."""
    machine = Machine(base_ms=20.0, scan=1.0, face_ms=4.0)
    machine.run(3600.0)
    changes = len(machine.levels)
    assert machine.level <= 1
    assert changes <= 40
    assert len([s for s, _ in machine.levels if s > 1800]) <= 14


def test_a_slow_camera_is_no_slow_machine() -> None:
    machine = Machine(base_ms=5.0, scan=0.5, camera_hz=2.5)
    machine.run(60.0)
    assert machine.level == 0


def test_where_faces_are_only_counted_looks_decide_and_nothing_is_said_of_scores() -> None:
    machine = Machine(base_ms=100.0, scan=10.0, faces=0, of=COUNTING_LEVELS)
    machine.run(60.0)
    assert machine.level == 1
    assert not any("score" in level.notice for level in COUNTING_LEVELS)


def test_a_pause_is_not_taken_for_slowness() -> None:
    paused, unpaused = Governor(), Governor()
    for number in range(120):  # three looks, then none for eight seconds, again and again
        at_s = 10.0 * (number // 3) + 0.5 * (number % 3)
        if number % 3 == 0:
            paused.pause()
        for governor in (paused, unpaused):
            governor.take(LookWork(at_s, FACES, FACES, 10 * number))
    assert paused.notice == ""
    assert unpaused.notice != ""


def test_the_first_looks_warm_up_the_models_and_are_not_judged() -> None:
    machine = Machine(factor=lambda s: 20.0 if s < 2 else 1.0)
    machine.run(30.0)
    assert [level for _, level in machine.levels] == [0]


@pytest.mark.parametrize("levels", [LEVELS, COUNTING_LEVELS])
def test_each_level_asks_for_less(levels: Sequence[Level]) -> None:
    for better, worse in itertools.pairwise(levels):
        assert worse.effort != better.effort
        assert worse.effort.scan_ms <= better.effort.scan_ms
        assert worse.effort.score_interval_s >= better.effort.score_interval_s
        assert worse.effort.both_ways <= better.effort.both_ways
    assert len({level.notice for level in levels}) == len(levels)
