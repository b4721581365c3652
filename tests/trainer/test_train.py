"""Whole runs from faces to a bundle, and what is refused before any time is spent on one."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from classroom_monitor.contracts import MOODS
from classroom_monitor.errors import DataProblem
from classroom_monitor.trainer.curves import CURVES, HISTORY, CurvesOnDisk, read_history
from classroom_monitor.trainer.dataset.names import LABELS
from classroom_monitor.trainer.overrides import apply_overrides
from classroom_monitor.trainer.recipe import Stage
from classroom_monitor.trainer.recipes.registry import find_recipe
from classroom_monitor.trainer.train import (
    check_data,
    list_recipes,
    small_settings,
    train,
    training_folder,
)
from classroom_monitor.vision.bundle import load_bundle
from tests.trainer.faces import drawn_faces, save_faces
from tests.trainer.runs import TINY, Recorder

pytestmark = [
    # TensorFlow's and Keras's own use of what Python or numpy will drop.
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::PendingDeprecationWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
]

MOBILENET = {
    "alpha": "0.25",
    "stages": "32x1,40x1",
    "batch": "16",
    "held_out": "0.2",
    "learning_rate": "0.003",
    "name": "tiny",
}
PLAIN = {**TINY, "scheme": "valence3", "held_out": "0.2"}


@pytest.fixture(scope="module", autouse=True)
def tensorflow() -> None:
    """Skip where the train extra is missing."""
    for name in ("keras", "tensorflow", "sklearn", "matplotlib"):
        pytest.importorskip(name, reason="needs the train extra")


@pytest.fixture(scope="module")
def faces_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_faces(tmp_path_factory.mktemp("data") / "faces.npz", drawn_faces(90))


@pytest.fixture(scope="module")
def trained(faces_path: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Recorder]:
    recorder = Recorder()
    out = tmp_path_factory.mktemp("models") / "tiny"
    test = save_faces(faces_path.with_name("test.npz"), drawn_faces(30, seed=9))
    settings = {**MOBILENET, "test": str(test)}
    listener = CurvesOnDisk(training_folder(out), recorder)
    return train("mobilenet_valence", [faces_path], out, settings, listener), recorder


def test_a_run_leaves_a_whole_bundle(trained: tuple[Path, Recorder]) -> None:
    folder, recorder = trained
    bundle = load_bundle(folder)
    assert (bundle.name, bundle.classes) == ("tiny", MOODS)
    assert bundle.crop.size_px == 40
    assert bundle.roles == ("litert-float32", "litert-int8", "keras")
    assert [record["size_px"] for record in recorder.epochs] == [32, 40]
    assert recorder.steps[-1].step == recorder.steps[-1].steps
    assert any("random weights" in notice for notice in recorder.notices)


def test_what_is_told_of_a_run_stays_beside_the_bundle(trained: tuple[Path, Recorder]) -> None:
    folder, recorder = trained
    beside = training_folder(folder)
    assert sorted(path.name for path in folder.parent.iterdir()) == ["tiny", "tiny.training"]
    assert sorted(path.name for path in beside.iterdir()) == sorted(
        [CURVES, HISTORY, "data_examples.png", "data_report.json", "data_report.md"]
    )
    assert read_history(beside) == recorder.epochs
    assert (beside / CURVES).read_bytes().startswith(b"\x89PNG")
    assert all(0 <= record["waiting"] <= 1 for record in recorder.epochs)


def interrupted(out: Path, data: Path, settings: dict[str, str]) -> Recorder:
    """Start a run, or go on with it, and break it off at its next step."""
    recorder = Recorder(interrupt_after=1)
    with pytest.raises(KeyboardInterrupt):
        train("cnn_eight", [data], out, settings, recorder)
    assert not out.exists()
    return recorder


def test_a_checkpoint_belongs_to_its_settings_and_data(faces_path: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    interrupted(out, faces_path, PLAIN)
    resumed = interrupted(out, faces_path, {**PLAIN, "licence": "Apache-2.0"})
    assert resumed.steps[0].step == 2
    others = save_faces(tmp_path / "others.npz", drawn_faces(90, seed=5))
    for data, settings in ((faces_path, {**PLAIN, "seed": "2"}), (others, PLAIN)):
        with pytest.raises(DataProblem, match="belongs to other settings"):
            train("cnn_eight", [data], out, settings, Recorder())
    checkpoint = tmp_path / "out.training" / "last.npz"
    checkpoint.write_bytes(checkpoint.read_bytes()[:5000])
    with pytest.raises(DataProblem, match=r"last\.npz"):
        train("cnn_eight", [faces_path], out, PLAIN, Recorder())


def without(class_labels: tuple[str, ...], path: Path, kept: int = 0) -> Path:
    """Save faces of which only so many have one of the labels."""
    faces = drawn_faces(90)
    columns = [LABELS.index(label) for label in class_labels]
    has = np.isin(faces.votes.argmax(axis=1), columns)
    keep = ~has | (np.cumsum(has) <= kept)
    return save_faces(path, faces.select(keep))


def test_what_cannot_be_trained_is_refused_at_once(
    trained: tuple[Path, Recorder], faces_path: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    empty = without(("happiness",), tmp_path / "empty.npz")
    lonely = without(("happiness",), tmp_path / "lonely.npz", kept=1)
    absent = {"teacher": str(tmp_path / "absent")}
    second = {"start": f"{trained[0]},{tmp_path / 'absent'}"}
    enlarger = {**PLAIN, "super_resolution": str(tmp_path / "FSRCNN_x4.pb")}
    for name, data, where, settings, complaint in [
        ("unknown", faces_path, out, PLAIN, "no recipe 'unknown'"),
        ("cnn_eight", tmp_path / "no.npz", out, PLAIN, r"no file or folder .*no\.npz"),
        ("cnn_eight", faces_path, trained[0], PLAIN, "is there already"),
        ("cnn_eight", faces_path, out, {**PLAIN, "scheme": "odd"}, "no label scheme 'odd'"),
        ("cnn_eight", faces_path, out, {**PLAIN, "split": "9:9"}, "no split '9:9'"),
        ("cnn_eight", empty, out, PLAIN, "The class positive has no picture"),
        ("cnn_eight", lonely, out, PLAIN, "class positive has no picture in the"),
        ("cnn_eight", faces_path, out, enlarger, "no super-resolution model"),
        ("mobilenet_valence", faces_path, out, absent, "teacher=.*absent: there is no such file"),
        ("mobilenet_valence", faces_path, out, second, "start=.*absent: there is no such file"),
    ]:
        with pytest.raises(DataProblem, match=complaint):
            train(name, [data], where, settings, Recorder())
    assert not out.exists()
    assert not list(tmp_path.rglob("*.npz.part"))


def test_checking_reports_and_trains_nothing(faces_path: Path, tmp_path: Path) -> None:
    recorder = Recorder()
    folder = check_data("cnn_eight", [faces_path], tmp_path / "out", PLAIN, recorder)
    assert "| negative | 30 |" in (folder / "data_report.md").read_text("utf-8")
    assert any(notice.startswith("training: negative") for notice in recorder.notices)
    assert not recorder.steps
    assert [path.name for path in tmp_path.iterdir()] == ["out.training"]


def test_recipes_are_listed() -> None:
    assert {"best", "cnn_eight", "vgg19_three"} <= {info.name for info in list_recipes()}


def test_changes_go_before_small_settings() -> None:
    recipe = find_recipe("mobilenet_valence")
    small = small_settings(recipe.name, {"batch": "8"})
    assert small == {**recipe.small, "batch": "8"}
    changed = apply_overrides(recipe, small_settings(recipe.name, {"epochs": "1", "size": "48"}))
    assert changed.learning.stages == (Stage(48, 1),)
    assert str(changed.data.limit) == recipe.small["limit"]
