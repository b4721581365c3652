"""Picture files whose decoder cannot take the program with it."""

from __future__ import annotations

from pathlib import Path

from classroom_monitor.contracts import UInt8Array
from classroom_monitor.errors import DataProblem
from classroom_monitor.vision.decoder_link import PATIENCE_S, DecoderGone, DecoderLink
from classroom_monitor.vision.decoder_messages import Command


class PictureReader:
    """Reads picture files in a process of its own, which is started with the first one.

    A decoder that a file brings down, or keeps busy for longer than patience_s, is a problem of
    that file: the next one gets a new process.
    """

    def __init__(self, patience_s: float = PATIENCE_S) -> None:
        self._patience_s = patience_s
        self._link: DecoderLink | None = None

    def read(self, path: Path) -> UInt8Array:
        """Return a picture as (height, width, 3) uint8 BGR. Raises DataProblem as read_picture."""
        if self._link is None:
            self._link = DecoderLink(self._patience_s)
        try:
            reply = self._link.ask(Command.PICTURE, str(path))
        except DecoderGone as gone:
            self.close()
            raise DataProblem(
                f"cannot decode {path}: the decoder broke down ({gone}), as it does on some "
                "damaged files; use another picture"
            ) from gone
        if reply.image_bgr is None:
            raise DataProblem(" ".join(reply.text.split()))
        return reply.image_bgr

    def close(self) -> None:
        """End the process; harmless when repeated."""
        link, self._link = self._link, None
        if link is not None:
            link.close()
