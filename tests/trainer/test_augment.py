"""What augmentation keeps: its input, the asked size, the chance to be repeated."""

from __future__ import annotations

import numpy as np
import pytest

from classroom_monitor.trainer.augment import Augmentation, augment
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


def test_switched_off_it_only_mirrors() -> None:
    still = Augmentation(
        rotation_deg=0,
        zoom=(1, 1),
        shear=0,
        shift=0,
        background_chance=0,
        cutout_chance=0,
        shrink_chance=0,
        gamma=(1, 1),
        contrast=(1, 1),
        brightness=0,
        dim_chance=0,
        blur_chance=0,
        noise_chance=0,
    )
    face = drawn_faces(1).images[0]
    seen = [augment(face, 48, still, np.random.default_rng(seed)) for seed in range(12)]
    mirrored = [np.array_equal(picture, face[:, ::-1]) for picture in seen]
    assert all(
        np.array_equal(picture, face) or flip for picture, flip in zip(seen, mirrored, strict=True)
    )
    assert 0 < sum(mirrored) < 12


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
