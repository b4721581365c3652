"""Enlarging faces: what a model file must be, and that a cache gives back what was made."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import cv2
import numpy as np
import pytest

from classroom_monitor.contracts import UInt8Array
from classroom_monitor.errors import DataProblem, EnvironmentProblem
from classroom_monitor.trainer.enlargers import CubicEnlarger, open_enlarger
from classroom_monitor.trainer.listener import TrainingStep
from classroom_monitor.trainer.super_resolution import BLOCK_FACES, EnlargedFaces, enlarged


class Notices:
    """Hears what the user is told."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def on_step(self, step: TrainingStep) -> None:
        raise AssertionError(step)

    def on_epoch(self, record: dict[str, float]) -> None:
        raise AssertionError(record)

    def on_notice(self, text: str) -> None:
        self.texts.append(text)


class Doubler:
    """Enlarges by repeating pixels, and counts."""

    name = "doubler_x2"
    scale = 2

    def __init__(self, version: str = "1", stop_after: int | None = None) -> None:
        self.digest = hashlib.sha256(version.encode()).hexdigest()
        self.made = 0
        self._stop_after = stop_after

    def enlarge(self, image: UInt8Array) -> UInt8Array:
        if self.made == self._stop_after:
            raise KeyboardInterrupt
        self.made += 1
        return np.repeat(np.repeat(image, 2, axis=0), 2, axis=1)


def random_faces(count: int, seed: int = 0) -> UInt8Array:
    return np.random.default_rng(seed).integers(0, 256, (count, 8, 8), np.uint8)


def doubled(faces: UInt8Array) -> UInt8Array:
    return faces.repeat(2, axis=1).repeat(2, axis=2)


@pytest.fixture
def fsrcnn(shared_dir: Path) -> Path:
    return shared_dir / "data" / "FSRCNN_x4.pb"


def test_the_control_is_opencvs_cubic_resampling() -> None:
    face = random_faces(1)[0]
    enlarger = open_enlarger("bicubic_x3")
    assert enlarger.name == "bicubic_x3"
    expected = cv2.resize(face, (24, 24), interpolation=cv2.INTER_CUBIC)
    np.testing.assert_array_equal(enlarger.enlarge(face), expected)


def test_the_control_needs_no_cache(tmp_path: Path) -> None:
    faces = random_faces(3)
    large = enlarged(faces, "bicubic_x2", tmp_path, Notices())
    np.testing.assert_array_equal(large[1], CubicEnlarger(2).enlarge(faces[1]))
    assert not list(tmp_path.iterdir())


def test_a_second_run_only_reads(tmp_path: Path) -> None:
    faces = random_faces(BLOCK_FACES + 3)
    faces[7] = faces[2]
    first, notices = Doubler(), Notices()
    made = EnlargedFaces(tmp_path, first).take(faces, notices)
    assert first.made == len(faces) - 1
    assert len(notices.texts) == 1
    assert str(tmp_path) in notices.texts[0]
    second = Doubler()
    again = EnlargedFaces(tmp_path, second).take(faces[::-1].copy(), notices)
    assert second.made == 0
    assert len(notices.texts) == 1
    np.testing.assert_array_equal(made, doubled(faces))
    np.testing.assert_array_equal(again, doubled(faces[::-1]))


def test_another_model_or_another_size_is_never_mistaken(tmp_path: Path) -> None:
    faces = random_faces(2)
    EnlargedFaces(tmp_path, Doubler()).take(faces, Notices())
    other_model, other_size = Doubler(version="2"), Doubler()
    EnlargedFaces(tmp_path, other_model).take(faces, Notices())
    smaller = EnlargedFaces(tmp_path, other_size).take(faces[:, :4, :4].copy(), Notices())
    assert other_model.made == other_size.made == 2
    assert smaller.shape == (2, 8, 8)


def test_a_killed_run_goes_on_with_the_next_block(tmp_path: Path) -> None:
    faces = random_faces(2 * BLOCK_FACES)
    killed = Doubler(stop_after=BLOCK_FACES + 5)
    with pytest.raises(KeyboardInterrupt):
        EnlargedFaces(tmp_path, killed).take(faces, Notices())
    resumed = Doubler()
    made = EnlargedFaces(tmp_path, resumed).take(faces, Notices())
    assert resumed.made == BLOCK_FACES
    np.testing.assert_array_equal(made, doubled(faces))


def test_a_damaged_block_is_made_again(tmp_path: Path) -> None:
    faces = random_faces(4)
    EnlargedFaces(tmp_path, Doubler()).take(faces, Notices())
    (block,) = tmp_path.glob("*/*.npz")
    block.write_bytes(block.read_bytes()[:300])
    repaired, reader = Doubler(), Doubler()
    made = EnlargedFaces(tmp_path, repaired).take(faces, Notices())
    EnlargedFaces(tmp_path, reader).take(faces, Notices())
    assert (repaired.made, reader.made) == (4, 0)
    np.testing.assert_array_equal(made, doubled(faces))


def test_too_little_room_is_told_before_the_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(tmp_path)._replace(free=10)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    enlarger = Doubler()
    with pytest.raises(DataProblem, match="make room"):
        EnlargedFaces(tmp_path, enlarger).take(random_faces(1), Notices())
    assert enlarger.made == 0


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(DataProblem, match="can't be kept in"):
        EnlargedFaces(tmp_path / "file", Doubler()).take(random_faces(1), Notices())


def test_a_real_model_enlarges_better_than_cubic_curves(fsrcnn: Path) -> None:
    """A sharp disc, shrunk and enlarged again, comes out closer to itself."""
    disc = np.full((96, 96), 60, np.uint8)
    cv2.circle(disc, (48, 48), 30, 200, -1, cv2.LINE_AA)
    small = np.asarray(cv2.resize(disc, (24, 24), interpolation=cv2.INTER_AREA), np.uint8)
    errors = {}
    for name in (str(fsrcnn), "bicubic_x4"):
        large = open_enlarger(name).enlarge(small)
        assert large.shape == (96, 96)
        assert large.dtype == np.uint8
        errors[name] = float(np.square(large.astype(float) - disc).mean())
    assert errors[str(fsrcnn)] < errors["bicubic_x4"]


def test_a_real_models_faces_are_kept(fsrcnn: Path, tmp_path: Path) -> None:
    faces, notices = random_faces(3), Notices()
    first = enlarged(faces, fsrcnn, tmp_path, notices)
    second = enlarged(faces, fsrcnn, tmp_path, notices)
    assert first.shape == (3, 32, 32)
    assert len(notices.texts) == 1
    np.testing.assert_array_equal(first, second)


@pytest.mark.parametrize("name", ["FSRCNN_x2.pb", "EDSR_x4.pb"])
def test_a_model_under_a_wrong_name_is_refused(fsrcnn: Path, tmp_path: Path, name: str) -> None:
    shutil.copy(fsrcnn, tmp_path / name)
    with pytest.raises(DataProblem, match=name):
        open_enlarger(tmp_path / name)


def test_kind_and_scale_can_be_given(fsrcnn: Path, tmp_path: Path) -> None:
    shutil.copy(fsrcnn, tmp_path / "model.pb")
    with pytest.raises(DataProblem, match="doesn't tell what it is"):
        open_enlarger(tmp_path / "model.pb")
    assert open_enlarger(tmp_path / "model.pb", "fsrcnn", 4).name == "fsrcnn_x4"


@pytest.mark.parametrize("content", [b"", b"not a model"])
def test_a_damaged_model_is_one_clear_line(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "LapSRN_x4.pb").write_bytes(content)
    with pytest.raises(DataProblem, match=r"LapSRN_x4\.pb.*get the file again"):
        open_enlarger(tmp_path / "LapSRN_x4.pb")


def test_a_missing_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataProblem, match=r"no super-resolution model .*FSRCNN_x4\.pb"):
        open_enlarger(tmp_path / "FSRCNN_x4.pb")


def test_an_opencv_without_super_resolution_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ESPCN_x2.pb").write_bytes(b"any")
    monkeypatch.delattr(cv2.dnn_superres, "DnnSuperResImpl_create")
    with pytest.raises(EnvironmentProblem, match=r"install opencv-contrib-python 4\.14"):
        open_enlarger(tmp_path / "ESPCN_x2.pb")


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")
@pytest.mark.parametrize(("kind", "planes"), [("EDSR", 3), ("ESPCN", 1), ("LapSRN", 1)])
def test_each_kind_is_fed_what_it_wants(tmp_path: Path, kind: str, planes: int) -> None:
    """A network of one convolution that repeats pixels, in the format of the published files."""
    path = tmp_path / f"{kind}_x2.pb"
    path.write_bytes(pixel_repeater(planes))
    face = random_faces(1)[0]
    np.testing.assert_allclose(open_enlarger(path).enlarge(face), doubled(face[None])[0], atol=1)


def pixel_repeater(planes: int) -> bytes:
    """Return a frozen TensorFlow graph that doubles a picture of so many colour planes."""
    tf = pytest.importorskip("tensorflow", reason="needs the train extra")
    graph = tf.Graph()
    with graph.as_default():
        picture = tf.compat.v1.placeholder(tf.float32, [1, None, None, planes], "IteratorGetNext")
        kernel = np.tile(np.eye(planes, dtype=np.float32), (1, 4)).reshape(1, 1, planes, -1)
        wide = tf.nn.conv2d(picture, tf.constant(kernel), strides=1, padding="SAME")
        tf.nn.depth_to_space(wide, 2, name="NHWC_output")
    content: bytes = graph.as_graph_def().SerializeToString()
    return content
