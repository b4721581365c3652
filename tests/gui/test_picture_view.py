"""The picture: colours, scale, and where the boxes are."""

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from classroom_monitor.contracts import FaceBox, Frame, Track, UInt8Array
from classroom_monitor.gui.palette import colours_for
from classroom_monitor.gui.picture_view import PictureView

BLUE_BGR = (200, 40, 10)


def coloured(width_px: int, height_px: int) -> UInt8Array:
    return np.full((height_px, width_px, 3), BLUE_BGR, np.uint8)


def track(box: FaceBox, *, used: bool = True) -> Track:
    positive = np.array([0.1, 0.1, 0.8], np.float32)
    return Track(1, box, positive, quality=used, used=used)


def painted(qtbot: QtBot, frame: Frame, *tracks: Track, moods: bool = False) -> QImage:
    """Return the view, 400 by 300 pixels, showing a frame."""
    view = PictureView()
    qtbot.addWidget(view)
    view.resize(400, 300)
    view.show_frame(frame, tracks, moods=moods)
    return view.grab().toImage()


def colour(image: QImage, x: int, y: int) -> tuple[int, int, int]:
    shown = QColor(image.pixel(x, y))
    return shown.red(), shown.green(), shown.blue()


@pytest.mark.parametrize(
    "image_bgr",
    [
        coloured(1280, 960),
        coloured(40, 30),
        coloured(40, 30)[:, ::-1],  # rows that run backwards
        coloured(80, 60)[::2, ::2],
    ],
)
def test_a_picture_of_any_size_fills_the_view_in_its_colours(
    qtbot: QtBot, image_bgr: UInt8Array
) -> None:
    image = painted(qtbot, Frame(0, 0.0, image_bgr))
    for x, y in ((0, 0), (399, 0), (200, 150), (399, 299)):
        assert colour(image, x, y) == BLUE_BGR[::-1]


@pytest.mark.parametrize("size_px", [(300, 30), (30, 300), (4000, 2)])
def test_a_picture_keeps_its_shape(qtbot: QtBot, size_px: tuple[int, int]) -> None:
    image = painted(qtbot, Frame(0, 0.0, coloured(*size_px)))
    assert colour(image, 200, 150) == BLUE_BGR[::-1]
    assert colour(image, 1, 1) != BLUE_BGR[::-1]


def test_a_box_lies_around_its_face(qtbot: QtBot) -> None:
    frame = Frame(0, 0.0, coloured(800, 600))
    image = painted(qtbot, frame, track(FaceBox(200, 100, 160, 200, 0.9)))
    for x, y in ((100, 100), (180, 100), (140, 50), (140, 150)):  # in the middle of each side
        assert min(colour(image, x, y)) > 150
    assert colour(image, 140, 100) == BLUE_BGR[::-1]


def test_moods_of_single_faces_are_shown_only_on_request(qtbot: QtBot) -> None:
    frame = Frame(0, 0.0, coloured(400, 300))
    face = track(FaceBox(100, 50, 80, 100, 0.9))
    plain = painted(qtbot, frame, face)
    with_moods = painted(qtbot, frame, face, moods=True)
    view = PictureView()
    qtbot.addWidget(view)
    positive = colours_for(view.palette()).moods[2]
    wanted = (positive.red(), positive.green(), positive.blue())
    assert colour(with_moods, 100, 100) == pytest.approx(wanted, abs=12)
    assert colour(plain, 100, 100) != pytest.approx(wanted, abs=12)


def test_an_unused_face_has_a_fainter_box(qtbot: QtBot) -> None:
    frame = Frame(0, 0.0, coloured(400, 300))
    box = FaceBox(100, 50, 80, 100, 0.9)
    used = painted(qtbot, frame, track(box))
    unused = painted(qtbot, frame, track(box, used=False), moods=True)
    brightness = [
        sum(sum(colour(image, 100, y)) for y in range(60, 140)) for image in (used, unused)
    ]
    assert brightness[1] < 0.8 * brightness[0]
