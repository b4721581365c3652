"""Data that can't be used is refused in one line that names file and row."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from classroom_monitor.errors import DataProblem
from classroom_monitor.trainer.dataset.load import load_dataset
from tests.trainer.faces import drawn_faces, save_faces
from tests.trainer.sources import FERPLUS_HEADER, pixels, write_csv, write_ferplus, write_picture

FACES = drawn_faces(12)
VOTES = FACES.votes.astype(np.uint8)


def complaint_about(path: Path, annotation: str = "votes") -> str:
    with pytest.raises(DataProblem) as caught:
        load_dataset([path], annotation)
    message = str(caught.value)
    assert str(path) in message
    assert "\n" not in message
    return message


@pytest.mark.parametrize(
    ("arrays", "complaint"),
    [
        ({"images": FACES.images}, "no votes"),
        ({"votes": VOTES}, "no images"),
        ({"images": FACES.images, "votes": VOTES[:5]}, "a row per picture"),
        ({"images": FACES.images.astype(np.float32), "votes": VOTES}, "float32"),
        ({"images": FACES.images[0], "votes": VOTES}, "grey pictures"),
        ({"images": FACES.images[:0], "votes": VOTES[:0]}, "grey pictures"),
        ({"images": FACES.images, "fer2013": np.arange(12)}, "row 7: fer2013 is 7"),
        ({"images": FACES.images, "fer2013": np.arange(11)}, "a label per picture"),
    ],
)
def test_wrong_arrays(tmp_path: Path, arrays: dict[str, np.ndarray], complaint: str) -> None:
    path = tmp_path / "faces.npz"
    np.savez(path, allow_pickle=False, **arrays)
    assert complaint in complaint_about(path)


def test_missing_damaged_and_foreign_files(tmp_path: Path) -> None:
    damaged = save_faces(tmp_path / "damaged.npz", FACES)
    damaged.write_bytes(damaged.read_bytes()[:3000])
    pickled = tmp_path / "pickled.npz"
    np.savez(pickled, images=np.array([{}], dtype=object), votes=VOTES)
    text = tmp_path / "faces.txt"
    text.write_text("faces", "utf-8")
    binary = tmp_path / "binary.csv"
    binary.write_bytes(b"file,target\n\xff\xfe,a\n")
    for path in (tmp_path / "absent.npz", tmp_path / "absent", damaged, pickled, text, binary):
        complaint_about(path)
    with pytest.raises(DataProblem, match="at least one"):
        load_dataset([])


@pytest.mark.parametrize(
    ("header", "row", "complaint"),
    [
        (["emotion", "Usage"], (3, "Training"), "columns file and target"),
        (["a", "b"], (1, 2), "its columns are: a, b"),
        (["file", "target"], ("a.png", ""), "row 2: a row needs a file and a target"),
        (["file", "target"], ("a.png",), "row 2: a row needs a file and a target"),
        (["file", "target", "part"], ("a.png", "b", "exam"), "row 2: 'exam' is no part"),
        (["emotion", "pixels"], (7, pixels(1)), "row 2: the emotion '7'"),
        (["emotion", "pixels"], ("happy", pixels(1)), "row 2: the emotion 'happy'"),
        (["emotion", "pixels"], (3, "1 2 3"), "row 2: 3 pixels make no square"),
        (["emotion", "pixels"], (3, ""), "row 2: 0 pixels make no square"),
        (["emotion", "pixels"], (3, "1 2 3 x"), "row 2: pixels holds more than"),
        (["emotion", "pixels"], (3, "1 2 3 256"), "row 2: pixels holds more than"),
        (["emotion", "pixels", "Usage"], (3, "1 2 3 4", "Exam"), "row 2: 'Exam' is no part"),
        (FERPLUS_HEADER[:-1], ("Training", "fer1.png", *range(9)), "no column 'NF'"),
        (FERPLUS_HEADER, ("", "fer1.png", *range(10)), "row 2: Usage is empty"),
        (FERPLUS_HEADER, ("Training", "fer1.png", *range(9), "x"), "row 2: 'x' is no number"),
        (FERPLUS_HEADER, ("Training", "", *range(10)), "names no picture"),
    ],
)
def test_wrong_tables(
    tmp_path: Path, header: Sequence[str], row: Sequence[object], complaint: str
) -> None:
    path = write_csv(tmp_path / "table.csv", header, [row])
    assert complaint in complaint_about(path)


def test_a_table_without_rows(tmp_path: Path) -> None:
    assert "no rows" in complaint_about(write_csv(tmp_path / "table.csv", ["file", "target"], []))
    empty = tmp_path / "empty.csv"
    empty.write_text("", "utf-8")
    assert "no rows" in complaint_about(empty)


def test_pictures_of_two_sizes_in_one_table_name_the_row(tmp_path: Path) -> None:
    rows = [(3, "1 2 3 4"), (4, "1 2 3 4 5 6 7 8 9")]
    path = write_csv(tmp_path / "fer2013.csv", ["emotion", "pixels"], rows)
    assert "row 3: 9 pixels" in complaint_about(path)


def test_ferplus_without_its_picture_folders_names_the_row(tmp_path: Path) -> None:
    write_ferplus(tmp_path / "whole", [("Training", "fer0000003.png", "fear")])
    (tmp_path / "whole" / "fer2013new.csv").rename(tmp_path / "fer2013new.csv")
    message = complaint_about(tmp_path)
    assert "row 2 (fer0000003.png)" in message
    assert "1 of 1 pictures" in message


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0,
    reason="permissions bind neither root nor Windows",
)
def test_a_folder_that_may_not_be_read(tmp_path: Path) -> None:
    write_picture(tmp_path / "a" / "1.png", 1)
    (tmp_path / "a").chmod(0)
    assert "Cannot read" in complaint_about(tmp_path)


def test_folders_without_pictures_in_sub_folders(tmp_path: Path) -> None:
    assert "sub-folders" in complaint_about(tmp_path)
    write_picture(tmp_path / "1.png", 1)
    (tmp_path / "class").mkdir()
    assert "sub-folders" in complaint_about(tmp_path)
