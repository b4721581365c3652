"""Crops are square, framed as asked, and the same in training and live."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classroom_monitor.contracts import FaceBox, UInt8Array
from classroom_monitor.vision.crops import (
    CropSpec,
    crop_whole_image,
    crop_whole_images,
    cut_crops,
)

GREY = CropSpec(size_px=48, channels=1, scale=1.0, shift_up=0.0)
RGB = CropSpec(size_px=48, channels=3, scale=1.0, shift_up=0.0)


def noise(height: int, width: int) -> UInt8Array:
    return np.random.default_rng(3).integers(0, 256, (height, width, 3), np.uint8)


def test_a_box_of_the_crops_own_size_is_cut_unchanged() -> None:
    picture = noise(100, 120)
    crop = cut_crops(picture, [FaceBox(20, 30, 48, 48, 1)], RGB).images[0]
    np.testing.assert_array_equal(crop, picture[30:78, 20:68, ::-1])


def test_grey_is_opencvs_grey() -> None:
    picture = noise(100, 120)
    crop = cut_crops(picture, [FaceBox(20, 30, 48, 48, 1)], GREY).images[0, ..., 0]
    expected = cv2.cvtColor(picture[30:78, 20:68], cv2.COLOR_BGR2GRAY)
    np.testing.assert_array_equal(crop, expected)


def test_scale_and_shift_move_the_frame() -> None:
    picture = np.zeros((200, 200, 3), np.uint8)
    picture[50:110, 70:130] = 255  # centre (100, 80), side 60
    box = FaceBox(80, 70, 40, 40, 1)  # centre (100, 90)
    spec = CropSpec(size_px=30, channels=1, scale=1.5, shift_up=0.25)
    assert cut_crops(picture, [box], spec).images.min() == 255
    wider = CropSpec(size_px=30, channels=1, scale=1.7, shift_up=0.25)
    crop = cut_crops(picture, [box], wider).images[0, ..., 0]
    assert crop[0].max() == crop[-1].max() == crop[:, 0].max() == crop[:, -1].max() == 0


def test_the_edge_is_repeated_beyond_the_picture() -> None:
    picture = noise(60, 60)
    crop = cut_crops(picture, [FaceBox(-24, 6, 48, 48, 1)], RGB).images[0]
    np.testing.assert_array_equal(crop[:, :25], np.repeat(crop[:, 24:25], 25, axis=1))
    np.testing.assert_array_equal(crop[:, 24:], picture[6:54, :24, ::-1])


def test_shrinking_averages_instead_of_skipping() -> None:
    stripes = np.zeros((96, 96, 3), np.uint8)
    stripes[:, ::2] = 200
    crop = cut_crops(stripes, [FaceBox(0, 0, 96, 96, 1)], GREY).images
    assert np.all(np.abs(crop.astype(int) - 100) <= 1)


def test_a_face_picture_and_a_box_around_it_give_the_same_crop() -> None:
    picture = noise(48, 48)
    spec = CropSpec(size_px=96, channels=1, scale=1.0, shift_up=0.0)
    live = cut_crops(picture, [FaceBox(0, 0, 48, 48, 1)], spec).images[0]
    np.testing.assert_array_equal(crop_whole_image(picture, spec), live)


def test_grey_pictures_and_batches() -> None:
    grey = noise(48, 48)[..., 0]
    batch = crop_whole_images(np.stack([grey, grey]), CropSpec(96, 3, 1.0, 0.0)).images
    assert batch.shape == (2, 96, 96, 3)
    np.testing.assert_array_equal(batch[..., 0], batch[..., 2])


def test_a_picture_that_is_not_square_keeps_its_proportions() -> None:
    tall = np.zeros((60, 40), np.uint8)
    tall[20:40, 10:30] = 255
    crop = crop_whole_image(tall, CropSpec(60, 1, 1.0, 0.0))[..., 0]
    rows, columns = np.flatnonzero(crop.max(axis=1)), np.flatnonzero(crop.max(axis=0))
    assert (rows[0], rows[-1], columns[0], columns[-1]) == (20, 39, 20, 39)


def test_padding_keeps_pixels_and_adds_black() -> None:
    small, spec = noise(4, 3), CropSpec(7, 3, 1.0, 0.0, fit="pad")
    crop = crop_whole_image(small, spec)
    np.testing.assert_array_equal(crop[1:5, 2:5], small[..., ::-1])
    crop[1:5, 2:5] = 0
    assert crop.max() == 0


def test_padding_cuts_off_what_is_beyond() -> None:
    large = noise(9, 20)[..., 0]
    crop = crop_whole_image(large, CropSpec(6, 1, 1.0, 0.0, fit="pad"))[..., 0]
    np.testing.assert_array_equal(crop, large[1:7, 7:13])


def test_a_box_is_padded_as_a_face_picture_is() -> None:
    picture = noise(40, 40)
    spec = CropSpec(50, 1, 1.0, 0.0, fit="pad")
    live = cut_crops(picture, [FaceBox(0, 0, 40, 40, 1)], spec).images[0]
    np.testing.assert_array_equal(crop_whole_image(picture, spec), live)


def test_no_boxes_give_an_empty_batch() -> None:
    assert cut_crops(noise(10, 10), [], RGB).images.shape == (0, 48, 48, 3)


COORDINATE = st.floats(-50, 80, allow_nan=False)
SIDE = st.floats(0.01, 120, allow_nan=False)


@pytest.mark.parametrize("shape", [(1, 1), (7, 60), (60, 7)])
@settings(deadline=None)
@given(x=COORDINATE, y=COORDINATE, w=SIDE, h=SIDE)
def test_any_box_in_any_picture_gives_a_crop(
    shape: tuple[int, int], x: float, y: float, w: float, h: float
) -> None:
    picture = noise(*shape)
    before = picture.copy()
    crops = cut_crops(picture, [FaceBox(x, y, w, h, 0.5)], GREY).images
    assert crops.shape == (1, 48, 48, 1)
    assert crops.dtype == np.uint8
    np.testing.assert_array_equal(picture, before)
