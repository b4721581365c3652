"""The command evaluate from outside: what it prints, writes and refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.trainer.faces import drawn_faces, save_faces
from tests.trainer.sources import write_fer2013
from tests.vision.bundles import make_tiny_bundle

pytest.importorskip("sklearn", reason="evaluate needs the train extra")


@pytest.fixture
def faces_path(tmp_path: Path) -> Path:
    return save_faces(tmp_path / "faces.npz", drawn_faces(45))


@pytest.fixture
def bundle_dir(tmp_path: Path) -> Path:
    return make_tiny_bundle(tmp_path / "tiny")


def test_json_is_one_document_with_the_designs_figures(
    run: Run, bundle_dir: Path, faces_path: Path
) -> None:
    result = run("evaluate", bundle_dir, "--data", faces_path, "--json")
    assert result.returncode == 0, result.stderr
    figures = json.loads(result.stdout)
    wanted = "n classes accuracy baseline_accuracy macro_f1 auc ece nll brier confusion coverage"
    assert {*wanted.split(), "accuracy_used"} <= set(figures)
    assert sum(map(sum, figures["confusion"])) == figures["n"] == 45
    assert result.stderr == ""


def test_the_report_names_the_baseline(run: Run, bundle_dir: Path, faces_path: Path) -> None:
    arguments = ("--data", faces_path, "--against", bundle_dir, "--prevalence", "negative=0.1")
    result = run("evaluate", bundle_dir, *arguments)
    assert result.returncode == 0, result.stderr
    for part in (
        "accuracy of always saying the commonest class",
        "| negative |",
        "McNemar",
        "prevalence P(class)",
        "0.1000",
    ):
        assert part in result.stdout
    assert "Crop offset" not in result.stdout, "worse pictures take time: on request only"


def test_out_holds_the_whole_report(
    run: Run, bundle_dir: Path, faces_path: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    result = run("evaluate", bundle_dir, "--data", faces_path, "--out", out, "--json")
    assert result.returncode == 0, result.stderr
    assert {path.name for path in out.iterdir()} == {
        "report.md",
        "report.html",
        "report.json",
        "pictures",
    }
    document = json.loads((out / "report.json").read_text("utf-8"))
    assert document.pop("curves")
    assert document == json.loads(result.stdout)
    again = run("evaluate", bundle_dir, "--data", faces_path, "--out", out)
    assert again.returncode == 1
    assert "is there already" in again.stderr


def test_small_faces_are_enlarged_where_it_was_asked_for(
    run: Run, bundle_dir: Path, faces_path: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    arguments = ("--data", faces_path, "--enlarge", "bicubic_x2", "--enlarge", "bicubic_x4")
    result = run("evaluate", bundle_dir, *arguments)
    assert result.returncode == 0, result.stderr
    assert result.stdout.count(" bicubic_x2 |") == result.stdout.count(" bicubic_x4 |") > 2
    result = run("evaluate", bundle_dir, *arguments, "--out", out, "--json")
    rows = json.loads(result.stdout)["enlarged"]
    assert {row["way"] for row in rows} == {"crop code alone", "bicubic_x2", "bicubic_x4"}
    assert "bicubic_x4" in (out / "report.html").read_text("utf-8")
    assert json.loads((out / "report.json").read_text("utf-8"))["enlarged"] == rows


def test_the_labels_that_a_model_was_trained_by_are_the_default(run: Run, tmp_path: Path) -> None:
    table = write_fer2013(tmp_path / "fer2013.csv", [(code, "Training") for code in range(7)])
    recipe = {"name": "mobilenet_interest", "data": {"scheme": "interest3", "annotation": ""}}
    bundle_dir = make_tiny_bundle(tmp_path / "interest", recipe=recipe)
    for scheme, options, faces in (
        ("interest3", (), 4),
        ("valence3", ("--scheme", "valence3"), 6),
    ):
        result = run("evaluate", bundle_dir, "--data", table, "--json", *options)
        assert result.returncode == 0, result.stderr
        figures = json.loads(result.stdout)
        assert (figures["scheme"], figures["n"]) == (scheme, faces)


@pytest.mark.parametrize(
    "wrong",
    [
        ["--sheet"],
        ["--prevalence", "negative"],
        ["--prevalence", "negative=many"],
        ["--engine", "steam"],
    ],
)
def test_wrong_usage_is_told_before_anything_is_measured(
    run: Run, bundle_dir: Path, faces_path: Path, wrong: list[str]
) -> None:
    result = run("evaluate", bundle_dir, "--data", faces_path, *wrong)
    assert result.returncode == 2
    assert result.stdout == ""


def test_each_bad_input_gives_one_line_that_names_it(
    run: Run, bundle_dir: Path, faces_path: Path, tmp_path: Path
) -> None:
    two = {"negative": ["sad"], "positive": ["happy"]}
    other = make_tiny_bundle(tmp_path / "two", classes=list(two), groups=two)
    few = save_faces(tmp_path / "few.npz", drawn_faces(2))
    cases: list[tuple[tuple[object, ...], str]] = [
        (("--data", tmp_path / "gone.npz"), "gone.npz"),
        (("--data", few), "no face of the class positive"),
        (("--data", faces_path, "--against", other), "only models of the same classes"),
        (("--data", faces_path, "--prevalence", "sad=0.1"), "prevalence of sad"),
        (("--data", faces_path, "--scheme", "fer7"), "fer7"),
        (("--data", faces_path, "--enlarge", "FSRCNN_x4.pb"), "no super-resolution model"),
        (("--data", faces_path, "--out", faces_path / "out"), "cannot write the report"),
    ]
    for arguments, complaint in cases:
        result = run("evaluate", bundle_dir, *arguments)
        assert result.returncode == 1, (arguments, result.stderr)
        assert result.stderr.count("\n") == 1, result.stderr
        assert complaint in result.stderr
        assert result.stdout == ""
