"""The thread that owns a live session's timeline and its store."""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from classroom_monitor.contracts import Look, NewSession
from classroom_monitor.errors import EnvironmentProblem, StoreProblem
from classroom_monitor.live.journal import NOTHING, Journal, Recorded
from classroom_monitor.live.leniency import Leniency
from classroom_monitor.live.parts import Refuge, StoreConnection

logger = logging.getLogger(__name__)

PATIENCE_S = 5.0
"""A look that takes longer than this has its seconds marked as gaps before it arrives."""

RETRY_S = 1.0
FINAL_SAVE_S = 10.0


@dataclass(frozen=True, slots=True)
class _Begun:
    new: NewSession


@dataclass(frozen=True, slots=True)
class _Passed:
    to_s: float


@dataclass(frozen=True, slots=True)
class _Marked:
    t_s: float
    text: str


@dataclass(frozen=True, slots=True)
class _SegmentStarted:
    t_s: float
    title: str


@dataclass(frozen=True, slots=True)
class _Ended:
    at_s: float


_Note: TypeAlias = _Marked | _SegmentStarted
_Event: TypeAlias = _Begun | Look | _Passed | _Note | _Ended


class Recorder:
    """Builds the session's points from looks and stores each second as it is finished.

    Any thread may call any method; all but join return at once. Looks that arrive after end are
    ignored: the session is over. A store that fails is tried again every second, and what was
    recorded stays in memory and on screen meanwhile.
    """

    def __init__(
        self,
        open_store: Callable[[], StoreConnection],
        now_s: Callable[[], float | None],
        on_fault: Callable[[], None],
        refuges: Sequence[Refuge] = (),
    ) -> None:
        """Take what opens the store, the session's clock, and what to call when all is lost.

        on_fault is called in the recorder's thread. A session that the store doesn't take in the
        end is saved in the first of the refuges that does.
        """
        self.fault: EnvironmentProblem | None = None
        self._open_store = open_store
        self._now_s = now_s
        self._on_fault = on_fault
        self._refuges = refuges
        self._leniency = Leniency("Recording", lambda: now_s() or 0.0)
        self._ending = False
        self._inbox: queue.SimpleQueue[_Event] = queue.SimpleQueue()
        self._early_notes: list[_Note] = []
        self._journal: Journal | None = None
        self._retry_at_s = 0.0
        self._save_until_s: float | None = None
        self._finished = threading.Event()
        self._thread = threading.Thread(target=self._run, name="recorder", daemon=True)

    def start(self) -> None:
        """Start the thread; the store is opened when the session begins."""
        self._thread.start()

    def begin(self, new: NewSession) -> None:
        """Begin the session; the first call counts."""
        self._inbox.put(_Begun(new))

    def add(self, look: Look) -> None:
        """Hand on a look."""
        self._inbox.put(look)

    def advance(self, to_s: float) -> None:
        """Say that no look from before to_s will come any more."""
        self._inbox.put(_Passed(to_s))

    def mark(self, t_s: float, text: str) -> None:
        """Set a marker; one set before the session begins waits for that."""
        self._inbox.put(_Marked(t_s, text))

    def start_segment(self, t_s: float, title: str) -> None:
        """Start a segment; one started before the session begins waits for that."""
        self._inbox.put(_SegmentStarted(t_s, title))

    def end(self, at_s: float) -> None:
        """End and save the session; the first call counts."""
        self._inbox.put(_Ended(at_s))

    def join(self, timeout_s: float) -> bool:
        """Wait until all is saved and the store is closed; False after timeout_s."""
        self._save_until_s = time.monotonic() + 0.8 * timeout_s
        return self.wait(timeout_s)

    def wait(self, timeout_s: float) -> bool:
        """Wait until the session is over; False after timeout_s."""
        return self._finished.wait(timeout_s)

    @property
    def finished(self) -> bool:
        """True once the session is over: saved, or given up with a fault."""
        return self._finished.is_set()

    @property
    def recorded(self) -> Recorded:
        """What there is of the session so far."""
        return self._journal.recorded() if self._journal else NOTHING

    @property
    def trouble(self) -> str:
        """A line for the user where recording has failed lately and goes on, or ""."""
        return self._leniency.trouble

    def _run(self) -> None:
        while self._guard(self._record):
            continue
        self._ending = True
        self._guard(self._complete)  # after a fault, too: what is there is saved
        self._finished.set()

    def _guard(self, work: Callable[[], None]) -> bool:
        """Do a part of the thread's work; the thread's outer edge, where bugs become faults.

        Returns True where the work is to go on after the one event that it failed at.
        """
        try:
            work()
        except EnvironmentProblem as problem:
            logger.warning("recording stopped: %s", problem)
            self.fault = problem
            self._on_fault()
        except Exception as error:
            logger.exception("recording stopped")
            if not self._ending and self._leniency.forgives(error):
                return True
            self.fault = EnvironmentProblem(
                f"recording stopped by an error in the program ({type(error).__name__}: {error}): "
                "the session up to here is saved; start a new one to go on"
            )
            self._on_fault()
        return False

    def _record(self) -> None:
        while True:
            try:
                event = self._inbox.get(timeout=RETRY_S)
            except queue.Empty:
                event = _Passed((self._now_s() or 0.0) - PATIENCE_S)
            if isinstance(event, _Ended):
                self._ending = True
                if self._journal is not None:
                    self._journal.end(event.at_s)
                return
            self._take(event)
            self._save()

    def _take(self, event: _Begun | Look | _Passed | _Note) -> None:
        if isinstance(event, _Begun) and self._journal is None:
            self._journal = Journal(event.new, self._open_store)
            for note in self._early_notes:
                self._take(note)
        elif self._journal is None:
            if isinstance(event, _Note):
                self._early_notes.append(event)
        elif isinstance(event, Look):
            self._journal.add(event)
        elif isinstance(event, _Passed):
            self._journal.advance(event.to_s)
        elif isinstance(event, _Marked):
            self._journal.mark(event.t_s, event.text)
        elif isinstance(event, _SegmentStarted):
            self._journal.start_segment(event.t_s, event.title)

    def _save(self) -> None:
        if self._journal is None or self._journal.saved or time.monotonic() < self._retry_at_s:
            return
        if not self._journal.save():
            self._retry_at_s = time.monotonic() + RETRY_S

    def _complete(self) -> None:
        """Save what is left, trying again for a while; the store is closed in the end."""
        if self._journal is None:
            return
        try:
            patience_ends_s = time.monotonic() + FINAL_SAVE_S
            while not self._journal.complete():
                ends_s = min(patience_ends_s, self._save_until_s or patience_ends_s)
                left_s = ends_s - time.monotonic()
                if left_s <= 0:
                    self._give_up(self._journal)
                    return
                time.sleep(min(left_s, RETRY_S / 2))
        finally:
            self._journal.close()

    def _give_up(self, journal: Journal) -> None:
        problem, unsaved_s = journal.problem, journal.unsaved_s
        for refuge in self._refuges:
            if journal.rescue(refuge.open_store):
                logger.error("the session was saved in %s, not in its store", refuge.folder)
                self.fault = StoreProblem(
                    f"the session was saved in {refuge.folder} (--store) instead: {problem}"
                )
                return
        logger.error("%d s of the session could not be saved", unsaved_s)
        self.fault = StoreProblem(f"the session's last {unsaved_s} s could not be saved: {problem}")
