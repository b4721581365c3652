"""Tracks: stable ids, steady boxes, no flicker, at any rate of looks."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classroom_monitor.contracts import FaceBox, Sighting
from classroom_monitor.vision.tracker import FollowedFace, Tracker, TrackerSettings

RATES_HZ = [2.0, 5.0, 30.0]


def face(x: float, y: float = 100.0, side: float = 40.0) -> FaceBox:
    return FaceBox(x, y, side, side, 0.9)


def seen(*faces: FaceBox) -> Sighting:
    """Return a look that watched everything."""
    return Sighting(faces, ((-(10**12), -(10**12), 2 * 10**12, 2 * 10**12),))


def ids(faces: list[FollowedFace]) -> list[int]:
    return [one.track_id for one in faces]


def test_a_face_shows_from_its_second_look_on() -> None:
    tracker = Tracker()
    assert tracker.update(seen(face(10)), 0.0) == []
    (shown,) = tracker.update(seen(face(10)), 0.2)
    assert shown.found
    assert shown.box.x == pytest.approx(10)


def test_a_single_find_never_shows() -> None:
    tracker = Tracker()
    tracker.update(seen(face(10)), 0.0)
    assert all(tracker.update(seen(), 0.2 * look) == [] for look in range(1, 20))


@pytest.mark.parametrize("rate_hz", RATES_HZ)
def test_ids_are_kept_while_a_camera_pans(rate_hz: float) -> None:
    tracker = Tracker()
    known: list[list[int]] = []
    for look in range(int(20 * rate_hz)):
        at_s = look / rate_hz
        seats = [face(50 + 70 * seat + 40 * math.sin(0.3 * at_s)) for seat in range(8)]
        known.append(ids(tracker.update(seen(*seats), at_s)))
    assert known[1:] == [known[1]] * (len(known) - 1)
    assert len(known[1]) == 8


@pytest.mark.parametrize("rate_hz", RATES_HZ)
def test_a_short_gap_does_not_flicker_and_a_long_one_ends_the_track(rate_hz: float) -> None:
    tracker = Tracker()
    looks = math.ceil(6 * rate_hz)
    gap = {look for look in range(looks) if 2.0 < look / rate_hz <= 2.5}
    shown = [
        tracker.update(
            seen() if look in gap or look / rate_hz > 4 else seen(face(10)), look / rate_hz
        )
        for look in range(looks)
    ]
    until = int((4 + TrackerSettings().coast_s) * rate_hz)
    assert all(ids(faces) == [1] for faces in shown[1 : until + 1])
    assert not any(shown[until + 2 :])
    assert [faces[0].found for faces in shown[1 : int(4 * rate_hz)]] == [
        look not in gap for look in range(1, int(4 * rate_hz))
    ]


def test_a_face_that_comes_back_soon_goes_on_under_its_id() -> None:
    tracker = Tracker()
    shown = [
        ids(tracker.update(seen() if 5 <= look < 15 else seen(face(10)), look * 0.2))
        for look in range(20)
    ]
    assert shown[14] == []
    assert shown[15:] == [[1]] * 5


def test_a_face_that_comes_back_later_is_another_one() -> None:
    tracker = Tracker()
    shown = [
        ids(tracker.update(seen() if 5 <= look < 25 else seen(face(10)), look * 0.2))
        for look in range(30)
    ]
    assert shown[4] == [1]
    assert shown[-1] == [2]


def test_one_that_was_not_looked_for_goes_on_where_the_picture_moved_it() -> None:
    tracker = Tracker()
    for look in range(3):
        tracker.update(seen(face(100)), look * 0.2)
    for look in range(3, 20):
        (known,) = tracker.known
        moved = FaceBox(known.x + 3, known.y, known.w, known.h, known.score)
        (shown,) = tracker.update(Sighting((), (), (moved,)), look * 0.2)
        assert shown.found
    assert shown.box.x == pytest.approx(100 + 17 * 3)
    (missed,) = tracker.update(Sighting((), ((0, 0, 1000, 1000),), (shown.box,)), 4.0)
    assert not missed.found


def test_neighbours_that_move_towards_each_other_keep_their_ids() -> None:
    tracker = Tracker()
    for look in range(30):
        faces = tracker.update(seen(face(100 + look), face(190 - look)), look * 0.2)
        if look:
            assert ids(faces) == [1, 2]
            assert faces[0].box.x < faces[1].box.x


def test_a_seats_next_face_of_another_size_is_another_track() -> None:
    tracker = Tracker()
    for look in range(5):
        tracker.update(seen(face(100, side=30)), look * 0.2)
    for look in range(5, 15):
        faces = tracker.update(seen(face(90, side=80)), look * 0.2)
    assert ids(faces) == [2]


def test_boxes_are_steadier_than_what_is_found() -> None:
    rng = np.random.default_rng(1)
    tracker = Tracker()
    jitter = rng.normal(0, 2, 200)
    shown = [tracker.update(seen(face(100 + dx)), look / 10) for look, dx in enumerate(jitter)]
    steps = np.diff([faces[0].box.x for faces in shown[1:]])
    assert steps.std() < 0.8 * np.diff(jitter).std()


def test_two_tracks_never_stay_on_one_face() -> None:
    tracker = Tracker()
    for look in range(4):
        tracker.update(seen(face(100), face(160)), look * 0.2)
    for look in range(4, 8):
        faces = tracker.update(seen(face(100), face(160 - 12 * (look - 3))), look * 0.2)
    for look in range(8, 14):
        faces = tracker.update(seen(face(105)), look * 0.2)
    assert len(faces) == 1


def test_a_clock_that_jumps_back_starts_a_new_room() -> None:
    tracker = Tracker()
    for look in range(3):
        before = tracker.update(seen(face(10)), 100 + look * 0.2)
    assert tracker.update(seen(face(10)), 0.0) == []
    after = tracker.update(seen(face(10)), 0.2)
    assert ids(before) == [1]
    assert ids(after) == [2]


BOX = st.builds(
    FaceBox,
    x=st.floats(0, 600),
    y=st.floats(0, 400),
    w=st.floats(10, 150),
    h=st.floats(10, 150),
    score=st.floats(0.5, 1),
)
LOOKS = st.lists(st.tuples(st.lists(BOX, max_size=6), st.floats(0, 1.5)), min_size=1, max_size=12)


@settings(deadline=None)
@given(LOOKS)
def test_invariants(looks: list[tuple[list[FaceBox], float]]) -> None:
    tracker = Tracker()
    again = Tracker()
    at_s = 0.0
    known: set[int] = set()
    seen_at_s: dict[int, float] = {}
    recent: list[tuple[float, int]] = []
    for boxes, elapsed_s in looks:
        at_s += elapsed_s
        faces = tracker.update(seen(*boxes), at_s)
        assert faces == again.update(seen(*boxes), at_s)
        now = set(ids(faces))
        assert len(now) == len(faces)
        woken = now & seen_at_s.keys() - known
        longest_s = TrackerSettings().sleep_s + elapsed_s + 1e-5
        assert all(at_s - seen_at_s[one] <= longest_s for one in woken)
        seen_at_s |= dict.fromkeys(now, at_s)
        known = now
        recent.append((at_s, len(boxes)))
        coast_s = TrackerSettings().coast_s
        assert len(faces) <= sum(count for when, count in recent if at_s - when <= coast_s + 1e-9)
        assert sum(one.found for one in faces) <= len(boxes)
        for one in faces:
            assert np.isfinite([one.box.x, one.box.y]).all()
            assert one.box.w > 0
            assert one.box.h > 0
