"""What the room check advises, for rooms whose figures are known."""

from __future__ import annotations

from dataclasses import replace

import pytest

from classroom_monitor.contracts import Resolution, RoomPart, RoomReport
from classroom_monitor.gui.palette import Tone
from classroom_monitor.gui.room_advice import advise
from classroom_monitor.gui.room_remedies import CheckedWith

CAMERA = CheckedWith(
    is_camera=True, resolution="1280x720", finder="mediapipe", mode="room", group_minimum=2
)
RECORDING = replace(CAMERA, is_camera=False)


def part(place: int, size_px: float = 60.0, *, seen: int = 2, light: float = 0.4) -> RoomPart:
    """Return a part in which everybody is sharp, and large from 24 px on."""
    small = seen if size_px < 24 else 0
    return RoomPart(
        row=place // 3,
        column=place % 3,
        area=(0.0, 0.0, 100.0, 100.0),
        seen=seen,
        usable=seen - small,
        too_small=small,
        too_blurred=0,
        size_px=size_px if seen else None,
        least_px=size_px if seen else None,
        light=light if seen else None,
        sharpness=0.5 if seen else None,
        picture_light=light,
    )


def room(*parts: RoomPart, width_px: int = 1280) -> RoomReport:
    """Return the report on these parts; the others are empty."""
    by_place = {3 * each.row + each.column: each for each in parts}
    nine = tuple(by_place.get(place, part(place, seen=0)) for place in range(9))
    return RoomReport(
        width_px=width_px,
        height_px=width_px * 9 // 16,
        parts=nine,
        seen=sum(each.seen for each in nine),
        usable=sum(each.usable for each in nine),
        min_face_px=24.0,
        min_sharpness=0.06,
        min_light=0.13,
        max_light=0.75,
    )


def texts(report: RoomReport, checked: CheckedWith = CAMERA) -> list[str]:
    return [line.text for line in advise(report, checked)]


GOOD = (part(0), part(4), part(8))


def test_a_good_room_is_called_good() -> None:
    assert texts(room(*GOOD)) == ["All 6 faces that are seen are large, sharp and light enough."]
    assert advise(room(*GOOD), CAMERA)[0].tone is Tone.GOOD


def test_an_empty_room_is_no_bad_room() -> None:
    (line,) = advise(room(), CAMERA)
    assert line.text.startswith("No face is found yet.")
    assert line.tone is Tone.INFO


def test_small_faces_in_the_back_get_a_resolution_that_is_enough() -> None:
    report = room(part(0, 18), part(2, 20), part(7))
    assert texts(report)[0] == (
        "Back rows: faces from 18 px, counted as seen only (24 px are needed). Choose 1920x1080 if"
        " the camera has it (about 27 px), or move it closer."
    )


def test_the_least_resolution_that_is_enough_is_named() -> None:
    report = room(part(0, 10), *GOOD[1:])
    assert "Choose 3840x2160 if the camera has it (about 30 px)" in texts(report)[0]


@pytest.mark.parametrize(
    ("checked", "width_px", "choose"),
    [
        (CAMERA, 1280, "1920x1080"),
        (RECORDING, 1280, ""),
        (replace(CAMERA, resolution="1920x1080"), 1280, ""),  # asked for more than it gives
        (replace(CAMERA, resolution="auto"), 1280, ""),
        (replace(CAMERA, resolution="auto"), 1920, "3840x2160"),
        (replace(CAMERA, resolution="640x480"), 640, "1280x720"),
        (replace(CAMERA, resolution="3840x2160"), 3840, ""),
    ],
)
def test_only_what_a_camera_may_have_is_advised(
    checked: CheckedWith, width_px: int, choose: str
) -> None:
    line = texts(room(part(0, 18), *GOOD[1:], width_px=width_px), checked)[0]
    offered: list[Resolution] = ["1280x720", "1920x1080", "3840x2160"]
    assert [each for each in offered if f"Choose {each}" in line] == ([choose] if choose else [])
    assert ("to 75% of the distance" in line) == (not choose)


def test_the_distance_is_enough() -> None:
    report = room(part(0, 13), part(4))
    (line,) = [line for line in texts(report, RECORDING) if "distance" in line]
    assert "to 50% of the distance" in line
    assert report.min_face_px <= 13 / 0.5


def test_single_small_faces_are_counted() -> None:
    some = replace(part(0, 30, seen=6), too_small=2, usable=4, least_px=20.0)
    line = texts(room(some, part(1, 40), part(4)))[0]
    assert line.startswith(
        "Back left: 2 of 6 faces, from 20 px, are counted as seen only, because 24 px are needed."
    )


def test_blur_is_said_where_it_is() -> None:
    blurred = replace(part(8, seen=3), too_blurred=2, usable=1)
    line = texts(room(*GOOD[:2], blurred))[0]
    assert line.startswith("Front rows: 2 of 3 faces are blurred and counted as seen only.")


def test_too_little_and_too_much_light_are_said() -> None:
    dark = texts(room(part(0, light=0.06), part(1, light=0.08), part(4), part(5)))
    assert dark[0].startswith("Back rows: faces are dark (6% of white; under 13%")
    bright = texts(room(part(0), part(3), part(4, light=0.9)))
    assert bright[0].startswith("Middle centre: faces are too bright (90% of white; over 75%")
    everywhere = texts(room(part(0, light=0.05), part(4, light=0.05)), RECORDING)
    assert any(line.startswith("The whole room: faces are dark") for line in everywhere)


def test_a_group_too_small_for_a_mix_is_said_unless_there_is_none_anyway() -> None:
    report = room(part(4, seen=3))
    of_five = replace(CAMERA, group_minimum=5)
    assert (
        texts(report, of_five)[0]
        == "3 usable faces: a mix is shown from 5 on, with fewer only counts."
    )
    assert not any("mix" in line for line in texts(report, replace(CAMERA, group_minimum=None)))


@pytest.mark.parametrize(
    ("checked", "size_px", "said"),
    [
        (CAMERA, 28, "Under 32 px more of them are missed. YuNet finds more"),
        (CAMERA, 33, ""),
        (replace(CAMERA, mode="near"), 50, "Under 64 px more of them are missed. Room mode"),
        (replace(CAMERA, finder="yunet"), 28, ""),
        (replace(CAMERA, finder="yunet"), 19, "Under 20 px more of them are missed. A camera"),
        (replace(CAMERA, finder="yunet", mode="near"), 28, "Under 32 px more"),
    ],
)
def test_sizes_at_which_faces_are_missed_go_by_the_finder(
    checked: CheckedWith, size_px: float, said: str
) -> None:
    usable = replace(part(0, size_px), usable=2, too_small=0)
    lines = advise(room(usable, part(4, 80), part(8, 80)), checked)
    told = [line.text for line in lines if line.tone is Tone.INFO]
    assert len(told) == (1 if said else 0)
    assert all(said in line for line in told)
    assert lines[0].tone is Tone.GOOD


def test_what_keeps_faces_from_being_used_comes_first() -> None:
    report = room(part(0, 18), part(4, 28), part(8))
    tones = [line.tone for line in advise(report, CAMERA)]
    assert tones == sorted(tones, key=[Tone.WARNING, Tone.INFO].index)
    assert len(tones) == 2


def test_a_resolution_that_the_camera_refuses_is_said() -> None:
    asked = replace(CAMERA, resolution="1920x1080")
    assert texts(room(*GOOD), asked)[-1] == "The camera gives 1280x720, not 1920x1080."
    for other in (CAMERA, replace(asked, is_camera=False), replace(CAMERA, resolution="auto")):
        assert len(texts(room(*GOOD), other)) == 1
