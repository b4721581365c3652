"""Data sets of every kind are read as what they say, and joined."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from classroom_monitor.errors import DataProblem
from classroom_monitor.trainer.dataset.load import load_dataset
from classroom_monitor.trainer.dataset.names import FER2013_LABELS, LABELS
from classroom_monitor.trainer.dataset.records import Dataset, Part
from tests.trainer.faces import drawn_faces, save_faces
from tests.trainer.sources import (
    picture,
    write_csv,
    write_fer2013,
    write_ferplus,
    write_picture,
)


def labels_of(dataset: Dataset) -> list[str]:
    assert dataset.votes.dtype == np.float32
    return [dataset.names[column] for column in dataset.votes.argmax(axis=1)]


def test_an_archive_gives_votes_or_the_single_label(tmp_path: Path) -> None:
    faces = drawn_faces(7)
    path = tmp_path / "faces.npz"
    votes = faces.votes.astype(np.uint8)
    codes = np.arange(7, dtype=np.uint8)
    np.savez(path, allow_pickle=False, images=faces.images, votes=votes, fer2013=codes, row=codes)
    voted, single = load_dataset([path], "votes"), load_dataset([path], "fer2013")
    assert np.array_equal(voted.images, faces.images)
    assert voted.names == LABELS
    assert np.array_equal(voted.votes, votes)
    assert single.names == FER2013_LABELS
    assert labels_of(single) == [
        "anger", "disgust", "fear", "happiness", "sadness", "surprise", "neutral",
    ]  # fmt: skip
    assert set(voted.parts.tolist()) == {Part.NONE}
    assert voted.origins[3].endswith("faces.npz, row 3")


def test_an_archive_of_one_annotation_gives_that_one(tmp_path: Path) -> None:
    path = save_faces(tmp_path / "faces.npz", drawn_faces(6))
    assert load_dataset([path], "fer2013").names == LABELS


def test_fer2013s_table_gives_greys_labels_and_parts(tmp_path: Path) -> None:
    rows = [(3, "Training"), (0, "PublicTest"), (6, "PrivateTest")]
    dataset = load_dataset([write_fer2013(tmp_path / "fer2013.csv", rows)])
    assert np.array_equal(dataset.images, np.stack([picture(k) for k in range(3)]))
    assert labels_of(dataset) == ["happiness", "anger", "neutral"]
    assert dataset.parts.tolist() == [Part.TRAINING, Part.VALIDATION, Part.TEST]
    assert dataset.origins[2] == f"{tmp_path / 'fer2013.csv'}, row 4"


def test_fer2013s_table_may_lack_usage(tmp_path: Path) -> None:
    text = " ".join(["7"] * 9)
    path = write_csv(tmp_path / "train.csv", ["emotion", "pixels"], [(4, text)])
    dataset = load_dataset([path], side_px=3)
    assert dataset.parts.tolist() == [Part.NONE]
    assert (dataset.images == 7).all()


def test_ferplus_pictures_are_found_by_the_name_column(tmp_path: Path) -> None:
    """The name is not always fer<row>.png: by the row number labels would go to wrong faces."""
    folder = write_ferplus(
        tmp_path,
        [
            ("Training", "fer0000005.png", "sadness"),
            ("Training", "", "not-a-face"),
            ("Training", "fer0000000.png", "happiness"),
            ("PublicTest", "fer0000002.png", "contempt"),
            ("PrivateTest", "fer0000001.png", "neutral"),
        ],
    )
    dataset = load_dataset([folder])
    assert np.array_equal(dataset.images, np.stack([picture(k) for k in (5, 0, 2, 1)]))
    assert labels_of(dataset) == ["sadness", "happiness", "contempt", "neutral"]
    assert dataset.parts.tolist() == [
        Part.TRAINING, Part.TRAINING, Part.VALIDATION, Part.TEST,
    ]  # fmt: skip
    assert dataset.origins[1].endswith("fer2013new.csv, row 4 (fer0000000.png)")
    assert np.array_equal(load_dataset([folder / "fer2013new.csv"]).images, dataset.images)


def test_ferplus_pictures_may_lie_in_a_data_folder(tmp_path: Path) -> None:
    write_ferplus(tmp_path / "data", [("Training", "fer0000004.png", "fear")])
    (tmp_path / "data" / "fer2013new.csv").rename(tmp_path / "fer2013new.csv")
    assert labels_of(load_dataset([tmp_path])) == ["fear"]


def test_a_folder_a_class_may_have_parts_and_a_licence(tmp_path: Path) -> None:
    for number, (part, name) in enumerate(
        [("train", "bored"), ("train", "awake"), ("Validation", "awake"), ("test", "bored")]
    ):
        write_picture(tmp_path / part / name / f"größe {number}.png", number)
    (tmp_path / "LICENSE").write_text("\nOurs, within the school only\nmore", "utf-8")
    (tmp_path / ".cache").mkdir()
    dataset = load_dataset([tmp_path])
    assert dataset.names == ("awake", "bored")
    found = {}
    for row, label in enumerate(labels_of(dataset)):
        number = int(Path(dataset.origins[row]).stem.split()[1])
        assert np.array_equal(dataset.images[row], picture(number))
        found[number] = (Part(dataset.parts[row]), label)
    assert found == {
        0: (Part.TRAINING, "bored"),
        1: (Part.TRAINING, "awake"),
        2: (Part.VALIDATION, "awake"),
        3: (Part.TEST, "bored"),
    }
    assert dataset.licence == "Ours, within the school only"


def test_a_table_of_files_may_have_parts(tmp_path: Path) -> None:
    for number in range(3):
        write_picture(tmp_path / "pictures" / f"{number}.png", number)
    rows = [
        ("pictures/2.png", "b", "test"),
        ("pictures/0.png", "a", ""),
        ("pictures/1.png", "a", "train"),
    ]
    table = write_csv(tmp_path / "table.csv", ["file", "target", "split"], rows)
    table.write_text("\ufeff" + table.read_text("utf-8"), "utf-8")  # as Excel writes UTF-8
    dataset = load_dataset([table])
    assert np.array_equal(dataset.images, np.stack([picture(k) for k in (2, 0, 1)]))
    assert labels_of(dataset) == ["b", "a", "a"]
    assert dataset.parts.tolist() == [Part.TEST, Part.NONE, Part.TRAINING]


def test_pictures_of_other_sizes_become_squares(tmp_path: Path) -> None:
    write_picture(tmp_path / "a" / "large.png", 1, side_px=96)
    write_picture(tmp_path / "b" / "small.png", 2, side_px=20)
    assert load_dataset([tmp_path], side_px=64).images.shape == (2, 64, 64)


def test_data_sets_of_several_kinds_are_joined_by_name(tmp_path: Path) -> None:
    voted = save_faces(tmp_path / "faces.npz", drawn_faces(3))
    single = write_fer2013(tmp_path / "fer2013.csv", [(2, "Training")])
    write_picture(tmp_path / "own" / "bored" / "1.png", 1)
    write_picture(tmp_path / "own" / "happiness" / "2.png", 2)
    dataset = load_dataset([single, tmp_path / "own", voted])
    assert dataset.names == (*LABELS, "bored")
    assert labels_of(dataset)[:3] == ["fear", "bored", "happiness"]
    assert np.array_equal(dataset.votes[3:, :10], drawn_faces(3).votes)
    assert len(dataset) == len(dataset.origins) == len(dataset.parts) == 6


def test_a_few_unreadable_pictures_are_left_out_and_named(tmp_path: Path) -> None:
    for number in range(20):
        write_picture(tmp_path / ("a" if number % 2 else "b") / f"{number:02d}.png", number)
    (tmp_path / "a" / "03.png").write_bytes(b"no picture")
    (tmp_path / "b" / "04.png").write_bytes(b"")
    dataset = load_dataset([tmp_path])
    assert len(dataset) == len(dataset.origins) == 18
    assert [Path(line.split(": ")[0]).name for line in dataset.unreadable] == ["03.png", "04.png"]
    assert dataset.select(np.arange(3)).unreadable == dataset.unreadable


def test_many_unreadable_pictures_refuse_the_data(tmp_path: Path) -> None:
    rows = [(f"{number}.png", "ab"[number % 2]) for number in range(6)]
    table = write_csv(tmp_path / "table.csv", ["file", "target"], rows)
    for number in range(4):
        write_picture(tmp_path / f"{number}.png", number)
    with pytest.raises(DataProblem, match=r"table\.csv, row 6 \(4\.png\).* 2 of 6 ") as caught:
        load_dataset([table])
    assert "\n" not in str(caught.value)
