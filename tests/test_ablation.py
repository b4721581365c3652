"""The tools that compare ideas: what they run, and what they make of the figures."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from classroom_monitor.trainer.dataset.names import LABELS
from classroom_monitor.trainer.dataset.records import Dataset, Part
from tests import super_resolution_training
from tests.ablation import BASE, VARIANTS, Row, chosen_variants, main, table_of
from tests.trainer.faces import save_faces
from tests.trials import Quiet, open_split, small_recipe

TINY = ["--faces", "60", "--stages", "32x1", "--set", "alpha=0.25"]


def noise_faces(count: int) -> Dataset:
    """Return pictures of noise, no two alike, of three moods in turn."""
    votes = np.zeros((count, len(LABELS)), np.float32)
    columns = [LABELS.index(name) for name in ("sadness", "neutral", "happiness")]
    votes[np.arange(count), np.resize(columns, count)] = 10
    images = np.random.default_rng(0).integers(0, 256, (count, 48, 48), np.uint8)
    origins = tuple(f"noise {row}" for row in range(count))
    return Dataset(images, votes, LABELS, origins, np.full(count, Part.NONE, np.int8))


@pytest.fixture(scope="module")
def noise_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_faces(tmp_path_factory.mktemp("data") / "noise.npz", noise_faces(400))


@pytest.fixture
def keras() -> None:
    """Skip where the train extra is missing."""
    for name in ("keras", "tensorflow", "sklearn"):
        pytest.importorskip(name, reason="needs the train extra")


@pytest.mark.parametrize("name", VARIANTS)
def test_each_variant_is_a_recipe_of_its_own(name: str) -> None:
    recipe, base = small_recipe(VARIANTS[name], 1), small_recipe({}, 1)
    if name == BASE:
        assert recipe == base
    else:
        assert recipe != base


def test_the_teachers_votes_are_variants_where_there_is_a_teacher() -> None:
    assert not any("teacher" in name for name in chosen_variants("", ()))
    taught = chosen_variants("some/bundle", ())
    assert taught["teacher's opinion as 10 votes"]["teacher"] == "some/bundle"
    assert list(chosen_variants("", ("mixup 0.2",))) == [BASE, "mixup 0.2"]


def test_the_table_compares_runs_of_the_same_seed() -> None:
    def row(variant: str, seed: int, accuracy: float) -> Row:
        figures = {"accuracy": accuracy, "nll": 0.5, "ece": 0.02, "CPU seconds": 12.4}
        return Row(variant, seed, figures)

    rows = [row(BASE, 1, 0.80), row("idea", 1, 0.81), row(BASE, 2, 0.70), row("idea", 2, 0.73)]
    lines = table_of(rows).splitlines()
    assert lines[2].startswith(f"| {BASE} | 2 | 0.7500 ± 0.0707 | 0.5000 ± 0.0000 |")
    assert lines[3].startswith("| idea | 2 | 0.7700 ± 0.0566 |")
    assert lines[3].endswith("| 12 ± 0 | +0.0200 ± 0.0141 |")
    unfinished = table_of(rows[:3]).splitlines()
    assert unfinished[3].endswith("| 12 | +0.0100 |")


def test_what_decides_is_never_learned_from(noise_path: Path) -> None:
    split = open_split(noise_path, 100, Quiet())
    parts = [set(part.origins) for part in (split.training, split.validation, split.test)]
    assert len(set.union(*parts)) == sum(len(part) for part in parts)
    assert len(parts[0]) + len(parts[1]) == 100
    whole = open_split(noise_path, 0, Quiet())
    assert set(whole.test.origins) == parts[2]


@pytest.mark.usefixtures("keras")
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")
def test_small_runs_make_a_table(noise_path: Path) -> None:
    options = ["--data", str(noise_path), "--seeds", "2", "--only", "mixup 0.2", *TINY]
    result = CliRunner().invoke(main, options, catch_exceptions=False)
    names = [line.split("|")[1].strip() for line in result.output.splitlines() if "|" in line]
    assert names[2:] == [
        "the same, scored once, not mirrored too",
        BASE,
        "mixup 0.2",
        "2 networks of the first row, logits averaged",
        "2 networks of the first row, weights averaged",
    ]


@pytest.mark.usefixtures("keras")
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")
def test_enlarged_faces_are_trained_on_and_compared(noise_path: Path, tmp_path: Path) -> None:
    ways = ["--enlarge", "bicubic_x2", "--enlarge", "bicubic_x3"]
    options = ["--data", str(noise_path), "--cache", str(tmp_path), "--seeds", "1", *ways, *TINY]
    result = CliRunner().invoke(super_resolution_training.main, options, catch_exceptions=False)
    rows = [line.split(" | ") for line in result.output.splitlines() if line.startswith("| 1")]
    assert [row[1] for row in rows] == ["bicubic_x2", "bicubic_x3"]
    assert rows[0][3] == ""
    assert "p = " in rows[1][3]
