"""Writes AVI files chunk by chunk, to say more than a video writer can."""

from __future__ import annotations


def mjpeg_avi(pictures: list[bytes], rate_hz: int = 10) -> bytes:
    """Return an AVI file of 64x48 MJPEG pictures (AVI RIFF file reference, Microsoft)."""
    count = len(pictures)
    main = _numbers(1_000_000 // rate_hz, 0, 0, 0x10, count, 0, 1, 0, 64, 48, 0, 0, 0, 0)
    stream = b"vidsMJPG" + _numbers(0, 0, 0, 1, rate_hz, 0, count, 0, 0, 0) + b"\0" * 8
    picture_format = _numbers(40, 64, 48) + b"\1\0\x18\0MJPG" + _numbers(9216, 0, 0, 0, 0)
    stream_list = _chunk(
        b"LIST", b"strl" + _chunk(b"strh", stream) + _chunk(b"strf", picture_format)
    )
    header = _chunk(b"LIST", b"hdrl" + _chunk(b"avih", main) + stream_list)
    body = _chunk(b"LIST", b"movi" + b"".join(_chunk(b"00dc", data) for data in pictures))
    entries, offset = b"", 4
    for data in pictures:
        entries += b"00dc" + _numbers(0x10, offset, len(data))
        offset += 8 + len(data) + len(data) % 2
    return _chunk(b"RIFF", b"AVI " + header + body + _chunk(b"idx1", entries))


def _chunk(name: bytes, content: bytes) -> bytes:
    return name + len(content).to_bytes(4, "little") + content + b"\0" * (len(content) % 2)


def _numbers(*values: int) -> bytes:
    return b"".join(value.to_bytes(4, "little") for value in values)
