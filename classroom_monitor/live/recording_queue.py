"""Recordings that wait their turn: each can be paused, cancelled and tried again on its own."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait

from classroom_monitor.errors import EnvironmentProblem
from classroom_monitor.live.recording import RecordingRequest, RecordingResult
from classroom_monitor.live.recording_process import Finished, RecordingProcess
from classroom_monitor.live.recording_tasks import OVER, RecordingTask, TaskState

logger = logging.getLogger(__name__)

_POLL_S = 0.1


_AT_WORK = (TaskState.RUNNING, TaskState.STOPPING)
_BUG = "stopped by an error in the program ({}: {}); try it again, and see the log"


@dataclass(slots=True)
class _Entry:
    task_id: int
    name: str
    make_request: Callable[[], RecordingRequest]
    state: TaskState = TaskState.WAITING
    done_s: float = 0.0
    total_s: float | None = None
    session_id: int | None = None
    problem: str = ""
    process: RecordingProcess | None = field(default=None, repr=False)

    def task(self) -> RecordingTask:
        return RecordingTask(
            self.task_id,
            self.name,
            self.state,
            self.done_s,
            self.total_s,
            self.session_id,
            self.problem,
        )


class RecordingQueue:
    """Analyses recordings in processes of their own, so many at a time, in the order they came.

    Any thread may call any method; all but close return at once. One thread, which lives while
    there is something to do, starts the processes, hears them and ends them. A recording whose
    file, decoder or model fails says so and doesn't hold up the others; a cancelled one keeps its
    finished seconds as an interrupted session, and trying it again goes on from there.
    """

    def __init__(self, workers: Callable[[], int]) -> None:
        """Take what tells how many recordings to analyse at a time; asked when work begins."""
        self._workers = workers
        self._lock = threading.Lock()
        self._entries: dict[int, _Entry] = {}
        self._last_id = 0
        self._thread: threading.Thread | None = None

    def add(self, name: str, make_request: Callable[[], RecordingRequest]) -> int:
        """Put a recording at the end of the queue and return its id.

        make_request is called in the queue's thread when its turn has come; an EnvironmentProblem
        from it is the recording's.
        """
        with self._lock:
            self._last_id += 1
            self._entries[self._last_id] = _Entry(self._last_id, name, make_request)
            self._work()
            return self._last_id

    def tasks(self) -> tuple[RecordingTask, ...]:
        """Return all recordings in the queue, in the order they came."""
        with self._lock:
            return tuple(entry.task() for entry in self._entries.values())

    @property
    def busy(self) -> bool:
        """Whether a recording is not over yet."""
        return any(task.state not in OVER for task in self.tasks())

    def pause(self, task_id: int) -> None:
        """Let a recording wait until it is resumed; another one takes its turn."""
        with self._lock:
            entry = self._find(task_id, TaskState.RUNNING, TaskState.WAITING)
            if entry is not None:
                entry.state = TaskState.PAUSED
                if entry.process is not None:
                    entry.process.pause()

    def resume(self, task_id: int) -> None:
        """Let a paused recording go on when its turn comes."""
        with self._lock:
            entry = self._find(task_id, TaskState.PAUSED)
            if entry is not None:
                entry.state = TaskState.WAITING
                self._work()

    def cancel(self, task_id: int) -> None:
        """Stop a recording; its finished seconds stay."""
        with self._lock:
            entry = self._find(task_id, TaskState.RUNNING, TaskState.WAITING, TaskState.PAUSED)
            if entry is not None:
                entry.state = TaskState.STOPPING if entry.process else TaskState.CANCELLED

    def retry(self, task_id: int) -> None:
        """Put a failed or cancelled recording back into the queue."""
        with self._lock:
            entry = self._find(task_id, TaskState.FAILED, TaskState.CANCELLED)
            if entry is not None:
                entry.state, entry.problem, entry.done_s = TaskState.WAITING, "", 0.0
                self._work()

    def remove(self, task_id: int) -> None:
        """Take a recording that is over off the list."""
        with self._lock:
            if self._find(task_id, *OVER) is not None:
                del self._entries[task_id]

    def close(self, timeout_s: float) -> bool:
        """Cancel all recordings and wait for their processes; False if one is left behind."""
        for task in self.tasks():
            self.cancel(task.task_id)
        thread = self._thread
        if thread is not None:
            thread.join(timeout_s)
        return not self.busy

    def _find(self, task_id: int, *states: TaskState) -> _Entry | None:
        """Return the entry if it is in one of these states; the user may be a moment late."""
        entry = self._entries.get(task_id)
        return entry if entry is not None and entry.state in states else None

    def _work(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="recordings", daemon=True)
            self._thread.start()

    def _run(self) -> None:
        workers = self._workers()
        while not self._is_idle():
            entry = self._next(workers)
            if entry is not None:
                self._start(entry)
            self._end_stopped()
            self._hear()

    def _is_idle(self) -> bool:
        """Whether there is nothing to do; the thread ends then, and the next work starts one."""
        with self._lock:
            for entry in self._entries.values():
                if entry.state is TaskState.WAITING or entry.process is not None:
                    return False
            self._thread = None
            return True

    def _next(self, workers: int) -> _Entry | None:
        """Return the recording whose turn it is, running from now on, or None."""
        with self._lock:
            entries = self._entries.values()
            at_work = sum(entry.state in _AT_WORK for entry in entries)
            waiting = (entry for entry in entries if entry.state is TaskState.WAITING)
            entry = next(waiting, None) if at_work < workers else None
            if entry is not None:
                entry.state = TaskState.RUNNING
            return entry

    def _start(self, entry: _Entry) -> None:
        """Start a recording's process, or let the one that was paused go on."""
        if entry.process is not None:
            entry.process.resume()
            return
        try:
            process = RecordingProcess(entry.task_id, entry.make_request())
        except EnvironmentProblem as problem:
            self._finish(entry, problem)
            return
        except Exception as error:
            logger.exception("a recording could not be started")
            self._finish(entry, EnvironmentProblem(_BUG.format(type(error).__name__, error)))
            return
        with self._lock:
            wanted = entry.state is not TaskState.CANCELLED
            if wanted:
                entry.process = process
            if entry.state is TaskState.PAUSED:
                process.pause()
        if not wanted:  # cancelled, and perhaps forgotten, while it started
            process.stop()
            process.end()

    def _end_stopped(self) -> None:
        for entry in self._with_process(TaskState.STOPPING):
            process = entry.process
            assert process is not None
            if not process.connection.closed:
                process.stop()
            if process.ended():
                process.end()
                with self._lock:
                    entry.state, entry.process = TaskState.CANCELLED, None

    def _hear(self) -> None:
        """Take what the processes tell, or wait a moment for it."""
        speakers: dict[Connection, _Entry] = {}
        for entry in self._with_process(TaskState.RUNNING, TaskState.PAUSED, TaskState.WAITING):
            if entry.process is not None:
                speakers[entry.process.connection] = entry
        if not speakers:
            time.sleep(_POLL_S)
            return
        for connection in wait(list(speakers), timeout=_POLL_S):
            assert isinstance(connection, Connection)
            entry = speakers[connection]
            assert entry.process is not None
            event = entry.process.event()
            if isinstance(event, Finished):
                entry.process.end()
                self._finish(entry, event.outcome)
            elif event is not None:
                entry.done_s, entry.total_s = event.done_s, event.total_s

    def _finish(self, entry: _Entry, outcome: RecordingResult | EnvironmentProblem) -> None:
        with self._lock:
            entry.process = None
            if isinstance(outcome, EnvironmentProblem):
                entry.state, entry.problem = TaskState.FAILED, str(outcome)
            else:
                entry.state, entry.session_id = TaskState.DONE, outcome.session
                entry.done_s = entry.total_s = float(outcome.seconds)

    def _with_process(self, *states: TaskState) -> list[_Entry]:
        with self._lock:
            entries = self._entries.values()
            return [entry for entry in entries if entry.process and entry.state in states]
