"""A decoder that was led astray may say anything: only numbers, texts and pixels are taken."""

from __future__ import annotations

import io
import math
import struct

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from classroom_monitor.vision.decoder_messages import (
    MAX_TEXT_BYTES,
    Command,
    GarbledMessage,
    Kind,
    Reply,
    read_command,
    read_reply,
    send_command,
    send_reply,
)
from classroom_monitor.vision.opencv import MAX_PIXELS
from tests.fakes.videos import shape_picture

HEADER = struct.Struct("<BQdII")


class Pipe:
    """What one side has written, for the other to read."""

    def __init__(self, content: bytes = b"") -> None:
        self.file = io.BytesIO(content)

    def write(self, data: bytes | memoryview) -> None:
        self.file.write(data)

    def read(self, size: int) -> bytes:
        data = self.file.read(size)
        if len(data) < size:
            raise EOFError
        return data

    def read_into(self, target: memoryview) -> None:
        target[:] = self.read(len(target))

    def reply(self) -> Reply:
        self.file.seek(0)
        return read_reply(self.read, self.read_into)


@given(st.sampled_from(Command), st.binary(max_size=300))
def test_commands_arrive(command: Command, path: bytes) -> None:
    pipe = Pipe()
    send_command(pipe.write, command, path)
    pipe.file.seek(0)
    assert read_command(pipe.read) == (command, path)


@given(st.sampled_from([kind for kind in Kind if kind is not Kind.PICTURE]), st.text())
@example(Kind.PROBLEM, "x" * (MAX_TEXT_BYTES + 9))
@example(Kind.LOG, "\udcff")
def test_texts_arrive(kind: Kind, text: str) -> None:
    pipe = Pipe()
    send_reply(pipe.write, Reply(kind, 7, math.inf, text))
    arrived = pipe.reply()
    assert (arrived.kind, arrived.index, arrived.at_s) == (kind, 7, math.inf)
    assert arrived.text == text.encode("utf-8", "backslashreplace")[:MAX_TEXT_BYTES].decode(
        "utf-8", "replace"
    )


def test_pictures_arrive() -> None:
    pipe = Pipe()
    send_reply(pipe.write, Reply(Kind.PICTURE, 3, 0.5, image_bgr=shape_picture(5)[::-1]))
    arrived = pipe.reply()
    assert arrived.image_bgr is not None
    np.testing.assert_array_equal(arrived.image_bgr, shape_picture(5)[::-1])


@given(st.binary(max_size=200))
def test_whatever_else_comes_is_refused_or_ends(content: bytes) -> None:
    try:
        reply = Pipe(content).reply()
    except (GarbledMessage, EOFError):
        return
    assert len(reply.text) <= len(content)


@pytest.mark.parametrize(
    "header",
    [
        (0, 0, 0.0, 0, 0),
        (99, 0, 0.0, 0, 0),
        (Kind.PROBLEM, 0, 0.0, MAX_TEXT_BYTES + 1, 0),
        (Kind.PICTURE, 0, 0.0, 0, 640),
        (Kind.PICTURE, 0, 0.0, 2**32 - 1, 2**32 - 1),
        (Kind.PICTURE, 0, 0.0, MAX_PIXELS + 1, 1),
    ],
)
def test_sizes_are_checked_before_memory_is_taken(header: tuple[float, ...]) -> None:
    with pytest.raises(GarbledMessage):
        Pipe(HEADER.pack(*header)).reply()
