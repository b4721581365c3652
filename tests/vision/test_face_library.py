"""The face model that the user adds: what is kept, verified and refused."""

from __future__ import annotations

import hashlib
import os
import stat
import sys
from pathlib import Path

import pytest

from classroom_monitor.errors import BundleProblem
from classroom_monitor.vision import face_library
from classroom_monitor.vision.face_library import UNKNOWN_LICENCE, FaceModelLibrary
from classroom_monitor.vision.yunet_trial import try_yunet

CONTENT = b"not really a network" * 100


@pytest.fixture
def untried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are kept without being run."""
    monkeypatch.setattr(face_library, "try_yunet", lambda path, name: None)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "my faces.onnx"
    path.write_bytes(CONTENT)
    return path


@pytest.fixture
def library(tmp_path: Path) -> FaceModelLibrary:
    return FaceModelLibrary(tmp_path / "face_models")


def refusal(call: object) -> str:
    assert callable(call)
    with pytest.raises(BundleProblem) as caught:
        call()
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.mark.usefixtures("untried")
def test_what_is_added_is_a_copy_with_its_sha256(library: FaceModelLibrary, file: Path) -> None:
    record = library.add(file)
    file.unlink()
    assert library.read() == CONTENT
    assert library.record() == record
    assert record.sha256 == hashlib.sha256(CONTENT).hexdigest()
    assert (record.file, record.size_bytes) == ("my faces.onnx", len(CONTENT))
    assert record.licence == UNKNOWN_LICENCE


@pytest.mark.usefixtures("untried")
def test_a_changed_file_is_not_used(library: FaceModelLibrary, file: Path) -> None:
    library.add(file)
    (model,) = library.place.glob("*.onnx")
    model.write_bytes(CONTENT[:-1] + b"!")
    assert "SHA-256" in refusal(library.read)
    model.unlink()
    assert "can't be read" in refusal(library.read)


@pytest.mark.usefixtures("untried")
@pytest.mark.parametrize("text", ["", "[]", "{}", '{"file": 1}', "null"])
def test_a_damaged_record_is_said(library: FaceModelLibrary, file: Path, text: str) -> None:
    library.add(file)
    (record,) = library.place.glob("*.json")
    record.write_text(text, encoding="utf-8")
    assert "models remove yunet" in refusal(library.read)


@pytest.mark.usefixtures("untried")
def test_nothing_is_overwritten_and_what_is_removed_is_gone(
    library: FaceModelLibrary, file: Path
) -> None:
    assert "models add" in refusal(library.read)
    assert "none can be removed" in refusal(library.remove)
    library.add(file)
    assert "already" in refusal(lambda: library.add(file))
    library.remove()
    assert not library.has_model
    assert list(library.place.parent.iterdir()) == []
    library.add(file)
    assert library.read() == CONTENT


@pytest.mark.parametrize("content", [b"junk" * 1000, b"", b"x", b"\x08\x07" + bytes(5000)])
def test_what_is_no_yunet_is_refused_and_nothing_kept(
    library: FaceModelLibrary, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "junk.onnx"
    path.write_bytes(content)
    assert "no" in refusal(lambda: library.add(path))
    assert not library.has_model
    assert not library.place.parent.exists() or list(library.place.parent.iterdir()) == []


def test_files_of_other_sizes_are_not_even_read(library: FaceModelLibrary, tmp_path: Path) -> None:
    path = tmp_path / "huge.onnx"
    with path.open("wb") as file:
        file.truncate(50_000_000_000)  # sparse: nothing is on the disk
    assert "50000000000 bytes" in refusal(lambda: library.add(path))
    assert "gone.onnx" in refusal(lambda: library.add(tmp_path / "gone.onnx"))
    assert str(tmp_path) in refusal(lambda: library.add(tmp_path))


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in for Python is a shell script")
@pytest.mark.parametrize(("does", "said"), [("kill -SEGV $$", "crashed"), ("exit 1", "crashed")])
def test_a_file_that_crashes_the_native_code_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: Path, does: str, said: str
) -> None:
    crashing = tmp_path / "python"
    crashing.write_text(f"#!/bin/sh\n{does}\n", encoding="utf-8")
    crashing.chmod(crashing.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(sys, "executable", str(crashing))
    assert said in refusal(lambda: try_yunet(file, file.name))


@pytest.mark.usefixtures("untried")
@pytest.mark.skipif(
    sys.platform == "win32" or not hasattr(os, "geteuid") or os.geteuid() == 0,
    reason="needs a folder that cannot be written, which root can",
)
def test_a_folder_that_cannot_be_written_is_named(
    library: FaceModelLibrary, file: Path, tmp_path: Path
) -> None:
    tmp_path.chmod(0o500)
    assert "face_models_dir" in refusal(lambda: library.add(file))


@pytest.mark.usefixtures("untried")
def test_a_file_in_the_folders_place_is_named(tmp_path: Path, file: Path) -> None:
    (tmp_path / "a file").write_text("", encoding="utf-8")
    library = FaceModelLibrary(tmp_path / "a file")
    assert "a file" in refusal(lambda: library.add(file))


def test_the_real_file_is_known_by_its_content(
    library: FaceModelLibrary, shared_dir: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "renamed.onnx"
    copy.write_bytes((shared_dir / "data" / "face_detection_yunet.onnx").read_bytes())
    record = library.add(copy)
    assert record.version == "2026may"
    assert record.licence.startswith("MIT")
    assert "OpenCV Zoo" in record.source
    assert library.check() == record


def test_a_file_of_other_weights_is_refused(
    library: FaceModelLibrary, shared_dir: Path, tmp_path: Path
) -> None:
    """It loads and runs, and finds no face where there is one."""
    content = bytearray((shared_dir / "data" / "face_detection_yunet.onnx").read_bytes())
    start = content.index(b"Conv") + 20_000
    content[start : start + 40_000] = bytes(40_000)
    path = tmp_path / "empty.onnx"
    path.write_bytes(content)
    assert "no usable YuNet model" in refusal(lambda: library.add(path))
    assert not library.has_model
