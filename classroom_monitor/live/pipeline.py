"""From a recording's frames to their analyses, with decoding, following and scoring overlapped.

Each stage has a thread of its own, which makes, uses and closes its model; the two hand-offs and
the decoder's hold a few items each. Every stage sees all frames in order, so the results are
those of the stages run in turn.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from classroom_monitor.contracts import Frame
from classroom_monitor.live.ahead import Ahead
from classroom_monitor.live.decoder import Decoder
from classroom_monitor.live.parts import Analysis

LOOKS_AHEAD = 4  # evens out looks that take long; an item holds crops, not frames

Followed = TypeVar("Followed")
_Out_co = TypeVar("_Out_co", covariant=True)
_In_contra = TypeVar("_In_contra", contravariant=True)


class Follower(Protocol[_Out_co]):
    """Finds and follows the faces of consecutive frames. One thread makes, uses and closes it."""

    def follow(self, frame: Frame) -> _Out_co:
        """Follow the faces into the next frame."""

    def close(self) -> None:
        """Free the models; the follower is not used afterwards."""


class Scorer(Protocol[_In_contra]):
    """Scores what a follower gave. One thread makes, uses and closes it."""

    @property
    def engine(self) -> str:
        """The classifier's engine as store and JSON name it."""

    def score(self, followed: _In_contra, /) -> Analysis:
        """Score the next frame's faces."""

    def close(self) -> None:
        """Free the models; the scorer is not used afterwards."""


@dataclass(frozen=True, slots=True)
class StageMakers(Generic[Followed]):
    """Makers of the stages, each called in the thread that will own the stage.

    Every maker may raise an EnvironmentProblem.
    """

    make_follower: Callable[[], Follower[Followed]]
    make_scorer: Callable[[], Scorer[Followed]]


class Pipeline(Generic[Followed]):
    """The stages of one recording's analysis, running ahead of who takes their results.

    engine is the scorer's, "" before the first analysis.
    """

    def __init__(self, decoder: Decoder, makers: StageMakers[Followed]) -> None:
        """Start the threads; close closes the decoder too."""
        self.engine = ""
        self._decoder = decoder
        self._makers = makers
        self._followed = Ahead("following", self._follow, LOOKS_AHEAD)
        self._scored = Ahead("scoring", self._score, LOOKS_AHEAD)

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
        with closing(self._makers.make_follower()) as follower:
            while (frame := self._decoder.next_frame()) is not None:
                yield follower.follow(frame)

    def _score(self) -> Generator[Analysis, None, None]:
        with closing(self._makers.make_scorer()) as scorer:
            while (followed := self._followed.take()) is not None:
                analysis = scorer.score(followed)
                self.engine = scorer.engine
                yield analysis
