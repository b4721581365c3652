"""The study of enlarged faces: what is compared with what."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from classroom_monitor.contracts import UInt8Array
from classroom_monitor.trainer.enlargers import CubicEnlarger
from classroom_monitor.trainer.labelled import LabelledFaces
from classroom_monitor.trainer.super_resolution_study import (
    PLAIN,
    Model,
    small_face_study,
    study_table,
)
from classroom_monitor.vision.bundle import load_bundle
from tests.fakes.classifier import FakeClassifier
from tests.vision.bundles import make_tiny_bundle


class Blackener:
    """Enlarges to black, so that every face looks negative to the fake classifier."""

    name = "black_x2"
    digest = ""
    scale = 2

    def __init__(self) -> None:
        self.sides_px: set[int] = set()

    def enlarge(self, image: UInt8Array) -> UInt8Array:
        self.sides_px.add(image.shape[0])
        return np.zeros((2 * image.shape[0], 2 * image.shape[1]), np.uint8)


@pytest.fixture
def model(tmp_path: Path) -> Model:
    return Model(load_bundle(make_tiny_bundle(tmp_path / "tiny")), FakeClassifier())


@pytest.fixture
def faces() -> LabelledFaces:
    """Thirty faces, ten a mood, as bright as the fake classifier takes them."""
    truth = np.arange(30) % 3
    return LabelledFaces([np.full((48, 48), 40 + 85 * mood, np.uint8) for mood in truth], truth)


def test_ways_are_compared_with_the_crop_code_on_the_same_faces(
    model: Model, faces: LabelledFaces
) -> None:
    blackener = Blackener()
    rows = list(small_face_study(model, faces, [CubicEnlarger(4), blackener], sides_px=(12, 24)))
    assert [(row.side_px, row.way) for row in rows] == [
        (side_px, way) for side_px in (12, 24) for way in (PLAIN, "bicubic_x4", "black_x2")
    ]
    assert blackener.sides_px == {12, 24}
    for plain, cubic, black in (rows[:3], rows[3:]):
        assert plain.against_plain is None
        assert plain.accuracy == cubic.accuracy == 1.0
        assert black.accuracy == pytest.approx(1 / 3)
        assert cubic.against_plain is not None
        assert cubic.against_plain.p_value == 1.0
        assert black.against_plain is not None
        assert black.against_plain.difference == pytest.approx(-2 / 3)
        assert black.against_plain.p_value == pytest.approx(2 / 2**20)


def test_coloured_faces_are_made_grey(model: Model, faces: LabelledFaces) -> None:
    coloured = LabelledFaces([np.dstack([f, f, f]) for f in faces.images], faces.truth)
    (row,) = small_face_study(model, coloured, [], sides_px=(16,))
    assert row.accuracy == 1.0


def test_the_table_tells_how_sure_a_difference_is(model: Model, faces: LabelledFaces) -> None:
    plain, black = study_table([*small_face_study(model, faces, [Blackener()], (12,))]).rows
    assert plain[:4] == ("12", PLAIN, "1.0000", "")
    assert black[:3] == ("12", "black_x2", "0.3333")
    assert black[3].startswith("-0.6667 (")
    assert black[3].endswith("), p = 1.9e-06")
