"""Simulated rooms in which nothing changes: what a test's level is measured against.

A room is a number of faces that each show the mood or not and keep it for a while: the binomial
autoregression (E. McKenzie, "Some simple models for discrete variate time series", Water Resources
Bulletin 21, 1985; C. H. Weiß and H.-Y. Kim, "Parameter estimation for binomial AR(1) models",
Statistical Papers 54, 2013). Rare moods of few faces come in lone bumps there, as they do in rooms,
which normal noise would not show.

How long moods persist is never known exactly, and the more they do, the more a room wanders by
chance. So the simulated moods persist as long as the data leave open: to the upper end of a
confidence interval (R. L. Berger and D. D. Boos, "P values maximized over a confidence set for the
nuisance parameter", JASA 89, 1994).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from classroom_monitor.sessions.change_scan import Layout
from classroom_monitor.sessions.persistence import most_persistent, persistence
from classroom_monitor.sessions.seconds import FloatArray

# One-sided 90%. With 0, the estimate itself, 13% of 399 sessions of 10 to 60 minutes without
# change, in which moods last a minute, gave false alarms at a level of 5%; with this 5.8%.
_UPPER_Z = 1.28
_MOST_FACES = 1000
_LEAST_VARIANCE = 0.5


@dataclass(frozen=True, slots=True)
class Room:
    """A room without change: mean share in (0, 1), correlation of neighbouring blocks, faces.

    faces is how many independent faces would make a share vary by chance as much as it does.
    """

    share: float
    persistence: float
    faces: int


def fitted_room(
    shares: FloatArray, around: FloatArray, layout: Layout, mean_faces: float
) -> Room | None:
    """Return the room that (m,) block shares suggest, or None where they hardly ever vary.

    around (m,) are the shares less the means of the stretches between known changes. mean_faces
    are the used faces: a rare mood's few bumps may be taken for steps and say too little of its
    variance, so it is at least half of what as many independent faces would give.
    """
    share = float(np.average(shares, weights=layout.scale**-2))
    fitted = persistence((around / layout.scale)[None, :], layout.length_s)
    spread, variance = share * (1 - share), float(fitted.variance[0])
    if variance <= 1e-9 or spread <= 0:
        return None
    kept = min(
        most_persistent(layout.length_s),
        float(fitted.coefficient[0] + _UPPER_Z * fitted.error[0]),
    )
    variance = max(variance, _LEAST_VARIANCE * spread / mean_faces * left_by_averaging(kept))
    return Room(share, kept, int(np.clip(round(spread / variance), 1, _MOST_FACES)))


def simulated_rooms(
    room: Room, layout: Layout, rooms: int, random: np.random.Generator
) -> FloatArray:
    """Return (rooms, m) block shares of rooms without change."""
    arrive = room.share * (1 - room.persistence)
    stay = min(1.0, arrive + room.persistence)
    start = layout.place[0]
    showing = random.binomial(room.faces, room.share, rooms)
    table = np.empty((int(layout.place[-1] - start) + 1, rooms))
    for row in table:
        row[:] = showing
        showing = random.binomial(showing, stay) + random.binomial(room.faces - showing, arrive)
    shares = table[layout.place - start].T / room.faces
    simulated: FloatArray = room.share + (shares - room.share) * layout.scale
    return simulated


def left_by_averaging(correlation: float) -> float:
    """Variance of block means by that of single seconds, from neighbouring blocks' correlation.

    For a process whose autocorrelation falls exponentially.
    """
    by_time = np.geomspace(30.0, 0.01, 200)  # a block's length by the moods' time
    gone = 1 - np.exp(-by_time)
    left = 2 * (by_time - gone) / by_time**2
    correlations = gone**2 / (2 * (by_time - gone))
    return float(np.interp(correlation, correlations, left))
