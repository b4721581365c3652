"""How often change points are false and how many are found: `python -m tests.change_points`.

Lectures are simulated (tests/simulated_rooms.py): faces that keep their moods for 2 to 60 s in the
mean, differ from each other, are misread, turn away and come back, laugh together; gaps, excluded
stretches, seconds under the group minimum. What the test knows of none of this it estimates.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import click
import numpy as np

from classroom_monitor.sessions.bounds import wilson
from classroom_monitor.sessions.change_points import changes_of
from tests.simulated_rooms import Lecture, any_lecture, simulated

LEVEL = 0.05
MIX = (0.2, 0.55, 0.25)

Change = Callable[[Lecture], Lecture]

HARDER: dict[str, Change] = {
    "moods last 60 s in the mean": lambda each: replace(each, mood_s=60.0),
    "moods last 2 min (longer than the test allows for)": lambda each: replace(each, mood_s=120.0),
    "the mix drifts by 0.1 logits in quarter-hours": lambda each: replace(each, drift=0.1),
    "the mix drifts by 0.3 logits in quarter-hours": lambda each: replace(each, drift=0.3),
}


@dataclass(frozen=True, slots=True)
class Tried:
    """A lecture without change, and whether anything was found in it, None where untestable."""

    lecture: Lecture
    alarm: bool | None


@dataclass(frozen=True, slots=True)
class Found:
    """Of lectures with one change: the part found in time, others found, median seconds off."""

    rate: float
    extra: float
    off_s: float


def without_change(
    count: int, seed: int, change: Change | None = None, longest_s: int = 8 * 3600
) -> list[Tried]:
    tried = []
    for number in range(count):
        random = np.random.default_rng((seed, number))
        lecture = any_lecture(random, longest_s=longest_s)
        lecture = change(lecture) if change else lecture
        result = changes_of(simulated(lecture, random).seconds, LEVEL)
        tried.append(Tried(lecture, None if result.why_not else bool(result.found)))
    return tried


def with_change(lecture: Lecture, count: int, seed: int) -> Found:
    """Return what is found of lectures whose first step is the change, within two minutes of it."""
    hits, extra, off_s = 0, 0, []
    truth_s = lecture.steps[0][0]
    for number in range(count):
        random = np.random.default_rng((seed, number))
        found = changes_of(simulated(lecture, random).seconds, LEVEL).found
        times_s = {change.t_s for change in found}
        near = [abs(t_s - truth_s) for t_s in times_s if abs(t_s - truth_s) <= 120]
        hits += bool(near)
        extra += len(times_s) - bool(near)
        off_s += [min(near)] if near else []
    return Found(hits / count, extra / count, float(np.median(off_s)) if off_s else float("nan"))


def stepping(length_s: int, faces: int, mood_s: float, size: float) -> Lecture:
    """A lecture in whose middle negative rises by size, at the cost of neutral."""
    after = (MIX[0] + size, MIX[1] - size, MIX[2])
    return Lecture(length_s, faces, MIX, mood_s, steps=((length_s // 2, after),))


def rate_line(name: str, tried: list[Tried]) -> str:
    alarms = [each.alarm for each in tried if each.alarm is not None]
    rate = sum(alarms) / max(1, len(alarms))
    low, high = wilson(rate, max(1, len(alarms)))
    return f"  {name}: {rate:.1%} of {len(alarms)} (95% interval {low:.1%} to {high:.1%})"


def false_alarm_lines(count: int, seed: int) -> list[str]:
    tried = without_change(count, seed)
    parts: dict[str, Callable[[Lecture], bool]] = {
        "10 to 30 min": lambda each: each.length_s < 1800,
        "30 min to 2 h": lambda each: 1800 <= each.length_s < 7200,
        "2 to 8 h": lambda each: each.length_s >= 7200,
        "5 to 15 faces": lambda each: each.faces <= 15,
        "16 to 80 faces": lambda each: each.faces > 15,
        "moods of 2 to 10 s": lambda each: each.mood_s < 10,
        "moods of 10 to 60 s": lambda each: each.mood_s >= 10,
        "a mood under 5%": lambda each: min(each.mix) < 0.05,
    }
    untestable = sum(each.alarm is None for each in tried)
    lines = [f"Sessions without change, level {LEVEL:.0%}: in how many anything was found"]
    lines.append(rate_line("all", tried) + f"; {untestable} too short of shares to be tested")
    for name, belongs in parts.items():
        lines.append(rate_line(name, [each for each in tried if belongs(each.lecture)]))
    lines.append("Harder than the test allows for, or close to it")
    for name, change in HARDER.items():
        lines.append(rate_line(name, without_change(count // 4, seed + 1, change)))
    return lines


def detection_lines(count: int, seed: int) -> list[str]:
    lines = [
        f"Negative rises from {MIX[0]:.0%} in the middle, {count} sessions each: found within two "
        "minutes (other changes found in a session; median seconds off)"
    ]
    for length_s, faces in ((1200, 10), (1200, 30), (3600, 10), (3600, 30), (14_400, 30)):
        for mood_s in (5.0, 20.0, 60.0):
            cells = []
            for size in (0.1, 0.2, 0.3):
                found = with_change(stepping(length_s, faces, mood_s, size), count, seed)
                off = f"; {found.off_s:.0f} s" if found.rate else ""
                cells.append(f"+{size:.0%}: {found.rate:.0%} ({found.extra:.2f}{off})")
            name = f"{length_s // 60} min, {faces} faces, moods of {mood_s:.0f} s"
            lines.append(f"  {name}: " + ", ".join(cells))
    return lines


@click.command()
@click.option("--sessions", default=400, show_default=True, help="Sessions without change.")
@click.option("--each", default=12, show_default=True, help="Sessions of each kind with one.")
@click.option("--seed", default=1, show_default=True)
def main(sessions: int, each: int, seed: int) -> None:
    """Print false-alarm and detection rates of change points on simulated lectures."""
    started_s = time.process_time()
    for line in false_alarm_lines(sessions, seed):
        click.echo(line)
    for line in detection_lines(each, seed):
        click.echo(line)
    click.echo(f"{time.process_time() - started_s:.0f} s of processor time")


if __name__ == "__main__":
    main()
