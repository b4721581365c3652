"""One look at the room: quality, smoothing, and what a Look says."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import pytest

from classroom_monitor.contracts import CropBatch, FaceBox, Frame, Scores, UInt8Array
from classroom_monitor.vision.crops import CropSpec
from classroom_monitor.vision.follower import Effort, FaceFollower
from classroom_monitor.vision.quality import QualityRule, sharpness
from classroom_monitor.vision.room import MoodScorer, Scoring
from classroom_monitor.vision.smoothing import ProbabilitySmoother
from tests.fakes.classifier import FakeClassifier
from tests.fakes.finder import FakeFinder
from tests.vision.analyser import RoomAnalyser

CROP = CropSpec(size_px=24, channels=1, scale=1.0, shift_up=0.0)
DARK, BRIGHT = FaceBox(20, 20, 40, 40, 0.9), FaceBox(120, 20, 40, 40, 0.8)
TINY = FaceBox(200, 20, 10, 10, 0.7)


def picture() -> UInt8Array:
    """Return a textured room with a dark face, a bright one and a tiny one."""
    rng = np.random.default_rng(2)
    image = rng.integers(100, 156, (120, 240, 3)).astype(np.uint8)
    image[20:60, 20:60] = rng.integers(0, 60, (40, 40, 3))
    image[20:60, 120:160] = rng.integers(200, 256, (40, 40, 3))
    return image


def room(finder: FakeFinder, scoring: Scoring | None) -> RoomAnalyser:
    return RoomAnalyser(FaceFollower(finder, crop=CROP), MoodScorer(scoring))


def frames(looks: int) -> list[Frame]:
    return [Frame(index, index * 0.2, picture()) for index in range(looks)]


def look_often(analyser: RoomAnalyser, looks: int = 5) -> list[Frame]:
    taken = frames(looks)
    for frame in taken[:-1]:
        analyser.analyse(frame)
    return taken


def test_a_look_counts_and_scores_the_faces() -> None:
    classifier = FakeClassifier()
    analyser = room(FakeFinder([DARK, BRIGHT, TINY]), Scoring(classifier, 0.5))
    analysis = analyser.analyse(look_often(analyser)[-1])
    look = analysis.look
    assert (look.at_s, look.seen, look.used) == (0.8, 3, 2)
    assert look.used_probabilities is not None
    np.testing.assert_allclose(look.used_probabilities, [[0.8, 0.1, 0.1], [0.1, 0.1, 0.8]])
    assert [(track.quality, track.used) for track in analysis.tracks] == [
        (True, True),
        (True, True),
        (False, False),
    ]
    assert analysis.tracks[2].probabilities is None
    assert classifier.batch_sizes == [2, 2, 2, 2]


def test_less_effort_scores_less_often_and_one_way_only() -> None:
    finder = FakeFinder([DARK])
    follower = FaceFollower(finder, crop=CROP)
    follower.effort = Effort(scan_ms=7.0, score_interval_s=0.5, both_ways=False)
    followed = [follower.follow(frame) for frame in frames(11)]
    scored_at_s = [one.at_s for one in followed if one.scored_ids]
    assert scored_at_s == pytest.approx([0.2, 0.8, 1.4, 2.0])
    assert not any(one.both_ways for one in followed)
    assert set(finder.budgets_ms) == {7.0}
    follower.effort = Effort()
    assert follower.follow(Frame(11, 2.2, picture())).both_ways
    assert finder.budgets_ms[-1] == Effort().scan_ms


def test_uncertain_faces_are_seen_but_not_used() -> None:
    scoring = Scoring(FakeClassifier(), min_certainty=0.85)
    analyser = room(FakeFinder([DARK]), scoring)
    analysis = analyser.analyse(look_often(analyser)[-1])
    assert (analysis.look.seen, analysis.look.used) == (1, 0)
    assert analysis.look.used_probabilities is not None
    assert analysis.look.used_probabilities.shape == (0, 3)
    assert analysis.tracks[0].quality


def test_counts_only_has_no_probabilities() -> None:
    analyser = room(FakeFinder([DARK, TINY]), None)
    analysis = analyser.analyse(look_often(analyser)[-1])
    assert (analysis.look.seen, analysis.look.used) == (2, 1)
    assert analysis.look.used_probabilities is None
    assert all(track.probabilities is None for track in analysis.tracks)


def test_a_missed_face_stays_with_its_last_score() -> None:
    classifier = FakeClassifier()
    finder = FakeFinder([DARK], [DARK], [DARK], [])
    analyser = room(finder, Scoring(classifier, 0.5))
    analysis = analyser.analyse(look_often(analyser)[-1])
    assert (analysis.look.seen, analysis.look.used) == (1, 1)
    assert classifier.batch_sizes == [1, 1]


def test_an_empty_room_and_a_picture_of_one_pixel() -> None:
    analyser = room(FakeFinder(), Scoring(FakeClassifier(), 0.5))
    look = analyser.analyse(Frame(0, 0.0, np.zeros((1, 1, 3), np.uint8))).look
    assert (look.seen, look.used) == (0, 0)
    assert look.used_probabilities is not None
    assert look.used_probabilities.shape == (0, 3)


def test_close_frees_finder_and_classifier() -> None:
    finder, classifier = FakeFinder(), FakeClassifier()
    room(finder, Scoring(classifier, 0.5)).close()
    assert finder.closed
    assert classifier.closed


@dataclass
class SwitchingClassifier:
    """Says negative for the first looks, positive afterwards."""

    negative_looks: int
    engine = "switching"
    notice = ""
    looks = 0

    def score(self, crops: CropBatch, both_ways: bool = True) -> Scores:
        self.looks += 1
        row = [1.0, 0, 0] if self.looks <= self.negative_looks else [0, 0, 1.0]
        return Scores(np.array([row] * len(crops.images), np.float32))

    def close(self) -> None:
        pass


def test_a_change_arrives_smoothly() -> None:
    scoring = Scoring(SwitchingClassifier(negative_looks=10), 0.0)
    analyser = room(FakeFinder([DARK]), scoring)
    positive = []
    for index in range(30):
        look = analyser.analyse(Frame(index, index * 0.2, picture())).look
        if look.used_probabilities is not None and look.used:
            positive.append(float(look.used_probabilities[0, 2]))
    assert positive[:10] == [0.0] * 10
    assert 0.05 < positive[10] < 0.8
    assert positive[10:] == sorted(positive[10:])
    assert positive[-1] > 0.95


@pytest.mark.parametrize("rate_hz", [2.0, 5.0, 30.0])
def test_smoothing_is_in_seconds(rate_hz: float) -> None:
    smoother = ProbabilitySmoother(time_s=0.5)
    smoother.update(1, np.array([1, 0, 0], np.float32), 0.0)
    for look in range(1, int(rate_hz) + 1):
        smoother.update(1, np.array([0, 0, 1], np.float32), look / rate_hz)
    smoothed = smoother.get(1)
    assert smoothed is not None
    np.testing.assert_allclose(smoothed, [np.exp(-2), 0, 1 - np.exp(-2)], atol=1e-4)


def test_a_forgotten_track_starts_afresh() -> None:
    smoother = ProbabilitySmoother()
    smoother.update(1, np.array([1, 0, 0], np.float32), 0.0)
    smoother.keep_only([2])
    assert smoother.get(1) is None


def textured(sigma: float, gain: float) -> UInt8Array:
    rng = np.random.default_rng(4)
    smooth = cv2.GaussianBlur(rng.normal(0, 1, (64, 64)), (0, 0), 2.0)
    shades = 128 + 40 * gain * smooth / smooth.std()
    blurred = cv2.GaussianBlur(np.clip(shades, 0, 255), (0, 0), sigma) if sigma else shades
    return np.repeat(np.clip(blurred, 0, 255).astype(np.uint8)[..., None], 3, axis=2)


def test_sharpness_falls_with_blur_but_not_with_the_light() -> None:
    box = [FaceBox(0, 0, 64, 64, 1)]
    values = [sharpness(textured(sigma, 1.0), box)[0] for sigma in (0.0, 2.0, 4.0, 8.0)]
    assert values == sorted(values, reverse=True)
    assert values[0] > 4 * values[-1]
    dim = sharpness(textured(0.0, 0.3), box)[0]
    assert dim == pytest.approx(values[0], rel=0.1)


def test_a_flat_patch_has_no_sharpness() -> None:
    assert sharpness(np.full((64, 64, 3), 90, np.uint8), [FaceBox(0, 0, 64, 64, 1)])[0] == 0


def test_quality_wants_large_and_sharp() -> None:
    rule = QualityRule(min_face_px=20, min_sharpness=sharpness(textured(2, 1), [DARK])[0])
    assert rule.judge(
        textured(0, 1), [FaceBox(0, 0, 60, 60, 1), FaceBox(0, 0, 19, 19, 1)]
    ).tolist() == [
        True,
        False,
    ]
    assert not rule.judge(textured(8, 1), [FaceBox(0, 0, 60, 60, 1)])[0]
    assert rule.judge(textured(8, 1), []).shape == (0,)
