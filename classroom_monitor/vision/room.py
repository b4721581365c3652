"""From a room's followed faces to their moods and to what they say together.

The other half of the way is in follower.py. There are two stages so that two threads can overlap
them; RoomAnalyser does both in turn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from classroom_monitor.contracts import Classifier, Look, Track
from classroom_monitor.vision.follower import Followed
from classroom_monitor.vision.smoothing import ProbabilitySmoother
from classroom_monitor.vision.tracker import FollowedFace


@dataclass(frozen=True, slots=True)
class Scoring:
    """What scoring takes: the classifier, and how sure a used face must be."""

    classifier: Classifier
    min_certainty: float


@dataclass(frozen=True, slots=True)
class Analysis:
    """One analysed frame: what sessions get to know, and the tracks for the window to draw."""

    look: Look
    tracks: tuple[Track, ...]


class MoodScorer:
    """Scores followed faces and says what they make together. One thread uses it.

    Without scoring it runs counts-only: no face is classified and a track is used when it is large
    and sharp enough.
    """

    def __init__(
        self, scoring: Scoring | None, smoother: ProbabilitySmoother | None = None
    ) -> None:
        """Take over the classifier: close frees it."""
        self._scoring = scoring
        self._smoother = smoother or ProbabilitySmoother()

    @property
    def engine(self) -> str:
        """The classifier's engine, or "none" in counts-only mode."""
        return self._scoring.classifier.engine if self._scoring else "none"

    @property
    def engine_notice(self) -> str:
        """What the user is to know of the engine, or "": that another one failed, say."""
        return self._scoring.classifier.notice if self._scoring else ""

    def score(self, followed: Followed) -> Analysis:
        """Score a frame's faces. Frames come in the order of their at_s."""
        if self._scoring is not None and followed.scored_ids:
            scores = self._scoring.classifier.score(followed.crops, both_ways=followed.both_ways)
            for track_id, row in zip(followed.scored_ids, scores.probabilities, strict=True):
                self._smoother.update(track_id, row, followed.at_s)
        self._smoother.keep_only([face.track_id for face in followed.faces])
        pairs = zip(followed.faces, followed.usable, strict=True)
        tracks = tuple(self._track(face, usable) for face, usable in pairs)
        return Analysis(self._look(followed.at_s, tracks), tracks)

    def close(self) -> None:
        """Free the classifier."""
        if self._scoring:
            self._scoring.classifier.close()

    def _track(self, face: FollowedFace, usable: bool) -> Track:
        if self._scoring is None:
            return Track(face.track_id, face.box, None, quality=usable, used=usable)
        probabilities = self._smoother.get(face.track_id)
        certain = probabilities is not None and probabilities.max() >= self._scoring.min_certainty
        return Track(
            face.track_id, face.box, probabilities, quality=usable, used=bool(usable and certain)
        )

    def _look(self, at_s: float, tracks: Sequence[Track]) -> Look:
        rows = [track.probabilities for track in tracks if track.used]
        scored = [row for row in rows if row is not None]
        return Look(
            at_s=at_s,
            seen=len(tracks),
            used=len(rows),
            used_probabilities=(
                np.array(scored, np.float32).reshape(-1, 3) if self._scoring else None
            ),
        )
