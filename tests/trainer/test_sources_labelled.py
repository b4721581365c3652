"""Evaluation reads the faces of every kind of data that have a class."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from classroom_monitor.contracts import MOODS
from classroom_monitor.errors import DataProblem
from classroom_monitor.trainer.dataset.schemes import get_scheme
from classroom_monitor.trainer.labelled import choose_scheme, load_labelled_faces
from classroom_monitor.trainer.labels import EXPRESSIONS, NO_CLASS
from classroom_monitor.vision.bundle import Bundle, load_bundle
from tests.trainer.faces import drawn_faces, save_faces
from tests.trainer.sources import (
    picture,
    write_csv,
    write_fer2013,
    write_ferplus,
    write_picture,
)
from tests.vision.bundles import make_tiny_bundle


def write_folders(folder: Path, *, side_px: int = 48) -> Path:
    for number in range(12):
        write_picture(folder / MOODS[number % 3] / f"{number:02d}.png", number, side_px)
    return folder


def test_a_folder_a_class_and_a_table_say_the_same(tmp_path: Path) -> None:
    write_folders(tmp_path, side_px=70)
    rows = [(f"{MOODS[k % 3]}/{k:02d}.png", MOODS[k % 3]) for k in range(12)]
    table = write_csv(tmp_path / "table.csv", ["file", "target"], rows)
    from_folders = load_labelled_faces(tmp_path, MOODS)
    from_table = load_labelled_faces(table, MOODS)
    assert from_folders.truth.tolist() == sorted(from_table.truth.tolist())
    assert from_table.images[5].shape == (70, 70, 3)
    assert np.array_equal(from_table.images[5][:, :, 0], picture(5, 70))
    assert from_table.expressions is None


def test_votes_tell_moods_and_expressions(tmp_path: Path) -> None:
    path = save_faces(tmp_path / "faces.npz", drawn_faces(12))
    moods = load_labelled_faces(path, MOODS)
    assert np.bincount(moods.truth).tolist() == [4, 4, 4]
    assert moods.expressions is not None
    assert {EXPRESSIONS[k] for k in moods.expressions} == {"sadness", "neutral", "happiness"}
    some = load_labelled_faces(path, ("happiness", "neutral"))
    assert some.truth.tolist() == [1, 0] * 4
    none_of_them = some.select(np.zeros(8, dtype=np.bool_))
    assert len(none_of_them.images) == len(none_of_them.truth) == 0


def test_fer2013s_table_and_ferplus_are_read(tmp_path: Path) -> None:
    table = write_fer2013(tmp_path / "fer2013.csv", [(code, "Training") for code in range(7)])
    three = load_labelled_faces(table, ("joy", "anger", "sadness"))
    assert three.truth.tolist() == [1, 0, 2]
    assert np.array_equal(three.images[1], picture(3))
    folder = write_ferplus(
        tmp_path / "ferplus",
        [("Training", f"fer000000{k}.png", label) for k, label in enumerate(EXPRESSIONS)],
    )
    eight = load_labelled_faces(folder, EXPRESSIONS)
    assert eight.truth.tolist() == list(range(8))
    moods = load_labelled_faces(folder, MOODS)
    assert moods.truth.tolist() == [1, 2, 0, 0, 0, 0, 0]
    assert moods.expressions is not None
    assert NO_CLASS not in moods.expressions


def test_classes_come_in_the_models_order_and_by_the_given_scheme(tmp_path: Path) -> None:
    table = write_fer2013(tmp_path / "fer2013.csv", [(code, "Training") for code in range(7)])
    binary = load_labelled_faces(table, ("positive", "negative"))
    assert binary.truth.tolist() == [1, 1, 1, 0, 1, 0]
    interest = get_scheme("interest3")
    assert load_labelled_faces(table, MOODS, scheme=interest).truth.tolist() == [0, 0, 2, 1]
    assert len(load_labelled_faces(table, MOODS).truth) == 6
    with pytest.raises(DataProblem, match="interest3 has the classes"):
        load_labelled_faces(table, ("a", "b"), scheme=interest)


def test_own_classes_need_no_scheme(tmp_path: Path) -> None:
    for number, name in enumerate(("bored", "awake", "bored")):
        write_picture(tmp_path / name / f"{number}.png", number)
    for scheme in (None, get_scheme("own")):
        faces = load_labelled_faces(tmp_path, ("bored", "awake"), scheme=scheme)
        assert faces.truth.tolist() == [1, 0, 0]


def test_one_own_part_can_be_chosen(tmp_path: Path) -> None:
    rows = [(code, usage) for usage in ("Training", "PrivateTest") for code in (0, 3, 4, 4)]
    table = write_fer2013(tmp_path / "fer2013.csv", rows)
    classes = ("joy", "anger", "sadness")
    assert len(load_labelled_faces(table, classes).truth) == 8
    test = load_labelled_faces(table, classes, part="test")
    assert test.truth.tolist() == [1, 0, 2, 2]
    assert np.array_equal(test.images[0], picture(4))
    with pytest.raises(DataProblem, match=r"the part validation of .* no face of the class joy"):
        load_labelled_faces(table, classes, part="validation")
    with pytest.raises(DataProblem, match="'exam' is no part"):
        load_labelled_faces(table, classes, part="exam")


def test_bad_folders_and_tables_are_refused(tmp_path: Path) -> None:
    write_folders(tmp_path)
    good = [(f"{mood}/0{number}.png", mood) for number, mood in enumerate(MOODS)]
    for rows, complaint in [
        ([*good, ("neutral/01.png", "worried")], r"row 5 .*: the label 'worried' is outside"),
        ([*good, ("absent.png", "neutral")], r"table\.csv, row 5 \(absent\.png\): cannot read"),
        (good[:2], "no face of the class positive"),
    ]:
        table = write_csv(tmp_path / "table.csv", ["file", "target"], rows)
        with pytest.raises(DataProblem, match=complaint):
            load_labelled_faces(table, MOODS)
    (tmp_path / "neutral" / "bad.png").write_bytes(b"no picture")
    with pytest.raises(DataProblem, match=r"bad\.png is not a picture"):
        load_labelled_faces(tmp_path, MOODS)
    path = save_faces(tmp_path / "faces.npz", drawn_faces(12))
    with pytest.raises(DataProblem, match=r"faces\.npz holds no face of the class bored"):
        load_labelled_faces(path, ("bored", "awake"))


def trained_by(folder: Path, plan: object) -> Bundle:
    """Return a bundle of the moods whose recipe tells this of its data."""
    recipe = {"name": "tiny"} if plan is None else {"name": "tiny", "data": plan}
    return load_bundle(make_tiny_bundle(folder, recipe=recipe))


def test_a_bundle_is_measured_by_the_labels_it_was_trained_by(tmp_path: Path) -> None:
    interest = trained_by(tmp_path / "interest", {"scheme": "interest3", "annotation": ""})
    assert choose_scheme(interest) == get_scheme("interest3")
    assert choose_scheme(interest, "valence3") == get_scheme("valence3")
    hard = trained_by(tmp_path / "hard", {"scheme": "valence3", "annotation": "fer2013"})
    assert choose_scheme(hard) == get_scheme("valence3", "fer2013")
    own = trained_by(tmp_path / "own", {"scheme": "own", "annotation": ""})
    assert choose_scheme(own) == get_scheme("own")
    with pytest.raises(DataProblem, match="no label scheme 'odd'"):
        choose_scheme(interest, "odd")


@pytest.mark.parametrize(
    "plan",
    [
        None,
        "interest3",
        {"scheme": ["interest3"]},
        {"scheme": "mine.json", "annotation": "fer2013"},
        {"scheme": "joy_anger_sadness"},
        {"scheme": "valence3", "annotation": "hearsay"},
    ],
)
def test_a_bundle_that_does_not_tell_is_measured_by_its_classes(
    plan: object, tmp_path: Path
) -> None:
    assert choose_scheme(trained_by(tmp_path / "tiny", plan)) == get_scheme("valence3")
