"""What every face finder promises, tested alike on MediaPipe's and on YuNet."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import get_args

import numpy as np
import pytest

from classroom_monitor.contracts import (
    FaceBox,
    FaceFinder,
    FinderName,
    Mode,
    SequenceFinder,
    UInt8Array,
)
from classroom_monitor.vision.demo import DemoCamera
from classroom_monitor.vision.face_library import FaceModelLibrary
from classroom_monitor.vision.finder_choice import open_picture_finder, open_sequence_finder

SHAPES = [(1, 1), (1, 900), (5, 5), (13, 700), (700, 13), (90, 120), (33, 4000)]
GETTING_TO_KNOW_LOOKS = 30
"""A second of frames, in which a scan that is spread over frames gets to know the room."""

MODES: list[Mode] = ["near", "room"]


@pytest.fixture(scope="module", params=get_args(FinderName))
def finder_name(request: pytest.FixtureRequest) -> FinderName:
    name: FinderName = request.param
    return name


@pytest.fixture(scope="module")
def library(
    finder_name: FinderName,
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
) -> FaceModelLibrary:
    """A library with the YuNet file of the development data, if the finder needs one."""
    made = FaceModelLibrary(tmp_path_factory.mktemp("face_models"))
    if finder_name == "yunet":
        shared_dir: Path = request.getfixturevalue("shared_dir")
        made.add(shared_dir / "data" / "face_detection_yunet.onnx")
    return made


@pytest.fixture(scope="module", params=MODES)
def finder(
    request: pytest.FixtureRequest, finder_name: FinderName, library: FaceModelLibrary
) -> Iterator[FaceFinder]:
    with closing(open_picture_finder(request.param, finder_name, library)) as opened:
        yield opened


@pytest.fixture(params=MODES)
def sequence(
    request: pytest.FixtureRequest, finder_name: FinderName, library: FaceModelLibrary
) -> Iterator[SequenceFinder]:
    with closing(open_sequence_finder(request.param, finder_name, library)) as opened:
        yield opened


@pytest.fixture(scope="module")
def lecture() -> list[UInt8Array]:
    """The first frames of the built-in lecture, where every student shows."""
    camera = DemoCamera(duration_s=2.0)
    camera.open()
    with closing(camera):
        return [camera.read().image_bgr for _ in range(10)]


class TestFaceFinder:
    def test_says_who_it_is(self, finder: FaceFinder, finder_name: FinderName) -> None:
        named, mode = finder.name.split()
        assert named.lower() == finder_name
        assert mode in get_args(Mode)

    @pytest.mark.parametrize("shape", SHAPES)
    def test_empty_pictures_of_any_size_hold_no_face(
        self, finder: FaceFinder, shape: tuple[int, int]
    ) -> None:
        assert finder.find(np.full((*shape, 3), 128, np.uint8)) == []

    def test_noise_is_no_face(self, finder: FaceFinder) -> None:
        noise = np.random.default_rng(0).integers(0, 256, (480, 640, 3), np.uint8)
        assert finder.find(noise) == []

    def test_finds_lie_inside_best_first_and_the_picture_stays_as_it_was(
        self, finder: FaceFinder, lecture: list[UInt8Array]
    ) -> None:
        cut_through_faces = np.ascontiguousarray(lecture[0][150:, 150:])
        before = cut_through_faces.copy()
        faces = finder.find(cut_through_faces)
        assert faces
        require_inside(faces, cut_through_faces)
        assert [face.score for face in faces] == sorted(face.score for face in faces)[::-1]
        np.testing.assert_array_equal(cut_through_faces, before)

    def test_the_same_picture_gives_the_same_faces(
        self, finder: FaceFinder, lecture: list[UInt8Array]
    ) -> None:
        assert finder.find(lecture[0]) == finder.find(lecture[0])

    def test_a_large_photograph_is_searched_too(
        self, finder: FaceFinder, lecture: list[UInt8Array]
    ) -> None:
        large = np.asarray(lecture[0].repeat(3, axis=0).repeat(3, axis=1), np.uint8)
        faces = finder.find(large)
        assert faces
        require_inside(faces, large)

    def test_it_may_be_closed_twice(
        self, finder_name: FinderName, library: FaceModelLibrary
    ) -> None:
        opened = open_picture_finder("near", finder_name, library)
        opened.close()
        opened.close()


class TestSequenceFinder:
    @pytest.mark.parametrize("shape", SHAPES)
    def test_empty_frames_of_any_size_hold_no_face(
        self, sequence: SequenceFinder, shape: tuple[int, int]
    ) -> None:
        for _ in range(2):
            assert sequence.look(np.full((*shape, 3), 128, np.uint8), ()).faces == ()

    def test_what_it_finds_and_watches_lies_inside(
        self, sequence: SequenceFinder, lecture: list[UInt8Array]
    ) -> None:
        known: tuple[FaceBox, ...] = ()
        for frame in lecture * 3:
            before = frame.copy()
            sighting = sequence.look(frame, known)
            known = sighting.faces or known
            require_inside(sighting.faces, frame)
            height, width = frame.shape[:2]
            for x, y, across, down in sighting.watched:
                assert 0 <= x < x + across <= width + 1
                assert 0 <= y < y + down <= height + 1
            np.testing.assert_array_equal(frame, before)
        assert known

    def test_it_is_deterministic(
        self,
        finder_name: FinderName,
        library: FaceModelLibrary,
        lecture: list[UInt8Array],
    ) -> None:
        runs = []
        for _ in range(2):
            with closing(open_sequence_finder("room", finder_name, library)) as opened:
                first = opened.look(lecture[0], ())
                rest = [opened.look(frame, first.faces) for frame in lecture[1:]]
            runs.append([first, *rest])
        assert runs[0] == runs[1]

    def test_known_faces_are_seen_again_soon(
        self, sequence: SequenceFinder, lecture: list[UInt8Array]
    ) -> None:
        known: tuple[FaceBox, ...] = ()
        for _ in range(GETTING_TO_KNOW_LOOKS):
            known = together(known, sequence.look(lecture[0], known).faces)
        assert known
        again: tuple[FaceBox, ...] = ()
        for _ in range(10):
            again = together(again, sequence.look(lecture[0], known).faces)
        assert len(again) >= 0.9 * len(known)

    def test_frames_may_change_their_size(
        self, sequence: SequenceFinder, lecture: list[UInt8Array]
    ) -> None:
        small = np.ascontiguousarray(lecture[0][::2, ::2])
        for frame in (lecture[0], small, lecture[0]):
            require_inside(sequence.look(frame, ()).faces, frame)


def together(known: tuple[FaceBox, ...], found: tuple[FaceBox, ...]) -> tuple[FaceBox, ...]:
    """Return the known faces and those found that are none of them."""
    new = [face for face in found if not any(is_near(face, one) for one in known)]
    return (*known, *new)


def require_inside(faces: tuple[FaceBox, ...] | list[FaceBox], picture: UInt8Array) -> None:
    height, width = picture.shape[:2]
    for face in faces:
        assert 0 <= face.x < face.x + face.w <= width + 1e-6
        assert 0 <= face.y < face.y + face.h <= height + 1e-6
        assert 0 <= face.score <= 1


def is_near(one: FaceBox, other: FaceBox) -> bool:
    apart = max(abs(one.x - other.x), abs(one.y - other.y))
    return apart < 0.5 * max(one.w, other.w)
