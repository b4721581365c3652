"""Goes on with the next engine where one fails, and says so."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping

from classroom_monitor.contracts import CropBatch, Scores
from classroom_monitor.errors import EnvironmentProblem
from classroom_monitor.vision.engines.network_classifier import NetworkClassifier

logger = logging.getLogger(__name__)


class FallbackClassifier:
    """Implements contracts.Classifier with the first of several engines that works.

    An engine that can't be opened, fails while it runs or gives numbers that aren't finite is
    closed and not tried again; the same faces are then scored by the next one. Not thread safe.
    """

    def __init__(self, openers: Mapping[str, Callable[[], NetworkClassifier]]) -> None:
        """Open the first engine that can be; openers, at least one, come in the order to try.

        Raises the last engine's problem, an EnvironmentProblem, where none can be opened.
        """
        self._waiting = list(openers.items())
        self._failed: list[str] = []
        self._notice = ""
        self._current = self._open_next()

    @property
    def engine(self) -> str:
        """The engine that scores now."""
        return self._current.engine

    @property
    def notice(self) -> str:
        """Which engines failed, why, and what scores instead; "" while none did."""
        return self._notice

    def score(self, crops: CropBatch, both_ways: bool = True) -> Scores:
        """Return the probabilities of the first engine that gives any, as Classifier.score does.

        Raises the last engine's problem, an EnvironmentProblem, where all have failed.
        """
        while True:
            try:
                return self._current.score(crops, both_ways)
            except EnvironmentProblem as problem:
                self._current.close()
                self._give_up(self._current.engine, problem)
            self._current = self._open_next()

    def close(self) -> None:
        """Free the engine; the classifier is not used afterwards."""
        self._current.close()

    def _open_next(self) -> NetworkClassifier:
        while True:
            name, open_engine = self._waiting.pop(0)
            try:
                opened = open_engine()
            except EnvironmentProblem as problem:
                self._give_up(name, problem)
                continue
            if self._failed:
                self._notice = f"{', '.join(self._failed)}: scoring goes on with {name}"
                logger.warning("%s", self._notice)
            return opened

    def _give_up(self, engine: str, problem: EnvironmentProblem) -> None:
        """Note that an engine failed; raise its problem where no other one waits."""
        if not self._waiting:
            raise problem
        self._failed.append(f"the engine {engine} failed ({problem})")
