"""Both stages of a look in one thread, for tests of what they give together."""

from classroom_monitor.contracts import Frame
from classroom_monitor.vision.follower import FaceFollower
from classroom_monitor.vision.room import Analysis, MoodScorer


class RoomAnalyser:
    """Follows and scores the faces of consecutive frames."""

    def __init__(self, follower: FaceFollower, scorer: MoodScorer) -> None:
        self._follower = follower
        self._scorer = scorer

    @property
    def engine(self) -> str:
        return self._scorer.engine

    @property
    def finder(self) -> str:
        return self._follower.finder

    def analyse(self, frame: Frame) -> Analysis:
        return self._scorer.score(self._follower.follow(frame))

    def close(self) -> None:
        self._follower.close()
        self._scorer.close()
