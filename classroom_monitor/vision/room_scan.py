"""MediaPipe's face finder for the frames of one camera or recording, in their order.

Most of a lecture stays where it is. Faces that are followed move with the picture (motion.py) and
are looked at again, magnified, every few frames, four in one look (magnifier.py); so are the seats
of those who just left. What is left of a frame's budget searches for new faces, tile by tile
(scan.py). What a tile shows is no face before a magnified look has shown it, too.
"""

from __future__ import annotations

from collections.abc import Sequence

from classroom_monitor.contracts import FaceBox, Mode, SequenceFinder, Sighting, UInt8Array
from classroom_monitor.vision.crew import Crew, crew_size
from classroom_monitor.vision.faces import MIN_FACE_PX, MediaPipeFinder, open_finder
from classroom_monitor.vision.magnifier import Group, Shown, affordable, grouped
from classroom_monitor.vision.mosaic import Cell
from classroom_monitor.vision.motion import Motion, MotionWatcher
from classroom_monitor.vision.places import Kind, Places
from classroom_monitor.vision.pyramid import Pyramid
from classroom_monitor.vision.room_worker import RoomWorker
from classroom_monitor.vision.scan import Glance, TileSearch
from classroom_monitor.vision.tiles import merge_boxes

BASE_MS = 4.5
"""What a look costs before any model runs: the smaller pictures, the flow, and the planning."""

AT_ONCE = 1.3
"""How much of the models' cost fits into a millisecond, since two threads share it: on two cores a
look at lecture_20 took 14.6 ms with two instead of 21.4 with one. From 1.3 on that clip's share
error is 0.028 to 0.030, with 1.0 it is 0.032. Counted so wherever it runs, so that results don't
depend on the machine."""

PLACES_PART = 0.65
"""At most this part of a look's budget goes to known places; the rest searches."""

START_TIMES = 10.0
"""The first looks, until all has been searched once, may cost so many times the budget."""

REPAY_PART = 0.7
"""What the first looks took is saved afterwards: looks then cost this part of the budget."""


def open_room_scan(mode: Mode) -> SequenceFinder:
    """Open a mode's finder for sequences. Raises BundleProblem."""
    return NearScan(open_finder("near")) if mode == "near" else RoomScan()


class NearScan:
    """Implements contracts.SequenceFinder: the whole of every frame, for a few large faces."""

    def __init__(self, finder: MediaPipeFinder) -> None:
        """Take over the finder: close frees it."""
        self._finder = finder

    @property
    def name(self) -> str:
        """The finder and its mode."""
        return self._finder.name

    def look(
        self, image_bgr: UInt8Array, known: Sequence[FaceBox], budget_ms: float = 20.0
    ) -> Sighting:
        """Return the faces of the next frame; all of it is watched."""
        height, width = image_bgr.shape[:2]
        return Sighting(tuple(self._finder.find(image_bgr)), ((0, 0, width, height),))

    def close(self) -> None:
        """Free the models; harmless when it was done before."""
        self._finder.close()


class RoomScan:
    """Implements contracts.SequenceFinder: a whole room's faces within a budget a frame."""

    name = "MediaPipe room"

    def __init__(self, threads: int | None = None) -> None:
        """Load the face models for each of so many threads, as many as this machine is worth.

        Their number changes no result. Raises BundleProblem where a model can't be loaded.
        """
        self._crew = Crew([RoomWorker] * (threads or crew_size()))
        self._motion = MotionWatcher()
        self._places = Places()
        self._search = TileSearch(1, 1)
        self._planned_for = (0, 0)
        self._owed_ms = 0.0

    def look(
        self, image_bgr: UInt8Array, known: Sequence[FaceBox], budget_ms: float = 20.0
    ) -> Sighting:
        """Look at what is due in the next frame; see SequenceFinder.look."""
        height, width = image_bgr.shape[:2]
        if min(height, width) < MIN_FACE_PX:
            return Sighting((), ())
        self._prepare(width, height)
        picture = Pyramid(image_bgr)
        motion = self._motion.step(picture, known)
        self._places.advance(known, motion)
        allowed_ms = (self._allowed_ms(budget_ms) - BASE_MS) * AT_ONCE
        known_ones = self._due_groups(allowed_ms * PLACES_PART)
        tiles = self._due_tiles(motion, allowed_ms - _cost_ms(known_ones))
        shown = self._do(picture, [*known_ones, *tiles])
        left_ms = allowed_ms - _cost_ms(known_ones) - _cost_ms(tiles)
        new_ones = self._due_groups(left_ms)
        shown += self._do(picture, new_ones)
        spent_ms = BASE_MS + (allowed_ms - left_ms + _cost_ms(new_ones)) / AT_ONCE
        self._owed_ms = max(0.0, self._owed_ms + spent_ms - budget_ms)
        faces = merge_boxes([one.face for one in shown if one.face])
        watched = (_inside(one.area, width, height) for one in shown)
        areas = [area for area in watched if area[2] > 0 and area[3] > 0]
        return Sighting(tuple(box for box, _ in faces), tuple(areas), motion.places)

    def close(self) -> None:
        """Free the models; harmless when it was done before."""
        self._crew.close()

    def _prepare(self, width: int, height: int) -> None:
        if self._planned_for != (width, height):
            self._planned_for = (width, height)
            self._search = TileSearch(width, height)
            self._places = Places()

    def _allowed_ms(self, budget_ms: float) -> float:
        if not self._search.begun:
            return START_TIMES * budget_ms
        return budget_ms * (REPAY_PART if self._owed_ms > 0 else 1.0)

    def _due_groups(self, budget_ms: float) -> list[Group]:
        """Return the magnified looks that are due at places and fit into the budget."""
        return grouped(affordable(self._places.due(), budget_ms))

    def _due_tiles(self, motion: Motion, budget_ms: float) -> list[Glance]:
        """Return the tiles to search next for new faces."""
        self._search.note_changes(motion.changed_parts(self._search.areas))
        seats = [one.box for one in self._places.all if one.kind in (Kind.KNOWN, Kind.SEAT)]
        self._search.weigh([max(box.w, box.h) for box in seats])
        return [self._search.glances[index] for index in self._search.choose(budget_ms)]

    def _do(self, picture: Pyramid, passes: Sequence[Group | Glance]) -> list[Shown]:
        """Do passes, report what they show to the places, and return what magnified looks did."""
        longest_first = sorted(passes, key=lambda one: -one.cost)
        found = self._crew.share(lambda worker, one: worker.look(picture, one), longest_first)
        shown = [one for each in found for one in each.shown]
        for one in shown:
            self._places.report(one.place, one.face)
        candidates = merge_boxes([box for each in found for box in each.candidates])
        self._places.add_candidates([box for box, _ in candidates])
        return shown


def _cost_ms(passes: Sequence[Group | Glance]) -> float:
    return sum(one.cost for one in passes)


def _inside(cell: Cell, width: int, height: int) -> tuple[int, int, int, int]:
    """Return the part of a cell that lies in the picture: left, top, width, height."""
    left, top = max(cell.x, 0), max(cell.y, 0)
    right, bottom = min(cell.x + cell.side, width), min(cell.y + cell.side, height)
    return left, top, right - left, bottom - top
