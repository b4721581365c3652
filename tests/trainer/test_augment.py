"""What augmentation keeps: its input, the asked size, the chance to be repeated."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from classroom_monitor.trainer.augment import UNCHANGED, Augmentation, augment
from tests.trainer.faces import drawn_faces


@pytest.mark.parametrize("size_px", [32, 48, 96])
def test_it_gives_the_size_asked_for_and_leaves_its_input_alone(size_px: int) -> None:
    faces = drawn_faces(30).images
    before = faces.copy()
    faces.setflags(write=False)
    rng = np.random.default_rng(0)
    for face in faces:
        changed = augment(face, size_px, Augmentation(), rng)
        assert changed.shape == (size_px, size_px)
        assert changed.dtype == np.uint8
    assert np.array_equal(faces, before)


def test_the_same_seed_gives_the_same_face_and_another_one_does_not() -> None:
    face = drawn_faces(1).images[0]
    first, again, other = (
        augment(face, 64, Augmentation(), np.random.default_rng(seed)) for seed in (5, 5, 6)
    )
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


def test_switched_off_it_changes_nothing() -> None:
    face = drawn_faces(1).images[0]
    seen = [augment(face, 48, UNCHANGED, np.random.default_rng(seed)) for seed in range(12)]
    assert all(np.array_equal(picture, face) for picture in seen)


def test_mirroring_has_a_chance_of_its_own() -> None:
    face = drawn_faces(1).images[0]
    for chance, expected in ((0.5, None), (1.0, 40)):
        settings = replace(UNCHANGED, mirror_chance=chance)
        seen = [augment(face, 48, settings, np.random.default_rng(seed)) for seed in range(40)]
        mirrored = [np.array_equal(picture, face[:, ::-1]) for picture in seen]
        kept = [np.array_equal(picture, face) for picture in seen]
        assert sum(mirrored) + sum(kept) == 40
        assert sum(mirrored) == expected if expected else 0 < sum(mirrored) < 40


@pytest.mark.parametrize(
    "switched_on",
    [
        {"rotation_deg": 10.0},
        {"zoom": (0.8, 0.9)},
        {"shear": 0.2},
        {"shift": 0.1},
        {"background_chance": 1.0},
        {"cutout_chance": 1.0},
        {"shrink_chance": 1.0},
        {"gamma": (0.5, 0.6)},
        {"contrast": (0.5, 0.6)},
        {"brightness": 30.0},
        {"dim_chance": 1.0},
        {"blur_chance": 1.0},
        {"noise_chance": 1.0},
    ],
)
def test_each_change_works_by_itself(switched_on: dict[str, object]) -> None:
    face = drawn_faces(1).images[0]
    settings = replace(UNCHANGED, **switched_on)  # type: ignore[arg-type]
    seen = [augment(face, 48, settings, np.random.default_rng(seed)) for seed in range(5)]
    assert not any(np.array_equal(picture, face) for picture in seen)
    assert len({picture.tobytes() for picture in seen}) > 2


def test_shrunk_faces_lose_their_detail() -> None:
    rng = np.random.default_rng(1)
    face = rng.integers(0, 255, (48, 48)).astype(np.uint8)
    small = Augmentation(shrink_chance=1.0, shrink_px=(14, 14), noise_chance=0, dim_chance=0)
    sharp = Augmentation(shrink_chance=0.0, blur_chance=0, noise_chance=0, dim_chance=0)
    detail = [
        np.mean([np.abs(np.diff(augment(face, 96, s, rng).astype(float))).mean() for _ in "12345"])
        for s in (small, sharp)
    ]
    assert detail[0] < detail[1] / 2
