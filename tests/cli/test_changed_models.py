"""A copy of the program with one byte of a model changed refuses to use it, from outside."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MODELS, FACE_MODELS = ROOT / "models", ROOT / "assets" / "face_models"
NO_WEIGHTS = {".json", ".md", ".txt"}


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program with its models, which tests may spoil."""
    folder = tmp_path_factory.mktemp("program")
    for name in ("classroom_monitor", "models", "assets"):
        shutil.copytree(ROOT / name, folder / name)
    return folder


@contextmanager
def one_byte_changed(path: Path) -> Iterator[None]:
    """Change a byte in the middle of a file for as long as the block runs."""
    content = path.read_bytes()
    changed = bytearray(content)
    changed[len(content) // 2] ^= 1
    path.write_bytes(changed)
    yield
    path.write_bytes(content)


def analyse(
    program: Path, environment: dict[str, str], clip: Path
) -> subprocess.CompletedProcess[str]:
    store = ("--store", str(clip.parent / "store"))
    return subprocess.run(
        [
            *(sys.executable, "-m", "classroom_monitor", "analyze", str(clip)),
            *("--mode", "room", *store, "--json"),
        ],
        cwd=clip.parent,
        env={**environment, "PYTHONPATH": str(program)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize(
    "name",
    [
        "models/best/int8.tflite",
        "models/best/float32.tflite",
        "models/best/network.weights.h5",
        "assets/face_models/face_detection_full_range_sparse.tflite",
        "assets/face_models/face_detection_short_range.tflite",
        "assets/face_models/face_landmark.tflite",
    ],
)
def test_a_model_with_one_byte_changed_is_not_used(
    program: Path, environment: dict[str, str], empty_room_clip: Path, name: str
) -> None:
    with one_byte_changed(program / name):
        done = analyse(program, environment, empty_room_clip)
    assert done.returncode == 1
    problems = [line for line in done.stderr.splitlines() if "SHA-256" in line]
    assert len(problems) == 1, done.stderr
    assert str(program / name) in problems[0]
    assert done.stdout.strip() in ("", "[]")


def test_the_copy_works_as_long_as_nothing_is_changed(
    program: Path, environment: dict[str, str], empty_room_clip: Path
) -> None:
    done = analyse(program, environment, empty_room_clip)
    assert done.returncode == 0, done.stderr
    assert len(json.loads(done.stdout)) == 1


def test_no_weights_come_with_the_program_whose_sha256_is_not_on_record() -> None:
    recorded = {
        file.parent / name
        for file in (*MODELS.glob("*/bundle.json"), FACE_MODELS / "manifest.json")
        for name in json.loads(file.read_text(encoding="utf-8"))["files"]
    }
    shipped = {
        path
        for folder in (MODELS, FACE_MODELS)
        for path in folder.rglob("*")
        if path.is_file() and path.suffix not in NO_WEIGHTS
    }
    assert len(shipped) >= 5
    assert shipped - recorded == set()
