"""Analyses several recordings at once, each in a process of its own.

A process, because decoders are native code that a damaged file can bring down: then only that
recording is lost. Processes are spawned, not forked, as MediaPipe's threads don't survive a fork.
"""

from __future__ import annotations

import logging
import math
import multiprocessing
import time
from collections import deque
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from logging.handlers import QueueHandler
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from threading import Lock
from typing import TypeAlias

import psutil

from classroom_monitor.errors import EnvironmentProblem
from classroom_monitor.live.recording import (
    RecordingRequest,
    RecordingResult,
    analyse_recording,
)

logger = logging.getLogger(__name__)

CORES_EACH = 1.5
"""How many cores a recording's three threads keep busy: 1280x720 took 31.8 s of CPU in 20.7 s. Two
minutes of it took two cores 12.7 s as two recordings at a time, 15.6 s one after the other."""

MEMORY_EACH_BYTES = 1 << 30
"""1280x720 took 0.2 GiB; pictures of 4K video are nine times as large."""

_TELL_S = 0.1  # between two words of progress
_JOIN_S = 10.0
_POLL_S = 0.5  # so that Ctrl+C is heard on Windows


@dataclass(frozen=True, slots=True)
class Progressed:
    """How far a recording has come: its place among the requests, seconds done, its length."""

    place: int
    done_s: float
    total_s: float | None


@dataclass(frozen=True, slots=True)
class Finished:
    """A recording's end: its place among the requests, and its result or what went wrong."""

    place: int
    outcome: RecordingResult | EnvironmentProblem


_Message: TypeAlias = (
    tuple[float, float | None] | RecordingResult | EnvironmentProblem | logging.LogRecord
)


def analyse_side_by_side(
    requests: Sequence[RecordingRequest], workers: int
) -> Generator[Progressed | Finished, None, None]:
    """Analyse recordings, so many at a time, and tell of each how it goes and how it ended.

    The sessions are those that analyse_recording makes one after the other. Closing the generator
    stops all of them; their finished seconds are saved. What a process logs is logged here.
    """
    waiting = deque(enumerate(requests))
    running: dict[Connection, _Worker] = {}
    try:
        while waiting or running:
            while waiting and len(running) < workers:
                worker = _Worker(*waiting.popleft())
                running[worker.connection] = worker
            for connection in wait(list(running), timeout=_POLL_S):
                assert isinstance(connection, Connection)
                event = running[connection].event()
                if isinstance(event, Finished):
                    running.pop(connection).end()
                if event is not None:
                    yield event
    finally:
        for worker in running.values():
            worker.connection.close()  # the process notices when it next tells of its progress
        for worker in running.values():
            worker.end()


def default_workers() -> int:
    """Return how many recordings to analyse at a time on this machine."""
    cores = len(psutil.Process().cpu_affinity()) if hasattr(psutil.Process, "cpu_affinity") else 0
    by_cores = math.ceil((cores or psutil.cpu_count() or 1) / CORES_EACH)
    by_memory = psutil.virtual_memory().available // MEMORY_EACH_BYTES
    return max(1, min(by_cores, by_memory))


class _Worker:
    """A process that analyses one recording, seen from the program's."""

    def __init__(self, place: int, request: RecordingRequest) -> None:
        self._place = place
        self._source = request.plan.source
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe(duplex=False)
        arguments = (request, theirs, logging.getLogger().level)
        self._process: SpawnProcess = context.Process(target=_serve, args=arguments, daemon=True)
        self._process.start()
        theirs.close()  # so that the pipe ends with the process

    def event(self) -> Progressed | Finished | None:
        """Return what the process has told; a log entry is passed on and gives None."""
        try:
            message: _Message = self.connection.recv()
        except (EOFError, OSError):
            return Finished(self._place, self._died())
        if isinstance(message, logging.LogRecord):
            logging.getLogger(message.name).handle(message)
            return None
        if isinstance(message, tuple):
            return Progressed(self._place, *message)
        return Finished(self._place, message)

    def end(self) -> None:
        """Wait for the process to end; one that doesn't is stopped."""
        self._process.join(_JOIN_S)
        if self._process.is_alive():
            logger.warning("the analysis of %s did not end and is stopped", self._source)
            self._process.terminate()
            self._process.join(_JOIN_S)
        self.connection.close()

    def _died(self) -> EnvironmentProblem:
        self._process.join(_JOIN_S)
        return EnvironmentProblem(
            f"{self._source}: its analysis broke down (exit code {self._process.exitcode}), as the "
            "decoder does on some damaged files, or for lack of memory: finished seconds are "
            "saved; convert it to MP4, or try it again with --workers 1"
        )


def _serve(request: RecordingRequest, connection: Connection, log_level: int) -> None:
    """Analyse one recording in this process, and tell the program's of it."""
    reporter = _Reporter(connection)
    handler = _LogSender(reporter)
    logging.basicConfig(level=log_level, handlers=[handler], force=True)
    try:
        reporter.send(_outcome(request, reporter))
    except (KeyboardInterrupt, BrokenPipeError):
        pass  # stopped: what is finished is saved, and nobody waits for more
    finally:
        logging.getLogger().removeHandler(handler)


def _outcome(
    request: RecordingRequest, reporter: _Reporter
) -> RecordingResult | EnvironmentProblem:
    try:
        return analyse_recording(request, reporter.progress)
    except EnvironmentProblem as problem:
        return problem
    except Exception as error:
        logger.exception("the analysis of %s stopped", request.plan.source)
        return EnvironmentProblem(
            f"{request.plan.source}: stopped by an error in the program ({type(error).__name__}: "
            f"{error}): finished seconds are saved; analyze it again to go on"
        )


class _Reporter:
    """Sends messages to the program's process; any thread may."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._lock = Lock()
        self._told_s = 0.0

    def send(self, message: _Message) -> None:
        """Send one message. Raises BrokenPipeError where nobody reads any more."""
        with self._lock:
            self._connection.send(message)

    def progress(self, done_s: float, total_s: float | None) -> None:
        """Tell how far the analysis is. Raises KeyboardInterrupt where it is no longer wanted."""
        now_s = time.monotonic()
        if now_s - self._told_s < _TELL_S:
            return
        self._told_s = now_s
        try:
            self.send((done_s, total_s))
        except BrokenPipeError as error:
            raise KeyboardInterrupt from error


class _LogSender(QueueHandler):
    """Sends log records to the program's process."""

    def __init__(self, reporter: _Reporter) -> None:
        super().__init__(queue=None)  # type: ignore[arg-type]  # enqueue needs none
        self._reporter = reporter

    def enqueue(self, record: logging.LogRecord) -> None:
        """Send a record that QueueHandler has prepared for it."""
        self._reporter.send(record)
