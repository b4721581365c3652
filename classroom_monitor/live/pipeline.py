"""From a recording's frames to their analyses, with decoding, following and scoring overlapped.

Each stage has a thread of its own, which makes, uses and closes its model; the two hand-offs and
the decoder's hold a few items each. Every stage sees all frames in order, so the results are
those of the stages run in turn.
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing
from typing import TYPE_CHECKING

from classroom_monitor.live.ahead import Ahead
from classroom_monitor.live.decoder import Decoder
from classroom_monitor.live.parts import Analysis, SessionParts

if TYPE_CHECKING:
    from classroom_monitor.vision.follower import Followed

LOOKS_AHEAD = 4  # evens out looks that take long; an item holds crops, not frames


class Pipeline:
    """The stages of one recording's analysis, running ahead of who takes their results.

    engine is the scorer's, "" before the first analysis.
    """

    def __init__(self, decoder: Decoder, parts: SessionParts) -> None:
        """Start the threads; close closes the decoder too."""
        self.engine = ""
        self._decoder = decoder
        self._parts = parts
        self._followed = Ahead("following", self._follow, LOOKS_AHEAD)
        self._scored = Ahead("scoring", self._score, LOOKS_AHEAD)

    def ready(self, timeout_s: float) -> bool:
        """Wait for so long until next_analysis needs not wait; False if it still does."""
        return self._scored.ready(timeout_s)

    def next_analysis(self) -> Analysis | None:
        """Wait for the next frame's analysis; None after the last.

        Raises what a stage raised, with its traceback, after the analyses from before it.
        """
        return self._scored.take()

    def close(self) -> None:
        """Stop all stages, and wait until each has closed its model."""
        stages = (self._decoder, self._followed, self._scored)
        for stage in stages:
            stage.stop()
        for stage in stages:
            stage.close()

    def _follow(self) -> Generator[Followed, None, None]:
        with closing(self._parts.make_follower()) as follower:
            while (frame := self._decoder.next_frame()) is not None:
                yield follower.follow(frame)

    def _score(self) -> Generator[Analysis, None, None]:
        with closing(self._parts.make_scorer()) as scorer:
            while (followed := self._followed.take()) is not None:
                analysis = scorer.score(followed)
                self.engine = scorer.engine
                yield analysis
