"""Writes raw H.264, which carries pictures and no times (ITU-T H.264, sections 7.3 and B.1)."""

from __future__ import annotations

from pathlib import Path

_ACROSS, _DOWN = 4, 3  # macroblocks of 16x16 pixels


class Bits:
    """Collects the fixed-length and Exp-Golomb numbers of a header."""

    def __init__(self) -> None:
        self._bits = ""

    def fixed(self, width: int, value: int) -> Bits:
        self._bits += f"{value:0{width}b}"
        return self

    def golomb(self, *values: int) -> Bits:
        for value in values:
            digits = f"{value + 1:b}"
            self._bits += "0" * (len(digits) - 1) + digits
        return self

    def aligned(self) -> bytes:
        """Return the bytes so far, filled up with zeros, and begin anew."""
        bits = self._bits + "0" * (-len(self._bits) % 8)
        self._bits = ""
        return int(bits, 2).to_bytes(len(bits) // 8, "big")


def write_raw_h264(path: Path, frames: int) -> Path:
    """Write evenly grey pictures of 64x48 as uncompressed (I_PCM) macroblocks."""
    sequence = Bits().fixed(24, 66 << 16 | 10).golomb(0, 0, 2, 0).fixed(1, 0)
    sequence.golomb(_ACROSS - 1, _DOWN - 1).fixed(5, 0b11001)
    picture = Bits().golomb(0, 0).fixed(2, 0).golomb(0, 0, 0).fixed(3, 0)
    picture.golomb(0, 0, 0).fixed(4, 0b0001)
    units = [b"\x67" + sequence.aligned(), b"\x68" + picture.aligned()]
    units += [b"\x65" + _slice(number) for number in range(frames)]
    path.write_bytes(b"".join(b"\0\0\0\1" + unit for unit in units))
    return path


def _slice(number: int) -> bytes:
    header = Bits().golomb(0, 7, 0).fixed(4, 0).golomb(number % 2).fixed(2, 0).golomb(0)
    content = b""
    for _ in range(_ACROSS * _DOWN):
        content += header.golomb(25).aligned() + bytes([60 + number]) * 256 + b"\x80" * 128
    return content + b"\x80"
