"""Recordings as cameras whose decoder cannot take the program with it."""

from __future__ import annotations

import math
from pathlib import Path

from classroom_monitor.contracts import EndOfRecording, Frame
from classroom_monitor.errors import CameraProblem
from classroom_monitor.vision.decoder_link import PATIENCE_S, DecoderGone, DecoderLink
from classroom_monitor.vision.decoder_messages import Command, Kind, Reply


class GuardedRecording:
    """A video file as RecordingCamera reads it, decoded in a process of its own.

    A decoder that a file brings down, or keeps busy for longer than patience_s, is a problem of
    that file.
    """

    is_live = False

    def __init__(self, path: Path, patience_s: float = PATIENCE_S) -> None:
        self._path = path
        self._patience_s = patience_s
        self._link: DecoderLink | None = None
        self._duration_s: float | None = None
        self._last_at_s = 0.0

    @property
    def name(self) -> str:
        """The file's name without its folder."""
        return self._path.name

    @property
    def duration_s(self) -> float | None:
        """Length in seconds by the file's header once it was opened, None where it has none."""
        return self._duration_s

    def open(self) -> None:
        """Start the decoder and open the file. Raises CameraProblem."""
        self.close()
        self._link = DecoderLink(self._patience_s)
        self._last_at_s = 0.0
        try:
            length_s = self._ask(Command.OPEN, Kind.OPENED, str(self._path)).at_s
        except BaseException:
            self.close()
            raise
        self._duration_s = length_s if math.isfinite(length_s) else None

    def read(self) -> Frame:
        """Return the next frame. Raises EndOfRecording, or CameraProblem when not open."""
        self.advance()
        return self.current()

    def advance(self) -> float:
        """Go on to the next frame and return its captured_at_s; current makes its picture.

        Raises EndOfRecording, or CameraProblem when not open.
        """
        at_s = self._ask(Command.ADVANCE, Kind.ADVANCED).at_s
        if not (math.isfinite(at_s) and at_s >= self._last_at_s):
            raise CameraProblem(self._broken("its times run backward"))
        self._last_at_s = at_s
        return at_s

    def current(self) -> Frame:
        """Return the frame that advance went to; ask once. Raises CameraProblem."""
        reply = self._ask(Command.CURRENT, Kind.PICTURE)
        assert reply.image_bgr is not None
        return Frame(reply.index, self._last_at_s, reply.image_bgr)

    def close(self) -> None:
        """End the decoder; harmless when it isn't open."""
        link, self._link = self._link, None
        if link is not None:
            link.close()

    def _ask(self, command: Command, wanted: Kind, path: str = "") -> Reply:
        if self._link is None:
            raise CameraProblem(f"{self.name} is not open: open it before reading from it")
        try:
            reply = self._link.ask(command, path)
        except DecoderGone as gone:
            raise CameraProblem(self._broken(str(gone))) from gone
        if reply.kind is Kind.ENDED and command is Command.ADVANCE:
            raise EndOfRecording
        if reply.kind is Kind.PROBLEM:
            raise CameraProblem(" ".join(reply.text.split()))
        if reply.kind is not wanted:
            raise CameraProblem(self._broken("it sent nonsense"))
        return reply

    def _broken(self, how: str) -> str:
        return (
            f"{self._path}: the decoder broke down at {self._last_at_s:.0f} s ({how}), as it does"
            " on some damaged files: convert it to MP4 with another program, or choose another"
        )
