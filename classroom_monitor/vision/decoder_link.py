"""The program's end of a decoder that runs in a process of its own (decoder_process.py)."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading

from classroom_monitor.errors import EnvironmentProblem
from classroom_monitor.own_process import module_command, module_environment
from classroom_monitor.vision.decoder_messages import (
    Command,
    GarbledMessage,
    Kind,
    Reply,
    read_reply,
    send_command,
)

logger = logging.getLogger(__name__)

PATIENCE_S = 60.0
"""How long a decoder may be silent over one answer. Long for a frame, of which none takes a second;
short of what a user waits for a file on a slow disk or server to open."""

_TICK_S = 1.0
_PIPE_BYTES = 1 << 20
_END_S = 5.0


class DecoderGone(Exception):
    """The decoder's process ended, or was ended, in the middle of an answer; str says how."""


class DecoderLink:
    """A decoder's process: started here, asked by one thread, ended by close.

    What it logs is logged here.
    """

    def __init__(self, patience_s: float = PATIENCE_S) -> None:
        """Start the process. Raises EnvironmentProblem where the system refuses."""
        self._patience_s = patience_s
        self._closed = threading.Event()
        self._asked = False
        self._late = False
        try:
            self._process = _start()
        except OSError as error:
            raise EnvironmentProblem(
                f"no process can be started for decoding ({error.strerror}): close other programs"
            ) from error
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._stdin, self._stdout = self._process.stdin.fileno(), self._process.stdout.fileno()
        self._watch = threading.Thread(target=self._watch_answers, name="decoder-watch")
        self._watch.daemon = True
        self._watch.start()

    def ask(self, command: Command, path: str = "") -> Reply:
        """Return the decoder's answer.

        Raises DecoderGone where it has none to give, and RuntimeError with the decoder's traceback
        for a bug in it.
        """
        self._asked = True
        try:
            send_command(self._write, command, os.fsencode(path))
            while (reply := read_reply(self._read, self._read_into)).kind is Kind.LOG:
                logger.log(min(reply.index, logging.CRITICAL), "%s", reply.text)
        except (EOFError, OSError, GarbledMessage) as error:
            raise DecoderGone(self._end_of_process(error)) from error
        finally:
            self._asked = False
        if reply.kind is Kind.BUG:
            raise RuntimeError(f"in the decoder's process:\n{reply.text}")
        return reply

    def close(self) -> None:
        """End the process, whatever it is doing; harmless when repeated."""
        self._closed.set()
        self._kill()  # it has nothing to finish
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        self._watch.join(_END_S)

    def _watch_answers(self) -> None:
        """End a process that is silent for too long.

        Ticks are counted rather than time taken: a laptop that slept hasn't waited.
        """
        silent_s = 0.0
        while not self._closed.wait(_TICK_S):
            silent_s = silent_s + _TICK_S if self._asked else 0.0
            if silent_s > self._patience_s:
                self._late = True
                self._process.kill()
                return

    def _end_of_process(self, error: Exception) -> str:
        if isinstance(error, GarbledMessage):
            logger.warning("the decoder's process sent nonsense (%s)", error)
        code = self._kill()
        if self._late:
            return f"no answer for {self._patience_s:.0f} s"
        return "it sent nonsense" if isinstance(error, GarbledMessage) else f"exit code {code}"

    def _kill(self) -> int | None:
        self._process.kill()
        try:
            return self._process.wait(_END_S)
        except subprocess.TimeoutExpired:  # in the system's hands, a dead network drive's say
            logger.warning("a decoder's process did not end and is left behind")
            return None

    def _write(self, data: bytes | memoryview) -> None:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(self._stdin, rest) :]

    def _read(self, size: int) -> bytes:
        data = bytearray(size)
        self._read_into(memoryview(data))
        return bytes(data)

    def _read_into(self, rest: memoryview) -> None:
        while rest:
            count = os.readv(self._stdout, [rest]) if hasattr(os, "readv") else self._copy(rest)
            if not count:
                raise EOFError
            rest = rest[count:]

    def _copy(self, rest: memoryview) -> int:
        part = os.read(self._stdout, min(len(rest), _PIPE_BYTES))
        rest[: len(part)] = part
        return len(part)


def _start() -> subprocess.Popen[bytes]:
    process = subprocess.Popen(
        module_command("classroom_monitor.vision.decoder_process"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        bufsize=0,
        env=module_environment(),
        start_new_session=True,  # Ctrl+C is for the program, which ends this
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    if sys.platform == "linux":
        _widen(process)
    return process


def _widen(process: subprocess.Popen[bytes]) -> None:
    """Let the pipe hold more of a picture at once, which halves what moving it takes."""
    import fcntl

    assert process.stdout is not None
    try:
        fcntl.fcntl(process.stdout.fileno(), fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
    except OSError:
        logger.debug("the decoder's pipe stays at its usual size")
