"""A thread that owns one stage of a live analysis, and turns what ends it into a fault."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from classroom_monitor.errors import EnvironmentProblem

logger = logging.getLogger(__name__)


class StageThread:
    """Runs a stage's work until it returns or fails, and then what is to follow its end.

    fault is set where an error ended it; any thread may read it.
    """

    def __init__(
        self,
        name: str,
        work: Callable[[], None],
        on_end: Callable[[], None],
        way_out: str = "the session up to here is saved; start a new one to go on",
        forgives: Callable[[Exception], bool] | None = None,
    ) -> None:
        """Take the work and what to call after it, failed or not; both run in the thread.

        way_out ends the line that tells the user of an error in the program. forgives is asked
        after each error, in the thread, whether the work is to be done anew.
        """
        self._forgives = forgives or (lambda _: False)
        self._way_out = way_out
        self.fault: EnvironmentProblem | None = None
        self._work = work
        self._on_end = on_end
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Start the thread; once."""
        self._thread.start()

    def join(self, timeout_s: float) -> bool:
        """Wait for the thread's end; False after timeout_s, with a line in the log."""
        self._thread.join(timeout_s)
        if self._thread.is_alive():
            name = self._thread.name
            logger.warning("%s did not end within %.1f s and is left behind", name, timeout_s)
            return False
        return True

    def _run(self) -> None:
        try:
            while not self._is_done():
                continue
        finally:
            self._on_end()

    def _is_done(self) -> bool:
        """Do the work; False where it failed and is to be done anew."""
        try:
            self._work()
        except EnvironmentProblem as problem:
            logger.warning("analysis stopped: %s", problem)
            if self._forgives(problem):
                return False
            self.fault = problem
        except Exception as error:
            logger.exception("analysis stopped")
            if self._forgives(error):
                return False
            self.fault = EnvironmentProblem(
                f"analysis stopped by an error in the program ({type(error).__name__}: {error}): "
                f"{self._way_out}"
            )
        return True
