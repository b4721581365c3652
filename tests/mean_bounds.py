"""How often the intervals of mean shares hold the truth: `python -m tests.mean_bounds`.

Lectures without change are simulated, with moods that persist for two seconds to a minute, and
stretches of them summed up as the table of segments does. The level is 95%.
"""

from __future__ import annotations

import click
import numpy as np

from classroom_monitor.sessions.mean_bounds import MeanBounds
from classroom_monitor.sessions.seconds import FloatArray
from classroom_monitor.sessions.summary import summarise_seconds
from tests.simulated_rooms import any_lecture, simulated

STRETCHES_S = (60, 300, 1200)


def held(lectures: int, seed: int, mood_s: float | None = None) -> FloatArray:
    """Return (stretches, 3): for each stretch its length, how often it holds, and the width."""
    rows = []
    for number in range(lectures):
        random = np.random.default_rng((seed, number))
        lecture = any_lecture(random, longest_s=7200, laughs=False, mood_s=mood_s)
        simulation = simulated(lecture, random)
        trust = MeanBounds.of(simulation.seconds)
        for length_s in (*STRETCHES_S, lecture.length_s):
            start_s = int(random.integers(0, max(1, lecture.length_s - length_s)))
            summary = summarise_seconds(simulation.seconds, trust, start_s, start_s + length_s)
            if summary.low is None or summary.high is None:
                continue
            low, high, truth = np.array(summary.low), np.array(summary.high), simulation.truth[0]
            holds = float(np.mean((low <= truth) & (truth <= high)))
            whole = length_s == lecture.length_s
            rows.append((np.inf if whole else length_s, holds, float((high - low).mean())))
    return np.array(rows)


def report(lectures: int, seed: int) -> list[str]:
    lines = []
    for name, mood_s in (("2 to 60 s", None), ("5 s", 5.0), ("20 s", 20.0), ("60 s", 60.0)):
        rows = held(lectures, seed, mood_s)
        parts = []
        for length_s in (*STRETCHES_S, np.inf):
            of_length = rows[rows[:, 0] == length_s]
            label = "whole session" if length_s == np.inf else f"{length_s:.0f} s"
            holds, width = of_length[:, 1].mean(), of_length[:, 2].mean()
            parts.append(f"{label} {holds:.3f} (width {width:.2f})")
        lines.append(f"moods of {name}: " + ", ".join(parts))
    return lines


@click.command()
@click.option("--lectures", default=300, show_default=True, help="Lectures a line.")
@click.option("--seed", default=1, show_default=True)
def main(lectures: int, seed: int) -> None:
    """Print how often 95% intervals of mean shares hold a known truth."""
    for line in report(lectures, seed):
        click.echo(line)


if __name__ == "__main__":
    main()
