"""A whole evaluation, of one bundle and of two, and the report that is written of it."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from classroom_monitor.contracts import MOODS
from classroom_monitor.errors import BundleProblem, DataProblem
from classroom_monitor.trainer.evaluate import evaluate, expression_faces
from classroom_monitor.trainer.evaluation.document import to_markdown
from classroom_monitor.trainer.evaluation.figures import study_document, study_figures
from classroom_monitor.trainer.evaluation.files import write_report
from classroom_monitor.trainer.evaluation.history import read_history
from classroom_monitor.trainer.evaluation.report import summary_blocks
from classroom_monitor.trainer.evaluation.sheet import surest_mistakes
from classroom_monitor.trainer.evaluation.study import Study, study
from classroom_monitor.trainer.evaluation.subject import Request
from classroom_monitor.trainer.labelled import load_labelled_faces
from classroom_monitor.trainer.super_resolution_study import PLAIN, SIDES_PX
from tests.trainer.answers import answers_of
from tests.trainer.faces import drawn_faces, save_faces
from tests.vision.bundles import make_tiny_bundle

pytest.importorskip("sklearn", reason="evaluate needs the train extra")

FROM_DESIGN = (
    "n classes accuracy baseline_accuracy macro_f1 auc ece nll brier confusion coverage "
    "accuracy_used"
)
OTHER_GROUPS = {"negative": ["sad"], "neutral": ["calm"], "positive": ["happy", "angry"]}


@pytest.fixture(scope="module")
def faces_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_faces(tmp_path_factory.mktemp("faces") / "faces.npz", drawn_faces(45))


@pytest.fixture(scope="module")
def bundle_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = make_tiny_bundle(tmp_path_factory.mktemp("one") / "tiny")
    history = [{"epoch": 1, "loss": 2.0}, {"epoch": 2, "loss": float("nan"), "accuracy": 0.5}]
    (folder / "history.json").write_text(json.dumps(history), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def other_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_tiny_bundle(tmp_path_factory.mktemp("two") / "tiny", groups=OTHER_GROUPS)


@pytest.fixture(scope="module")
def steps() -> list[tuple[str, int, int]]:
    return []


@pytest.fixture(scope="module")
def thorough(
    bundle_dir: Path, other_dir: Path, faces_path: Path, steps: list[tuple[str, int, int]]
) -> Study:
    request = Request(
        bundle_dir, faces_path, against=other_dir, prevalence={"negative": 0.1}, thorough=True
    )
    return study(request, lambda *step: steps.append(step))


def hear_nothing(_doing: str, _done: int, _steps: int) -> None:
    """Hear of no progress."""


def test_a_quick_study_gives_the_figures_of_evaluate(bundle_dir: Path, faces_path: Path) -> None:
    figures = study_figures(study(Request(bundle_dir, faces_path), hear_nothing))
    plain = evaluate(bundle_dir, faces_path)
    assert set(FROM_DESIGN.split()) <= set(plain)
    assert {name: figures[name] for name in plain} == plain
    assert json.loads(json.dumps(figures, allow_nan=False))["n"] == 45
    assert "cost" not in figures
    assert "against" not in figures


def test_the_prevalence_that_was_asked_for_is_used(thorough: Study) -> None:
    prevalence = study_figures(thorough)["prevalence"]
    assert prevalence["prevalence"] == pytest.approx((0.1, 0.45, 0.45))
    for chances in filter(None, prevalence["of_class_given_said"]):
        assert sum(chances) == pytest.approx(1)


def test_progress_is_told_to_the_last_step(
    thorough: Study, steps: list[tuple[str, int, int]]
) -> None:
    assert thorough.other is not None
    half = len(steps) // 2
    for told in (steps[:half], steps[half:]):
        assert [done for _, done, _ in told] == list(range(1, half + 1))
        assert {total for _, _, total in told} == {half}


def test_two_bundles_are_measured_alike_and_compared(thorough: Study) -> None:
    figures = study_figures(thorough)
    first, second = np.array(figures["confusion"]), np.array(figures["against"]["confusion"])
    comparison = figures["comparison"]
    assert np.trace(first) == comparison["both_right"] + comparison["only_first"]
    assert np.trace(second) == comparison["both_right"] + comparison["only_second"]
    assert comparison["difference"] == pytest.approx((np.trace(first) - np.trace(second)) / 45)
    assert {"roc", "scores", "reliability", "risk_coverage", "history"} == set(
        study_document(thorough)["against"]["curves"]
    )


def test_every_engine_is_timed_with_one_thread_and_small_and_large_batches(
    thorough: Study,
) -> None:
    cost = thorough.subject.cost
    assert cost is not None
    measured = {(one.engine, one.threads, one.batch) for one in cost.engines}
    assert {("litert-int8", 1, 1), ("litert-float32", 1, 32)} <= measured
    assert all(one.ms_a_face_both_ways > 0 for one in cost.engines)
    assert sum(file.size_bytes for file in cost.files) == sum(
        path.stat().st_size for path in thorough.subject.bundle.folder.glob("*.tflite")
    )


def test_a_report_is_written_once_and_without_persons(thorough: Study, tmp_path: Path) -> None:
    write_report(thorough, tmp_path / "out", with_sheet=False)
    names = {str(p.relative_to(tmp_path / "out")) for p in (tmp_path / "out").rglob("*.*")}
    assert {"report.md", "report.html", "report.json"} <= names
    assert not [name for name in names if name.endswith(".png")]
    markdown = (tmp_path / "out" / "report.md").read_text("utf-8")
    pictures = [Path(name).name for name in names if name.endswith(".svg")]
    assert len(pictures) == 12  # five and the history of the first, five of the other, hardships
    assert all(f"(pictures/{name})" in markdown for name in pictures)
    page = (tmp_path / "out" / "report.html").read_text("utf-8")
    for part in ("McNemar", "tiny 1.0 in ", "Crop offset", "not an emotion", "litert-int8"):
        assert part in markdown
        assert part in page
    document = json.loads((tmp_path / "out" / "report.json").read_text("utf-8"))
    assert document == json.loads(json.dumps(study_document(thorough)))
    with pytest.raises(DataProblem, match="is there already"):
        write_report(thorough, tmp_path / "out", with_sheet=False)


def test_a_sheet_shows_persons_where_it_was_asked_for(thorough: Study, tmp_path: Path) -> None:
    write_report(thorough, tmp_path / "out", with_sheet=True)
    (picture,) = (tmp_path / "out").rglob("*.png")
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert picture.name not in (tmp_path / "out" / "report.html").read_text("utf-8")


def test_a_folder_that_cannot_be_written_is_named(thorough: Study, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(DataProblem, match="cannot write the report"):
        write_report(thorough, tmp_path / "file" / "out", with_sheet=False)


def test_the_surest_mistakes_come_first_and_right_answers_never() -> None:
    rows = [[0.9, 0.1], [0.7, 0.3], [0.2, 0.8], [0.6, 0.4]]
    answers = answers_of(rows, [0, 1, 0, 1])
    assert list(surest_mistakes(answers)) == [2, 1, 3]
    assert list(surest_mistakes(answers, count=1)) == [2]


def test_small_faces_are_enlarged_in_the_ways_that_were_named(
    bundle_dir: Path, other_dir: Path, faces_path: Path
) -> None:
    steps: list[tuple[str, int, int]] = []
    request = Request(
        bundle_dir, faces_path, against=other_dir, enlarge=("bicubic_x2", "bicubic_x4")
    )
    measured = study(request, lambda *step: steps.append(step))
    figures = study_figures(measured)
    for rows in (figures["enlarged"], figures["against"]["enlarged"]):
        assert [row["way"] for row in rows] == [PLAIN, "bicubic_x2", "bicubic_x4"] * len(SIDES_PX)
        assert [row["side_px"] for row in rows[::3]] == list(SIDES_PX)
    assert json.loads(json.dumps(figures, allow_nan=False))["enlarged"] == figures["enlarged"]
    half = len(steps) // 2
    assert {(len(steps[:half]), total) for _, _, total in steps} == {(half, half)}
    text = to_markdown(summary_blocks(measured))
    assert text.count(" bicubic_x4 |") == 2 * len(SIDES_PX)
    for name in measured.names:
        assert f"### {name}" in text


def test_a_way_of_enlarging_that_is_none_is_refused_before_anything_is_measured(
    bundle_dir: Path, tmp_path: Path
) -> None:
    request = Request(bundle_dir, tmp_path / "no.npz", enlarge=("cubes",))
    with pytest.raises(DataProblem, match="no super-resolution model cubes"):
        study(request, hear_nothing)


def test_two_classes_tell_the_four_rates(faces_path: Path, tmp_path: Path) -> None:
    groups = {"negative": ["sad", "angry"], "positive": ["happy"]}
    folder = make_tiny_bundle(tmp_path / "two", classes=list(groups), groups=groups)
    text = to_markdown(summary_blocks(study(Request(folder, faces_path), hear_nothing)))
    assert "the positive class is positive" in text
    for formula in ("TP / (TP + FN)", "FN / (TP + FN)", "TN / (TN + FP)", "FP / (TN + FP)"):
        assert formula in text


def test_models_of_other_classes_are_not_compared(
    bundle_dir: Path, faces_path: Path, tmp_path: Path
) -> None:
    groups = {"negative": ["sad"], "positive": ["happy"]}
    other = make_tiny_bundle(tmp_path / "two", classes=list(groups), groups=groups)
    with pytest.raises(BundleProblem, match="only models of the same classes"):
        study(Request(bundle_dir, faces_path, against=other), hear_nothing)


def test_a_class_without_faces_is_named(bundle_dir: Path, tmp_path: Path) -> None:
    faces = drawn_faces(30)
    neutral_or_happy = faces.votes[:, :2].sum(axis=1) > 5
    path = save_faces(tmp_path / "few.npz", faces.select(neutral_or_happy))
    with pytest.raises(DataProblem, match="no face of the class negative"):
        study(Request(bundle_dir, path), hear_nothing)


@pytest.mark.parametrize("content", ["{", '{"epoch": 1}', "[1, 2]"])
def test_a_history_that_is_none_is_named(content: str, tmp_path: Path) -> None:
    (tmp_path / "history.json").write_text(content, encoding="utf-8")
    with pytest.raises(BundleProblem, match=r"history\.json"):
        read_history(tmp_path)


def test_a_history_keeps_what_are_numbers(bundle_dir: Path, tmp_path: Path) -> None:
    assert read_history(tmp_path) == []
    assert read_history(bundle_dir) == [
        {"epoch": 1.0, "loss": 2.0},
        {"epoch": 2.0, "accuracy": 0.5},
    ]


def test_the_eight_expressions_are_measured_on_surprised_faces_too(shared_dir: Path) -> None:
    data = shared_dir / "data" / "ferplus_valid.npz"
    faces = load_labelled_faces(data, MOODS)
    expressive = expression_faces(data, faces)
    assert len(faces.truth) == 2967
    assert expressive is not None
    with np.load(data) as archive:
        votes = archive["votes"].astype(int)
    eight, rejected = votes[:, :8], votes[:, 8:].max(axis=1)
    most = eight.max(axis=1, keepdims=True)
    has_majority = ((eight == most).sum(axis=1) == 1) & (most[:, 0] >= rejected)
    np.testing.assert_array_equal(expressive.truth, eight[has_majority].argmax(axis=1))


def test_a_data_set_without_some_expression_has_no_figure_of_eight(tmp_path: Path) -> None:
    faces = drawn_faces(30)
    path = save_faces(tmp_path / "few.npz", faces)
    assert expression_faces(path, load_labelled_faces(path, MOODS)) is None
