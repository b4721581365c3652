"""Decodes recordings and pictures in a process of its own; run as a program by decoder_link.

Decoders are native code that a damaged or hostile file can bring down or lead astray. Here they
take nothing with them: this process has no store, no settings and no window, leaves no memory dump
(it would hold faces), and can write to no file. It ends when the program's process does.
"""

from __future__ import annotations

import logging
import math
import os
import queue
import sys
import threading
import traceback
from pathlib import Path
from typing import NoReturn

from classroom_monitor.contracts import EndOfRecording
from classroom_monitor.errors import EnvironmentProblem
from classroom_monitor.own_process import leave_no_memory_dump
from classroom_monitor.vision.decoder_messages import (
    Command,
    Kind,
    Reply,
    Write,
    read_command,
    send_reply,
)
from classroom_monitor.vision.pictures import read_picture
from classroom_monitor.vision.recording import RecordingCamera

MAX_MEMORY_BYTES = 8 << 30
"""Of address space, where the system can limit it. A clip of 3840x2160 takes 0.9 GiB of it on two
cores, more with more threads; a file that asks for ten times that was made to fill the machine."""

_FFMPEG_OPTIONS = "OPENCV_FFMPEG_CAPTURE_OPTIONS"
"""Read by OpenCV whenever a file is opened. A playlist among recordings leads to files only."""

_TOO_LARGE = "needs more memory than there is: make its pictures smaller"
_Request = tuple[Command, bytes]


class Decoder:
    """Answers commands about one recording at a time, and about single pictures."""

    def __init__(self) -> None:
        self.name = ""
        self._camera = RecordingCamera(Path())

    def answer(self, command: Command, path: bytes) -> Reply:
        """Do what a command asks for. Raises EnvironmentProblem or EndOfRecording."""
        if command in (Command.OPEN, Command.PICTURE):
            self.name = os.fsdecode(path)
        if command is Command.OPEN:
            return self._open(Path(self.name))
        if command is Command.PICTURE:
            return Reply(Kind.PICTURE, image_bgr=read_picture(Path(self.name)))
        if command is Command.ADVANCE:
            return Reply(Kind.ADVANCED, at_s=self._camera.advance())
        frame = self._camera.current()
        return Reply(Kind.PICTURE, frame.index, frame.captured_at_s, image_bgr=frame.image_bgr)

    def _open(self, path: Path) -> Reply:
        self._camera.close()
        self._camera = RecordingCamera(path)
        self._camera.open()
        duration_s = self._camera.duration_s
        return Reply(Kind.OPENED, at_s=math.nan if duration_s is None else duration_s)


class _LogSender(logging.Handler):
    """Sends what the decoder logs to the program's process."""

    def __init__(self, write: Write) -> None:
        super().__init__(logging.WARNING)
        self._write = write

    def emit(self, record: logging.LogRecord) -> None:
        send_reply(self._write, Reply(Kind.LOG, record.levelno, text=record.getMessage()))


def main() -> None:
    """Answer the program's commands until it goes."""
    pipe_in, pipe_out = _own_pipes()
    requests: queue.SimpleQueue[_Request] = queue.SimpleQueue()

    def write(data: bytes | memoryview) -> None:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(pipe_out, rest) :]

    def read(size: int) -> bytes:
        data = b""
        while len(data) < size:
            part = os.read(pipe_in, size - len(data))
            if not part:
                raise EOFError
            data += part
        return data

    def listen() -> None:
        """Hear commands beside the decoder, which may hang: the end of the program ends it."""
        try:
            while True:
                requests.put(read_command(read))
        finally:
            os._exit(0)

    logging.basicConfig(level=logging.WARNING, handlers=[_LogSender(write)], force=True)
    _give_up_rights()
    threading.Thread(target=listen, daemon=True).start()
    _serve(requests, write)


def _serve(requests: queue.SimpleQueue[_Request], write: Write) -> NoReturn:
    decoder = Decoder()
    while True:
        command, path = requests.get()
        try:
            reply = decoder.answer(command, path)
        except EndOfRecording:
            reply = Reply(Kind.ENDED)
        except EnvironmentProblem as problem:
            reply = Reply(Kind.PROBLEM, text=str(problem))
        except MemoryError:
            reply = Reply(Kind.PROBLEM, text=f"{decoder.name} {_TOO_LARGE}")
        except Exception:  # noqa: BLE001  raised again in the program's process
            reply = Reply(Kind.BUG, text=traceback.format_exc())
        send_reply(write, reply)


def _own_pipes() -> tuple[int, int]:
    """Return the pipes to the program, out of reach of libraries that print."""
    pipe_in, pipe_out = os.dup(0), os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    return pipe_in, pipe_out


def _give_up_rights() -> None:
    leave_no_memory_dump()
    chosen = os.environ.get(_FFMPEG_OPTIONS)
    os.environ[_FFMPEG_OPTIONS] = "|".join(filter(None, (chosen, "protocol_whitelist;file")))
    if sys.platform == "win32":
        return
    import resource

    limits = [(resource.RLIMIT_FSIZE, 0)]
    if sys.platform == "linux":  # macOS counts what its libraries reserve and never use
        limits.append((resource.RLIMIT_AS, MAX_MEMORY_BYTES))
    for limit, most in limits:
        hard = resource.getrlimit(limit)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(limit, (most, most))


if __name__ == "__main__":
    main()
