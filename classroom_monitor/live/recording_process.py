"""One recording's analysis in a process of its own, seen from the program's and from inside.

A process, because decoders are native code that a damaged file can bring down: then only that
recording is lost. Processes are spawned, not forked, as MediaPipe's threads don't survive a fork.
"""

from __future__ import annotations

import logging
import multiprocessing
import time
from dataclasses import dataclass
from logging.handlers import QueueHandler
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from multiprocessing.synchronize import Event
from threading import Lock
from typing import TypeAlias

from classroom_monitor.errors import EnvironmentProblem
from classroom_monitor.live.recording import (
    RecordingRequest,
    RecordingResult,
    analyse_recording,
)

logger = logging.getLogger(__name__)

_TELL_S = 0.1  # between two words of progress
_END_S = 10.0
_ORPHAN_POLL_S = 1.0


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


class RecordingProcess:
    """A process that analyses one recording, seen from the program's."""

    def __init__(self, place: int, request: RecordingRequest) -> None:
        self._place = place
        self._source = request.plan.source
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe(duplex=False)
        self._may_run = context.Event()
        self._may_run.set()
        self._stop_by_s = 0.0
        arguments = (request, theirs, self._may_run, logging.getLogger().level)
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

    def pause(self) -> None:
        """Let the process wait, between two saved looks, until it is resumed or stopped."""
        self._may_run.clear()

    def resume(self) -> None:
        """Let the process go on."""
        self._may_run.set()

    def stop(self) -> None:
        """Tell the process that it is no longer wanted: it ends soon; see ended and end."""
        self.connection.close()  # it notices when it next tells of its progress
        self._may_run.set()
        self._stop_by_s = time.monotonic() + _END_S

    def ended(self) -> bool:
        """Return at once whether a stopped process is gone; one that takes too long is killed."""
        if self._process.is_alive():
            if time.monotonic() > self._stop_by_s:
                logger.warning("the analysis of %s did not end and is stopped", self._source)
                self._process.terminate()
            return False
        return True

    def end(self) -> None:
        """Wait for the process to end; one that doesn't is killed."""
        self._process.join(_END_S)
        if self._process.is_alive():
            logger.warning("the analysis of %s did not end and is stopped", self._source)
            self._process.terminate()
            self._process.join(_END_S)
        self.connection.close()

    def _died(self) -> EnvironmentProblem:
        self._process.join(_END_S)
        return EnvironmentProblem(
            f"{self._source}: its analysis broke down (exit code {self._process.exitcode}), as the "
            "decoder does on some damaged files, or for lack of memory: finished seconds are "
            "saved; convert it to MP4, or try it again with --workers 1"
        )


def _serve(
    request: RecordingRequest, connection: Connection, may_run: Event, log_level: int
) -> None:
    """Analyse one recording in this process, and tell the program's of it."""
    reporter = _Reporter(connection, may_run)
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

    def __init__(self, connection: Connection, may_run: Event) -> None:
        self._connection = connection
        self._may_run = may_run
        self._lock = Lock()
        self._told_s = 0.0

    def send(self, message: _Message) -> None:
        """Send one message. Raises BrokenPipeError where nobody reads any more."""
        with self._lock:
            self._connection.send(message)

    def progress(self, done_s: float, total_s: float | None) -> None:
        """Tell how far the analysis is, and wait while it is paused.

        Raises KeyboardInterrupt where it is no longer wanted.
        """
        while not self._may_run.wait(_ORPHAN_POLL_S):
            _go_with_the_program()
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


def _go_with_the_program() -> None:
    """Raise KeyboardInterrupt where the program's own process is gone: nobody will resume this."""
    program = multiprocessing.parent_process()
    if program is not None and not program.is_alive():
        raise KeyboardInterrupt
