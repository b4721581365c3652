"""A session thinned to a few steps by the database itself, for thumbnails."""

from __future__ import annotations

import sqlite3

import numpy as np
from numpy.typing import NDArray

# A second that is excluded only in part is left out, as in every summary.
_QUERY = """
    SELECT t_s * :steps / :seconds AS step,
        avg(negative), avg(neutral), avg(positive), avg(coverage),
        avg(CASE WHEN gap THEN NULL ELSE seen END)
    FROM points
    WHERE session_id = :session_id AND NOT EXISTS (
        SELECT 1 FROM exclusions WHERE exclusions.session_id = points.session_id
        AND start_s < t_s + 1 AND end_s > t_s)
    GROUP BY step
"""


def outline(
    connection: sqlite3.Connection, session_id: int, seconds: int, columns: int
) -> NDArray[np.float64]:
    """Return (columns, 5) float64: negative, neutral, positive, coverage, seen.

    Each row is the mean over one of as many equal steps of the session's seconds, NaN where
    there is none; a session shorter than that has its seconds repeated. Raises sqlite3.Error.
    """
    steps = min(seconds, columns)
    if steps < 1:
        return np.full((columns, 5), np.nan)
    thinned = np.full((steps, 5), np.nan)
    values = {"steps": steps, "seconds": seconds, "session_id": session_id}
    for step, *means in connection.execute(_QUERY, values):
        if step < steps:  # a second written since its session was looked up
            thinned[step] = np.array(means, dtype=np.float64)
    return thinned[np.arange(columns) * steps // columns]
