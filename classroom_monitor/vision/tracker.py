"""Follows faces from frame to frame: stable ids, steady boxes, no flicker. Held in memory only.

All constants are in seconds or face sizes, so that 2 looks a second and 30 behave alike. Boxes are
joined nearest first, as in SORT (Bewley et al. 2016) but by distance in face sizes instead of
overlap, because a small face moves by its own width between two slow looks.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from classroom_monitor.contracts import FaceBox, Sighting
from classroom_monitor.vision.tiles import Float64Array, box_rows, overlaps

_ROUNDING_S = 1e-6  # of sums of the time between looks

WATCHED_PART = 0.75
"""So much of a box must lie in a watched area: a box may reach over the picture's edge."""


@dataclass(frozen=True, slots=True)
class TrackerSettings:
    """How faces are followed; lengths are in face sizes, times in seconds.

    A track shows from confirm_hits finds on. It stays for coast_s without one (tentative_s before
    it is confirmed) where it was looked for, for forget_s in any case. Off screen it sleeps
    until it was missed for sleep_s: found again, it goes on under its id. It joins a find at most
    max_distance away whose size differs by at most max_size_ratio. box_time_s is the time constant
    of the box's smoothing, moved_box_time_s the same where the picture's own motion moves it.

    Measured at 5 looks a second (share error on lecture_20, dim_moving_16): moved_box_time_s 0.15
    errs 0.031 and 0.042, 0.4 0.030 and 0.034, 0.8 0.029 and 0.031. With 0.8, coast_s 0.7 errs 0.028
    and 0.030 and leaves half as many boxes on empty seats as 1.0; 0.5 tears tracks apart.
    """

    confirm_hits: int = 2
    tentative_s: float = 0.6
    coast_s: float = 0.7
    forget_s: float = 10.0
    sleep_s: float = 3.0
    max_distance: float = 0.8
    max_size_ratio: float = 1.8
    box_time_s: float = 0.15
    moved_box_time_s: float = 0.8
    velocity_decay_s: float = 0.5
    duplicate_iou: float = 0.5


@dataclass(frozen=True, slots=True)
class FollowedFace:
    """A track on screen: its id, its smoothed box, and whether the face was there when last looked.

    found is also true of a face that this look didn't look for; its box then moved on.
    """

    track_id: int
    box: FaceBox
    found: bool


@dataclass(slots=True)
class _State:
    """What is known of one face; box is centre x, centre y, width, height in pixels."""

    track_id: int
    box: Float64Array
    score: float
    seen_at_s: float
    hits: int = 1
    found: bool = True
    is_missed: bool = False
    missed_s: float = 0.0
    velocity: Float64Array = field(default_factory=lambda: np.zeros(2))


class Tracker:
    """Gives the faces of consecutive looks stable ids. Not thread safe; deterministic."""

    def __init__(self, settings: TrackerSettings | None = None) -> None:
        """Start with an empty room."""
        self._settings = settings or TrackerSettings()
        self._states: list[_State] = []
        self._next_id = 1
        self._at_s = -math.inf

    @property
    def known(self) -> list[FaceBox]:
        """Where the followed faces last were, those not yet shown included."""
        return [_to_box(state) for state in self._awake()]

    def update(self, sighting: Sighting, at_s: float) -> list[FollowedFace]:
        """Take a look at at_s and return the tracks on screen, oldest first.

        A track that lies whole in a watched part of the picture and was not found is missed; one
        that wasn't watched goes on.

        Times rise from look to look; when they jump back (another recording, a source that
        started again) every track is forgotten. An id never stands for two faces.
        """
        if at_s < self._at_s:
            self._states.clear()
        elapsed_s = at_s - self._at_s if self._states else 0.0
        self._at_s = at_s
        is_moved = bool(sighting.moved) and len(sighting.moved) == len(self._awake())
        if is_moved:
            self._move(sighting.moved)
        else:
            self._predict(elapsed_s)
        settings = self._settings
        box_time_s = settings.moved_box_time_s if is_moved else settings.box_time_s
        boxes = sighting.faces
        pairs = self._join(boxes)
        for state_index, box_index in pairs:
            self._correct(self._states[state_index], boxes[box_index], elapsed_s, box_time_s)
        joined = {box_index for _, box_index in pairs}
        for index, box in enumerate(boxes):
            if index not in joined:
                self._states.append(self._start(box))
        self._count_misses(sighting, elapsed_s)
        self._forget()
        return [self._show(state) for state in self._awake() if self._is_confirmed(state)]

    def _awake(self) -> list[_State]:
        return [state for state in self._states if self._is_awake(state)]

    def _is_awake(self, state: _State) -> bool:
        return state.missed_s <= self._settings.coast_s + _ROUNDING_S

    def _move(self, boxes: Sequence[FaceBox]) -> None:
        for state in self._states:
            state.found = False
        for state, row in zip(self._awake(), _centred(boxes), strict=True):
            state.box[:2] = row[:2]

    def _predict(self, elapsed_s: float) -> None:
        decay = math.exp(-elapsed_s / self._settings.velocity_decay_s)
        for state in self._states:
            state.found = False
            state.box[:2] += state.velocity * elapsed_s
            state.velocity *= decay

    def _join(self, boxes: Sequence[FaceBox]) -> list[tuple[int, int]]:
        """Pair tracks with boxes, nearest first, each at most once."""
        if not self._states or not boxes:
            return []
        cost = self._costs(_centred(boxes))
        order = np.argsort(cost, axis=None, kind="stable")
        pairs: list[tuple[int, int]] = []
        states_free = np.ones(cost.shape[0], bool)
        boxes_free = np.ones(cost.shape[1], bool)
        for state, box in zip(*np.unravel_index(order, cost.shape), strict=True):
            if not np.isfinite(cost[state, box]):
                break
            if states_free[state] and boxes_free[box]:
                states_free[state] = boxes_free[box] = False
                pairs.append((int(state), int(box)))
        return pairs

    def _costs(self, found: Float64Array) -> Float64Array:
        """Return (tracks, boxes): distance in face sizes plus size difference, inf if too far."""
        known = np.array([state.box for state in self._states])
        known_side = np.sqrt(known[:, 2] * known[:, 3])[:, None]
        found_side = np.sqrt(found[:, 2] * found[:, 3])[None, :]
        apart = np.linalg.norm(known[:, None, :2] - found[None, :, :2], axis=2)
        distance = apart / np.sqrt(known_side * found_side)
        size_change = np.abs(np.log(found_side / known_side))
        too_far = distance > self._settings.max_distance
        too_different = size_change > math.log(self._settings.max_size_ratio)
        return np.where(too_far | too_different, np.inf, distance + 0.5 * size_change)

    def _correct(self, state: _State, box: FaceBox, elapsed_s: float, box_time_s: float) -> None:
        """Move a predicted track to what was found: an alpha-beta filter, critically damped."""
        gain = 1 - math.exp(-(self._at_s - state.seen_at_s) / box_time_s)
        surprise = _centred([box])[0] - state.box
        state.box += gain * surprise
        if elapsed_s > 0:
            state.velocity += gain**2 / (2 - gain) * surprise[:2] / elapsed_s
        state.score = box.score
        state.seen_at_s = self._at_s
        state.is_missed, state.missed_s = False, 0.0
        state.hits += 1
        state.found = True

    def _start(self, box: FaceBox) -> _State:
        state = _State(self._next_id, _centred([box])[0], box.score, self._at_s)
        self._next_id += 1
        return state

    def _count_misses(self, sighting: Sighting, elapsed_s: float) -> None:
        watched = np.array(sighting.watched, np.float64).reshape(-1, 4)
        for state in self._states:
            if not state.found and (state.is_missed or _lies_in(state.box, watched)):
                state.is_missed = True
                state.missed_s += elapsed_s

    def _forget(self) -> None:
        """Drop tracks missed for too long, and the lesser of two that became one face."""
        kept = [state for state in self._states if self._is_remembered(state)]
        kept.sort(key=lambda state: (not self._is_confirmed(state), -state.seen_at_s))
        boxes = box_rows([_to_box(state) for state in kept])
        iou, _ = overlaps(boxes, boxes)
        is_double = np.triu(iou > self._settings.duplicate_iou, k=1).any(axis=0)
        single = [kept[index] for index in np.flatnonzero(~is_double)]
        self._states = sorted(single, key=lambda state: state.track_id)

    def _is_remembered(self, state: _State) -> bool:
        settings = self._settings
        limit_s = settings.sleep_s if self._is_confirmed(state) else settings.tentative_s
        unseen_s = self._at_s - state.seen_at_s
        return state.missed_s <= limit_s + _ROUNDING_S and unseen_s <= settings.forget_s

    def _is_confirmed(self, state: _State) -> bool:
        return state.hits >= self._settings.confirm_hits

    def _show(self, state: _State) -> FollowedFace:
        return FollowedFace(state.track_id, _to_box(state), not state.is_missed)


def _centred(boxes: Sequence[FaceBox]) -> Float64Array:
    rows = box_rows(boxes)
    rows[:, :2] += rows[:, 2:] / 2
    return rows


def _lies_in(box: Float64Array, areas: Float64Array) -> bool:
    """Whether most of a centred box lies in one of the areas, (n, 4) left, top, width, height."""
    low = np.maximum(box[:2] - box[2:] / 2, areas[:, :2])
    high = np.minimum(box[:2] + box[2:] / 2, areas[:, :2] + areas[:, 2:])
    shared = np.clip(high - low, 0, None).prod(axis=1)
    return bool((shared >= WATCHED_PART * box[2:].prod()).any())


def _to_box(state: _State) -> FaceBox:
    x, y, w, h = (float(value) for value in state.box)
    return FaceBox(x - w / 2, y - h / 2, w, h, state.score)
