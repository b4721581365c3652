"""What moves between frames, on pictures whose motion is known."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from classroom_monitor.contracts import FaceBox, UInt8Array
from classroom_monitor.vision.motion import Motion, MotionWatcher
from classroom_monitor.vision.pyramid import Pyramid
from classroom_monitor.vision.tiles import box_rows

BOX = FaceBox(500, 300, 80, 80, 0.9)


def texture(seed: int, width: int, height: int, sigma: float = 4.0) -> UInt8Array:
    rng = np.random.default_rng(seed)
    smooth = cv2.GaussianBlur(rng.normal(0, 1, (height, width)), (0, 0), sigma)
    shades = np.clip(128 + 45 * smooth / smooth.std(), 0, 255).astype(np.uint8)
    return np.repeat(shades[..., None], 3, axis=2)


def room() -> UInt8Array:
    """Return large shapes with edges and smaller ones on them, as rooms have them."""
    large = (texture(1, 1280, 720, 40.0) > 128).astype(np.uint8) * 80
    return large + texture(2, 1280, 720, 12.0) // 2


def with_face(x: int, y: int, seed: int = 7) -> UInt8Array:
    image = room()
    image[y : y + 80, x : x + 80] = texture(seed, 80, 80)
    return image


def motion(before: UInt8Array, now: UInt8Array, *boxes: FaceBox) -> Motion:
    watcher = MotionWatcher()
    watcher.step(Pyramid(before), boxes)
    return watcher.step(Pyramid(now), boxes)


def part(seen: Motion, box: FaceBox) -> float:
    return float(seen.changed_parts(box_rows([box]))[0])


@pytest.mark.parametrize(("dx", "dy"), [(0, 0), (6, -4), (-14, 9), (20, 0)])
def test_a_face_that_moves_is_followed(dx: int, dy: int) -> None:
    seen = motion(with_face(500, 300), with_face(500 + dx, 300 + dy), BOX)
    (place,) = seen.places
    assert (place.x, place.y) == pytest.approx((500 + dx, 300 + dy), abs=2.5)
    assert (place.w, place.h, place.score) == (80, 80, 0.9)
    assert seen.drift == pytest.approx((0, 0), abs=3)


@pytest.mark.parametrize(("dx", "dy"), [(8, 0), (-16, 8), (24, -12)])
def test_a_cameras_drift_moves_everything_and_changes_nothing(dx: int, dy: int) -> None:
    image = with_face(500, 300)
    moved = np.roll(image, (dy, dx), axis=(0, 1))
    seen = motion(image, moved, BOX)
    assert seen.drift == pytest.approx((dx, dy), abs=2.5)
    (place,) = seen.places
    assert (place.x, place.y) == pytest.approx((500 + dx, 300 + dy), abs=2.5)
    assert part(seen, FaceBox(100, 100, 1000, 500, 1)) < 0.1


def test_a_face_that_came_is_a_change_where_it_is() -> None:
    seen = motion(room(), with_face(500, 300))
    assert part(seen, BOX) > 0.4
    assert part(seen, FaceBox(700, 300, 80, 80, 1)) == 0


def test_light_that_changes_everywhere_is_none() -> None:
    image = with_face(500, 300)
    brighter = np.clip(image.astype(int) + 25, 0, 255).astype(np.uint8)
    assert motion(image, brighter).changed.mean() < 0.05


def test_noise_is_no_change() -> None:
    rng = np.random.default_rng(3)
    before, now = (
        np.clip(room() + rng.normal(0, 6, (720, 1280, 3)), 0, 255).astype(np.uint8)
        for _ in range(2)
    )
    assert motion(before, now).changed.mean() < 0.01


def test_the_first_frame_and_one_of_another_size_move_nothing() -> None:
    watcher = MotionWatcher()
    for image in (room(), room()[:480, :640]):
        seen = watcher.step(Pyramid(image), [BOX])
        assert seen.places == (BOX,)
        assert not seen.changed.any()


@pytest.mark.parametrize("shape", [(1, 1), (1, 300), (13, 13), (40, 9)])
def test_small_pictures_are_no_trouble(shape: tuple[int, int]) -> None:
    image = np.full((*shape, 3), 90, np.uint8)
    seen = motion(image, image, FaceBox(0, 0, 1, 1, 1))
    assert len(seen.places) == 1
    assert part(seen, FaceBox(0, 0, 1, 1, 1)) == 0
