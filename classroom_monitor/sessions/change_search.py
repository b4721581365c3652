"""Which blocks a share's mean changes before, by a scan whose level simulated rooms measure."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from classroom_monitor.sessions.change_scan import (
    Layout,
    Whitened,
    largest_scores,
    seeded_windows,
    split_gains,
    whiten,
    window_scores,
)
from classroom_monitor.sessions.room_null import Room, fitted_room, simulated_rooms
from classroom_monitor.sessions.seconds import FloatArray

_FIRST_ROOMS = 99
_ENOUGH_LARGER = 10
_PASSES = 2
# 95%, of twice the log likelihood ratio: D. Siegmund, "Confidence sets in change-point problems",
# International Statistical Review 56 (1988).
_LIKELY = 7.35


@dataclass(frozen=True, slots=True)
class BlockChange:
    """A change of the mean before a block (a row of the blocks), and its p-value for one mood.

    first and last bound the row: a change before any block between them is about as likely.
    """

    row: int
    p: float
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Trial:
    """One share's blocks (m,), how they lie, used faces in the mean, and the test's level."""

    shares: FloatArray
    layout: Layout
    mean_faces: float
    level: float


def rooms_for(level: float) -> int:
    """Return how many simulated rooms a level needs: eight or so beyond it."""
    return max(479, int(np.ceil(8 / level)) - 1)


def changes_before(trial: Trial, random: np.random.Generator) -> tuple[BlockChange, ...]:
    """Return the changes of one share, by time.

    The first pass decides whether there is any. Where there is, moods are found to persist less
    once the changes are taken out, so it is searched again.
    """
    found: tuple[BlockChange, ...] = ()
    for _ in range(_PASSES):
        around = trial.shares - stretch_means(trial, [change.row for change in found])
        room = fitted_room(trial.shares, around, trial.layout, trial.mean_faces)
        white = whiten(trial.shares[None, :], around[None, :], trial.layout)
        scan = None if room is None else _Scan.of(trial, white, room, random)
        again = () if scan is None else scan.search()
        if len(again) <= len(found):
            return found or again
        found = again
    return found


def stretch_means(trial: Trial, rows: Sequence[int]) -> FloatArray:
    """Return (m,) the mean share of the stretch that each block lies in; rows cut stretches."""
    weights = trial.layout.scale**-2
    edges = [0, *rows, len(trial.shares)]
    means = np.empty(len(trial.shares))
    for start, stop in itertools.pairwise(edges):
        means[start:stop] = np.average(trial.shares[start:stop], weights=weights[start:stop])
    return means


@dataclass(frozen=True, slots=True)
class _Scan:
    """A share's residuals, and the largest scores of simulated rooms, sorted."""

    trial: Trial
    white: Whitened
    long_run_variance: float
    null: FloatArray

    @property
    def layout(self) -> Layout:
        """How the blocks lie."""
        return self.trial.layout

    @property
    def level(self) -> float:
        """The level of one share."""
        return self.trial.level

    @classmethod
    def of(
        cls, trial: Trial, white: Whitened, room: Room, random: np.random.Generator
    ) -> _Scan | None:
        """Simulate rooms, or return None as soon as it is plain that nothing stands out.

        J. Besag and P. Clifford, "Sequential Monte Carlo p-values", Biometrika 78 (1991).
        """
        layout = trial.layout
        long_run = float(white.noise[0]) * (1 + room.persistence) / (1 - room.persistence)
        scan = cls(trial, white, long_run, np.empty(0))
        largest = max(scan.best(*window)[1] for window in scan.windows())
        null = largest_scores(simulated_rooms(room, layout, _FIRST_ROOMS, random), layout)
        enough = max(_ENOUGH_LARGER, 2 * _FIRST_ROOMS * trial.level)
        if np.count_nonzero(null >= largest) >= enough:
            return None
        more = rooms_for(trial.level) - _FIRST_ROOMS
        rest = largest_scores(simulated_rooms(room, layout, more, random), layout)
        return replace(scan, null=np.sort(np.append(null, rest)))

    def windows(self) -> list[tuple[int, int]]:
        """The windows that are looked at, from the whole to the shortest."""
        return list(seeded_windows(len(self.layout), self.layout.margin))

    def best(self, start: int, stop: int) -> tuple[int, float]:
        """The block before which [start, stop) changes most, and the score."""
        (scores,) = window_scores(self.white, start, stop, self.layout.margin)
        place = int(scores.argmax())
        return start + self.layout.margin + place, float(scores[place])

    def p(self, score: float) -> float:
        """How often a room without change scores as high anywhere."""
        larger = len(self.null) - np.searchsorted(self.null, score, side="left")
        return float(1 + larger) / (1 + len(self.null))

    def search(self) -> tuple[BlockChange, ...]:
        """Cut at the narrowest window that stands out, again and again, then check each cut.

        R. Baranowski, Y. Chen and P. Fryzlewicz, "Narrowest-over-threshold detection of multiple
        change points and change-point-like features", JRSS B 81 (2019).
        """
        over = []
        for start, stop in self.windows():
            row, score = self.best(start, stop)
            if self.p(score) <= self.level:
                over.append((stop - start, -score, start, stop, row))
        over.sort()
        rows: list[int] = []
        for _, _, start, stop, row in over:
            if not any(start < cut < stop for cut in rows):
                rows.append(row)
        return self._checked(sorted(rows))

    def _checked(self, rows: list[int]) -> tuple[BlockChange, ...]:
        """Place each cut between its neighbours anew; drop the worst while one doesn't hold."""
        while rows:
            changes: list[BlockChange] = []
            for at, row in enumerate(rows):
                before = changes[-1].row if changes else 0
                after = rows[at + 1] if at + 1 < len(rows) else len(self.layout)
                changes.append(self._between(before, row, after))
            worst = max(changes, key=lambda change: change.p)
            if worst.p <= self.level:
                return tuple(changes)
            rows.pop(changes.index(worst))
        return ()

    def _between(self, before: int, row: int, after: int) -> BlockChange:
        if after - before < 2 * self.layout.margin:
            return BlockChange(row, 1.0, row, row)
        _, score = self.best(before, after)
        gains = split_gains(self.trial.shares, self.trial.layout, before, after)
        rows = before + self.trial.layout.margin + np.arange(len(gains))
        (likely,) = np.nonzero(gains >= gains.max() - _LIKELY * self.long_run_variance)
        return BlockChange(
            int(rows[gains.argmax()]), self.p(score), int(rows[likely[0]]), int(rows[likely[-1]])
        )
