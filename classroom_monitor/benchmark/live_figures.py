"""What is told of a live session that was measured."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from classroom_monitor.benchmark.timing import Timing
from classroom_monitor.contracts import Track


@dataclass(frozen=True, slots=True)
class LiveFigures:
    """A session of so many seconds, after settling, on 1280x720 at 30 fps with so many faces.

    window says whether the window was drawn with it, without a screen. lost counts frames that
    capture missed, skipped those that a newer one replaced before anybody looked, missed those
    that the drawn camera itself was late for. followed is the mean number of tracks on screen.
    scores_per_face_per_s is the median over the faces that were followed all the time, and
    least_scores_per_s that of the face scored least often; None where none was followed.

    result_ms is from a frame's capture to its faces' scores, plot_ms to the end of the repaint
    that shows them (without a window: to the snapshot that holds them), second_ms from the end of
    a second to the repaint that shows its point. held_ms is the longest time between two snapshots,
    33 where nothing ever held the drawing thread up. cpu_share is of all cores; camera_ms is
    the drawn camera's own part of it, a frame. memory is that of the whole process, of which
    the drawn pictures take pictures_mib. message is what the session
    told the user in the end.
    """

    faces: int
    seconds: float
    window: bool
    engine: str
    finder: str
    capture_fps: float
    lost: int
    skipped: int
    missed: int
    looks_per_s: float
    followed: float
    scores_per_face_per_s: float | None
    least_scores_per_s: float | None
    result_ms: Timing | None
    plot_ms: Timing | None
    second_ms: Timing | None
    window_fps: float
    held_ms: float
    cpu_share: float
    camera_ms: float
    peak_memory_mib: float
    pictures_mib: float
    message: str


@dataclass(frozen=True, slots=True)
class Scored:
    """A look, finished at done_s, at the frame of at_s: its tracks, and which were scored."""

    at_s: float
    done_s: float
    tracks: tuple[Track, ...]
    scored_ids: Collection[int]


@dataclass(frozen=True, slots=True)
class ScoreRates:
    """Scores a second of single faces: of the median face, and of the one scored least."""

    median: float
    least: float


def score_rates(looks: Sequence[Scored], seconds: float) -> ScoreRates | None:
    """Return how often the faces were scored that are on screen in every one of the looks.

    None where there is no such face: no looks, or nobody stayed.
    """
    on_screen = [{track.track_id for track in look.tracks} for look in looks]
    steady = set.intersection(*on_screen) if on_screen else set()
    if not steady or seconds <= 0:
        return None
    counts = Counter(track_id for look in looks for track_id in look.scored_ids)
    rates = [counts[track_id] / seconds for track_id in steady]
    return ScoreRates(statistics.median(rates), min(rates))
