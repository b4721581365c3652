from __future__ import annotations

from pathlib import Path

import pytest

from classroom_monitor.vision.fingerprint import recording_fingerprint

MEBIBYTE = 1 << 20


def written(path: Path, *, size: int, first: int = 0, last: int = 0) -> Path:
    """Write a file of zeros with a given first and last byte."""
    content = bytearray(size)
    content[0], content[-1] = first, last
    path.write_bytes(content)
    return path


def test_copies_have_the_same_fingerprint_and_others_not(tmp_path: Path) -> None:
    size = 3 * MEBIBYTE
    files = [
        written(tmp_path / "lecture.mp4", size=size),
        written(tmp_path / "copy.mp4", size=size),
        written(tmp_path / "longer.mp4", size=size + 1),
        written(tmp_path / "other start.mp4", size=size, first=1),
        written(tmp_path / "other end.mp4", size=size, last=1),
        written(tmp_path / "short.mp4", size=10),
        written(tmp_path / "other short.mp4", size=10, last=1),
    ]
    lecture, copy, *others = [recording_fingerprint(path) for path in files]
    assert lecture == copy
    assert len({lecture, *others}) == len(others) + 1
    assert len(lecture) == 64


def test_an_empty_file_has_one_too(tmp_path: Path) -> None:
    (tmp_path / "empty.mp4").touch()
    assert len(recording_fingerprint(tmp_path / "empty.mp4")) == 64


def test_a_missing_file_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        recording_fingerprint(tmp_path / "missing.mp4")
