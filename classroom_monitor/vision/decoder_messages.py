"""What a decoder's process and the program's say to each other over a pair of pipes.

Numbers, texts and pixels of limited size, packed by hand: the decoder reads files that nobody
vouched for, so nothing that it says is unpickled, and every length is checked before it is obeyed.
"""

from __future__ import annotations

import enum
import math
import struct
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from classroom_monitor.contracts import UInt8Array
from classroom_monitor.vision.opencv import MAX_PIXELS

MAX_TEXT_BYTES = 64 * 1024

_COMMAND = struct.Struct("<BI")
_REPLY = struct.Struct("<BQdII")
_CHANNELS = 3

Read = Callable[[int], bytes]
"""Returns exactly so many bytes. Raises EOFError where the other side is gone."""

Write = Callable[[bytes | memoryview], None]
"""Sends bytes. Raises OSError where the other side is gone."""


class Command(enum.IntEnum):
    """What the program asks for; OPEN and PICTURE come with a path."""

    OPEN = 1
    ADVANCE = 2
    CURRENT = 3
    PICTURE = 4


class Kind(enum.IntEnum):
    """What the decoder answers; LOG may come any time before the answer."""

    OPENED = 1  # at_s is the length, NaN where the file has none
    ADVANCED = 2  # at_s is the frame's time
    PICTURE = 3
    ENDED = 4
    PROBLEM = 5  # text is for the user
    LOG = 6  # index is the level
    BUG = 7  # text is a traceback


class GarbledMessage(Exception):
    """The other side sent what no decoder of this program sends."""


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer: a frame's index and time in seconds, a picture, a text, as its kind has them.

    image_bgr is (height, width, 3) uint8.
    """

    kind: Kind
    index: int = 0
    at_s: float = math.nan
    text: str = ""
    image_bgr: UInt8Array | None = None


def send_command(write: Write, command: Command, path: bytes = b"") -> None:
    """Ask the decoder for something."""
    write(_COMMAND.pack(command, len(path)) + path)


def read_command(read: Read) -> tuple[Command, bytes]:
    """Return the next command and its path. Raises EOFError when the program is gone."""
    number, length = _COMMAND.unpack(read(_COMMAND.size))
    return Command(number), read(length) if length else b""


def send_reply(write: Write, reply: Reply) -> None:
    """Answer the program."""
    if reply.image_bgr is not None:
        height, width = reply.image_bgr.shape[:2]
        write(_REPLY.pack(reply.kind, reply.index, reply.at_s, height, width))
        write(np.ascontiguousarray(reply.image_bgr).data.cast("B"))
        return
    text = reply.text.encode("utf-8", "backslashreplace")[:MAX_TEXT_BYTES]
    write(_REPLY.pack(reply.kind, reply.index, reply.at_s, len(text), 0) + text)


def read_reply(read: Read, read_into: Callable[[memoryview], None]) -> Reply:
    """Return the decoder's next answer. Raises EOFError, or GarbledMessage for nonsense."""
    number, index, at_s, length, width = _REPLY.unpack(read(_REPLY.size))
    try:
        kind = Kind(number)
    except ValueError as error:
        raise GarbledMessage(f"kind {number}") from error
    if kind is not Kind.PICTURE:
        if length > MAX_TEXT_BYTES:
            raise GarbledMessage(f"a text of {length} bytes")
        text = read(length).decode("utf-8", "replace") if length else ""
        return Reply(kind, index, at_s, text)
    if not 0 < length * width <= MAX_PIXELS:
        raise GarbledMessage(f"a picture of {width}x{length}")
    image_bgr = np.empty((length, width, _CHANNELS), np.uint8)
    read_into(image_bgr.data.cast("B"))
    return Reply(kind, index, at_s, image_bgr=image_bgr)
