"""Recall by face size and precision, counted by hand on folders made for it."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from classroom_monitor.benchmark.face_curve import SIZE_BANDS, FaceCurve
from classroom_monitor.benchmark.face_recall import (
    match_finds,
    measure_face_recall,
    read_true_boxes,
    recall_document,
    recall_table,
)
from classroom_monitor.contracts import FaceBox, UInt8Array
from classroom_monitor.errors import DataProblem

Finder = Callable[[UInt8Array], list[FaceBox]]


def make_folder(folder: Path, boxes: dict[str, object]) -> Path:
    """Write grey pictures, the first 100 px wide, the second 101 and so on, and their boxes."""
    for index, name in enumerate(boxes):
        cv2.imwrite(str(folder / name), np.full((80, 100 + index, 3), 90, np.uint8))
    (folder / "boxes.json").write_text(json.dumps(boxes), encoding="utf-8")
    return folder


def finder_of(finds: Sequence[list[FaceBox]]) -> Finder:
    """Return what finds the n-th list in make_folder's n-th picture."""
    return lambda image_bgr: finds[image_bgr.shape[1] - 100]


def face(x: float, size: float, score: float) -> FaceBox:
    return FaceBox(x, 0, size, size, score)


def test_recall_by_size_and_precision_counted_by_hand(tmp_path: Path) -> None:
    folder = make_folder(
        tmp_path, {"a.png": [[0, 0, 16, 16], [30, 0, 24, 24]], "b.png": [[0, 0, 40, 40]]}
    )
    find = finder_of([[face(0, 16, 0.9), face(60, 24, 0.7)], [face(1, 40, 0.6), face(50, 40, 0.3)]])
    seen: list[tuple[int, int]] = []
    measured = measure_face_recall(folder, find, 0.5, lambda *count: seen.append(count))
    assert measured.faces == (1, 1, 1, 0)
    assert measured.default.precision == pytest.approx(2 / 3, abs=1e-4)
    assert measured.default.recall == (1.0, 0.0, 1.0, None)
    assert measured.default.recall_all == pytest.approx(2 / 3, abs=1e-4)
    assert measured.default.finds == 3
    assert seen == [(1, 2), (2, 2)]
    best = measured.at_precision[0.95]
    assert best is not None
    assert (best.score, best.finds, best.precision) == (0.9, 1, 1.0)
    assert measured.curve[-1].finds == 4
    assert measured.median_ms >= 0


def test_a_second_box_on_a_face_is_a_false_find() -> None:
    found = np.array([[0, 0, 20, 20], [1, 0, 20, 20]], np.float64)
    truth = np.array([[0, 0, 20, 20]], np.float64)
    assert match_finds(found, np.array([0.5, 0.9]), truth).tolist() == [-1, 0]


def test_a_find_takes_the_free_face_that_it_overlaps_most() -> None:
    truth = np.array([[0, 0, 20, 20], [6, 0, 20, 20]], np.float64)
    found = np.array([[5, 0, 20, 20], [4, 0, 20, 20]], np.float64)
    assert match_finds(found, np.array([0.9, 0.8]), truth).tolist() == [1, 0]


def test_overlap_below_the_limit_is_no_match() -> None:
    truth = np.array([[0, 0, 20, 20]], np.float64)
    for shift, expected in ((8.0, 0), (9.0, -1)):  # IoU 12/28 and 11/29
        found = np.array([[shift, 0, 20, 20]])
        assert match_finds(found, np.ones(1), truth).tolist() == [expected]


def test_faces_too_small_to_be_labelled_count_neither_way(tmp_path: Path) -> None:
    folder = make_folder(tmp_path, {"a.png": [[0, 0, 8, 8], [40, 0, 30, 30]]})
    measured = measure_face_recall(folder, finder_of([[face(0, 8, 0.9), face(40, 30, 0.8)]]))
    assert measured.faces == (0, 1, 0, 0)
    assert measured.default.finds == 1
    assert measured.default.precision == 1.0


def test_a_folder_where_nothing_is_found_has_recall_0_and_no_precision(tmp_path: Path) -> None:
    folder = make_folder(tmp_path, {"a.png": [[0, 0, 70, 70]], "b.png": []})
    measured = measure_face_recall(folder, finder_of([[], []]))
    assert measured.default.precision is None
    assert measured.default.recall == (None, None, None, 0.0)
    assert set(measured.at_precision.values()) == {None}
    assert "-" in recall_table({"nothing": measured})


def test_the_table_and_the_document_say_the_same(tmp_path: Path) -> None:
    folder = make_folder(tmp_path, {"a.png": [[0, 0, 70, 70]]})
    measured = measure_face_recall(folder, finder_of([[face(0, 70, 0.75)]]), 0.5)
    table = recall_table({"one room": measured, "other near": measured}).splitlines()
    assert [line.split()[0] for line in table if "default" in line] == ["one", "other"]
    assert table[0].startswith("1 pictures; faces: 0 of 12-20 px")
    assert all(band.title in table[1] for band in SIZE_BANDS)
    (at_half,) = {line.split(">=")[1] for line in table if "score >= 0.5" in line}
    assert at_half.split() == ["0.5", "0.500", "1.000", "-", "-", "-", "1.000"]
    document = json.loads(json.dumps(recall_document(measured)))
    assert document["faces"] == {"12-20": 0, "20-32": 0, "32-64": 0, "64+": 1}
    assert document["default"]["recall"]["64+"] == 1.0
    assert document["at_precision"]["0.97"]["score"] == 0.75
    assert document["curve"][0] == {
        "score": 0.98,
        "finds": 0,
        "precision": None,
        "recall": {"12-20": None, "20-32": None, "32-64": None, "64+": 0.0},
        "recall_all": 0.0,
    }


@pytest.mark.parametrize(
    ("boxes", "said"),
    [
        (None, "cannot read"),
        ("{", "is not JSON"),
        ("[]", "with a file at least"),
        ("{}", "with a file at least"),
        ('{"a.png": [[1, 2, 3]]}', "boxes of a.png must be lists of four numbers"),
        ('{"a.png": [[1, 2, 3, "x"]]}', "boxes of a.png must be lists of four numbers"),
        ('{"a.png": [[1, 2, 3], [1, 2, 3, 4]]}', "boxes of a.png must be lists of four numbers"),
        ('{"a.png": [[1, 2, -3, 4]]}', "not negative"),
        ('{"a.png": [[1, 2, 3, NaN]]}', "boxes of a.png must be lists of four numbers"),
        ('{"a.png": {"x": 1}}', "boxes of a.png must be lists of four numbers"),
        ('{"a.png": [], "b.png": [], "c.png": []}', "lacks 2 of the 3 pictures .* first b.png"),
    ],
)
def test_a_folder_that_cannot_be_used_is_one_clear_line(
    tmp_path: Path, boxes: str | None, said: str
) -> None:
    cv2.imwrite(str(tmp_path / "a.png"), np.zeros((20, 20, 3), np.uint8))
    if boxes is not None:
        (tmp_path / "boxes.json").write_text(boxes, encoding="utf-8")
    with pytest.raises(DataProblem, match=said) as caught:
        read_true_boxes(tmp_path)
    assert "\n" not in str(caught.value)
    assert str(tmp_path) in str(caught.value)


def test_what_is_no_picture_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"no picture")
    (tmp_path / "boxes.json").write_text('{"a.png": []}', encoding="utf-8")
    with pytest.raises(DataProblem, match=r"a\.png is not a picture"):
        measure_face_recall(tmp_path, lambda image_bgr: [])


FINDS = st.lists(st.tuples(st.floats(0, 1), st.integers(-1, 3)), max_size=30)


@given(FINDS)
def test_recall_only_grows_along_the_curve(finds: list[tuple[float, int]]) -> None:
    once = {face: (score, face) for score, face in finds if face >= 0}
    kept = [*once.values(), *((score, face) for score, face in finds if face < 0)]
    curve = FaceCurve()
    curve.add(
        np.array([score for score, _ in kept], np.float64),
        np.array([face for _, face in kept], np.intp),
        np.array([15.0, 25.0, 40.0, 90.0]),
    )
    recalls = [point.recall_all or 0.0 for point in curve.points()]
    assert recalls == sorted(recalls)
    for precision in (0.5, 0.9):
        point = curve.at_precision(precision)
        assert point is None or (point.precision or 0.0) >= precision - 1e-4
