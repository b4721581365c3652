"""Pictures are decoded where a decoder's death costs one picture."""

from __future__ import annotations

import os
import sys
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from classroom_monitor.errors import DataProblem
from classroom_monitor.vision.guarded_pictures import PictureReader
from classroom_monitor.vision.opencv import cv2
from classroom_monitor.vision.pictures import read_picture
from tests.fakes.decoders import decoder
from tests.fakes.videos import shape_picture


@pytest.fixture
def reader() -> Iterator[PictureReader]:
    with closing(PictureReader(patience_s=5.0)) as opened:
        yield opened


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "shapes.png"
    path.write_bytes(cv2.imencode(".png", shape_picture(3))[1].tobytes())
    return path


def png(width_px: int, height_px: int) -> bytes:
    """A small file that claims to be a picture of any size."""
    header = width_px.to_bytes(4, "big") + height_px.to_bytes(4, "big") + b"\x08\x02\0\0\0"
    parts = [(b"IHDR", header), (b"IDAT", zlib.compress(b"\0" * 5000)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")
        for kind, data in parts
    )


def test_a_picture_is_what_reading_it_here_gives(reader: PictureReader, picture: Path) -> None:
    for _ in range(2):
        np.testing.assert_array_equal(reader.read(picture), read_picture(picture))


def test_a_decoder_that_dies_costs_one_picture(reader: PictureReader, picture: Path) -> None:
    reader.read(picture)
    decoder().kill()
    with pytest.raises(DataProblem, match=r"shapes\.png: the decoder broke down"):
        reader.read(picture)
    assert reader.read(picture).shape == (48, 64, 3)


@pytest.mark.parametrize("content", [b"", b"no picture", png(60_000, 60_000), png(2**31 - 1, 1)])
def test_what_is_no_picture_is_one_clear_line(
    reader: PictureReader, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "bad.png"
    path.write_bytes(content)
    with pytest.raises(DataProblem, match=r"bad\.png") as told:
        reader.read(path)
    assert "\n" not in str(told.value)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
def test_a_pipe_is_not_waited_for(reader: PictureReader, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.png")
    with pytest.raises(DataProblem, match="is not a file"):
        reader.read(tmp_path / "pipe.png")


def test_closing_leaves_no_process(reader: PictureReader, picture: Path) -> None:
    reader.read(picture)
    process = decoder()
    reader.close()
    assert not process.is_running()
