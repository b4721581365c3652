"""Data that can't be used is refused in one line that names it."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from classroom_monitor.contracts import MOODS
from classroom_monitor.errors import DataProblem
from classroom_monitor.trainer.data import load_voted_faces
from classroom_monitor.trainer.labelled import load_labelled_faces
from tests.trainer.faces import drawn_faces, save_faces

FACES = drawn_faces(12)


def test_files_are_joined_and_further_keys_ignored(tmp_path: Path) -> None:
    first = save_faces(tmp_path / "a.npz", FACES)
    second = tmp_path / "b.npz"
    np.savez(second, allow_pickle=False, images=FACES.images, votes=FACES.votes, row=np.arange(12))
    assert len(load_voted_faces([first, second])) == 24


@pytest.mark.parametrize(
    ("arrays", "complaint"),
    [
        ({"images": FACES.images}, "no votes"),
        ({"images": FACES.images, "votes": FACES.votes[:5]}, "a row per picture"),
        ({"images": FACES.images.astype(np.float32), "votes": FACES.votes}, "float32"),
        ({"images": FACES.images[0], "votes": FACES.votes}, "grey pictures"),
    ],
)
def test_wrong_arrays_are_refused(
    tmp_path: Path, arrays: dict[str, np.ndarray], complaint: str
) -> None:
    path = tmp_path / "faces.npz"
    np.savez(path, allow_pickle=False, **arrays)
    with pytest.raises(DataProblem, match=complaint) as caught:
        load_voted_faces([path])
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_missing_and_damaged_files_are_refused(tmp_path: Path) -> None:
    damaged = save_faces(tmp_path / "damaged.npz", FACES)
    damaged.write_bytes(damaged.read_bytes()[:3000])
    pickled = tmp_path / "pickled.npz"
    np.savez(pickled, images=np.array([{}], dtype=object), votes=FACES.votes)
    for path in (tmp_path / "absent.npz", damaged, pickled):
        with pytest.raises(DataProblem, match=path.name):
            load_voted_faces([path])
    with pytest.raises(DataProblem, match="at least one"):
        load_voted_faces([])


def write_picture(path: Path, index: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(path), FACES.images[index])


def test_a_folder_a_class_and_a_table_say_the_same(tmp_path: Path) -> None:
    rows = ["file,target"]
    for index in range(12):
        mood = MOODS[index % 3]
        write_picture(tmp_path / mood / f"{index:02d}.png", index)
        rows.append(f"{mood}/{index:02d}.png,{mood}")
    table = tmp_path / "table.csv"
    table.write_text("\n".join(rows), "utf-8")
    from_folders = load_labelled_faces(tmp_path, MOODS)
    from_table = load_labelled_faces(table, MOODS)
    assert sorted(from_folders.truth.tolist()) == sorted(from_table.truth.tolist())
    assert from_folders.images[0].shape == (48, 48, 3)


def test_bad_folders_and_tables_are_refused(tmp_path: Path) -> None:
    write_picture(tmp_path / "negative" / "a.png", 0)
    with pytest.raises(DataProblem, match="no sub-folder neutral"):
        load_labelled_faces(tmp_path, MOODS)
    for mood in MOODS:
        (tmp_path / mood).mkdir(exist_ok=True)
    with pytest.raises(DataProblem, match="no face of the class neutral"):
        load_labelled_faces(tmp_path, MOODS)
    (tmp_path / "neutral" / "b.png").write_bytes(b"no picture")
    with pytest.raises(DataProblem, match=r"b\.png"):
        load_labelled_faces(tmp_path, MOODS)
    table = tmp_path / "table.csv"
    for text, complaint in [
        ("a,b\n1,2\n", "columns file and target"),
        ("file,target\nnegative/a.png,sad\n", "line 2: the target 'sad'"),
        ("file,target\nabsent.png,negative\n", r"absent\.png"),
    ]:
        table.write_text(text, "utf-8")
        with pytest.raises(DataProblem, match=complaint):
            load_labelled_faces(table, MOODS)


def test_votes_tell_moods_and_expressions_but_no_other_classes(tmp_path: Path) -> None:
    path = save_faces(tmp_path / "faces.npz", FACES)
    assert np.bincount(load_labelled_faces(path, MOODS).truth).tolist() == [4, 4, 4]
    assert len(load_labelled_faces(path, ("happiness", "neutral")).truth) == 8
    with pytest.raises(DataProblem, match="don't tell the classes"):
        load_labelled_faces(path, ("bored", "awake"))
