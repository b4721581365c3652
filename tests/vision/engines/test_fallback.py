"""Where an engine fails, the next one scores the same faces, and the user is told."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from classroom_monitor.contracts import Scores
from classroom_monitor.errors import BundleProblem, EngineProblem
from classroom_monitor.vision.bundle import Bundle, load_bundle
from classroom_monitor.vision.classifier import open_classifier, open_with_fallback
from classroom_monitor.vision.engines import litert_plan
from classroom_monitor.vision.engines.fallback import FallbackClassifier
from classroom_monitor.vision.engines.keras_gpu import devices
from classroom_monitor.vision.room import MoodScorer, Scoring
from tests.vision.bundles import (
    make_tiny_bundle,
    poison,
    replace_weights,
    tiny_bundle_json,
    write_bundle_json,
)
from tests.vision.engines.faces import tiny_crops


class FailingInterpreter:
    """A real interpreter that runs so many times, and then fails as LiteRT does."""

    def __init__(self, real: Any, runs: int) -> None:
        self._real = real
        self._runs = runs

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)

    def invoke(self) -> None:
        if self._runs == 0:
            raise RuntimeError("Node number 3 (CONV_2D) failed to invoke.\nmore of it")
        self._runs -= 1
        self._real.invoke()


@pytest.fixture(autouse=True)
def no_gpu(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take away a GPU that the machine may have."""
    monkeypatch.setattr(devices, "nvidia_devices", list)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_tiny_bundle(tmp_path / "tiny")


def fail_after(monkeypatch: pytest.MonkeyPatch, runs: int, *engines: str) -> None:
    """Let the interpreters of some engines fail after so many runs."""
    allocated = litert_plan._allocated

    def allocate(bundle: Bundle, engine: str, weights: bytes, size: int, threads: int) -> Any:
        real = allocated(bundle, engine, weights, size, threads)
        return FailingInterpreter(real, runs) if engine in engines else real

    monkeypatch.setattr(litert_plan, "_allocated", allocate)


def expected(folder: Path, engine: str, count: int) -> Any:
    """Return what an engine says when it is asked for itself."""
    return open_classifier(load_bundle(folder), engine).score(tiny_crops(count)).probabilities


def test_without_a_failure_nothing_is_said(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    classifier = open_with_fallback(load_bundle(folder))
    assert classifier.engine == "litert-int8"
    scores = classifier.score(tiny_crops(3)).probabilities
    np.testing.assert_array_equal(scores, expected(folder, "litert-int8", 3))
    assert classifier.notice == ""
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]


def test_weights_that_are_no_network_give_way_to_the_next_engine(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    replace_weights(folder, "int8.tflite", b"no network at all")
    classifier = open_with_fallback(load_bundle(folder))
    assert classifier.engine == "litert-float32"
    assert "the engine litert-int8 failed (model bundle" in classifier.notice
    assert classifier.notice.endswith("scoring goes on with litert-float32")
    assert "\n" not in classifier.notice
    np.testing.assert_array_equal(
        classifier.score(tiny_crops(3)).probabilities, expected(folder, "litert-float32", 3)
    )
    warnings = [record for record in caplog.records if record.levelno == logging.WARNING]
    assert [record.getMessage() for record in warnings] == [classifier.notice]


def test_weights_damaged_after_the_bundle_was_checked_give_way(folder: Path) -> None:
    bundle = load_bundle(folder)
    (folder / "int8.tflite").write_bytes(b"damaged")
    classifier = open_with_fallback(bundle)
    assert classifier.engine == "litert-float32"
    assert "damaged or was changed" in classifier.notice


@pytest.mark.parametrize("runs", [0, 2])
def test_an_interpreter_that_fails_while_it_runs_gives_way_with_the_same_faces(
    folder: Path, monkeypatch: pytest.MonkeyPatch, runs: int
) -> None:
    """After two runs the failure comes within a batch: 22 crops are parts of 16, 4 and 2."""
    fail_after(monkeypatch, runs, "litert-int8")
    classifier = open_with_fallback(load_bundle(folder))
    assert classifier.engine == "litert-int8"
    scores = [classifier.score(tiny_crops(11)).probabilities for _ in range(3)][-1]
    assert classifier.engine == "litert-float32"
    assert "(CONV_2D) failed to invoke." in classifier.notice
    assert "\n" not in classifier.notice
    np.testing.assert_array_equal(scores, expected(folder, "litert-float32", 11))


def test_numbers_that_are_not_finite_give_way(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    poison(folder)
    classifier = open_with_fallback(load_bundle(folder), "litert-float32")
    assert classifier.engine == "litert-float32"
    scores = [classifier.score(tiny_crops(5)).probabilities for _ in range(3)]
    assert classifier.engine == "litert-int8"
    assert "aren't finite" in classifier.notice
    for one in scores:
        np.testing.assert_array_equal(one, expected(folder, "litert-int8", 5))
    assert sum(record.levelno == logging.WARNING for record in caplog.records) == 1


def test_a_failed_engine_is_not_tried_again_and_one_way_stays_one_way(folder: Path) -> None:
    poison(folder)
    classifier = open_with_fallback(load_bundle(folder), "litert-float32")
    one_way = classifier.score(tiny_crops(5), both_ways=False).probabilities
    int8 = open_classifier(load_bundle(folder), "litert-int8")
    wanted = int8.score(tiny_crops(5), both_ways=False).probabilities
    np.testing.assert_array_equal(one_way, wanted)


def test_the_last_problem_is_raised_where_no_engine_can_be_opened(folder: Path) -> None:
    replace_weights(folder, "int8.tflite", b"no network")
    replace_weights(folder, "float32.tflite", b"no network either")
    with pytest.raises(BundleProblem, match="can't be run on engine litert-float32"):
        open_with_fallback(load_bundle(folder))


def test_the_last_problem_is_raised_where_all_engines_fail(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail_after(monkeypatch, 0, "litert-int8", "litert-float32")
    classifier = open_with_fallback(load_bundle(folder))
    with pytest.raises(EngineProblem, match="engine litert-float32 cannot run"):
        classifier.score(tiny_crops(2))
    classifier.close()


def test_an_engine_that_the_bundle_or_the_machine_lacks_gives_way(folder: Path) -> None:
    document = tiny_bundle_json(folder)
    del document["files"]["float32.tflite"]
    write_bundle_json(folder, document)
    bundle = load_bundle(folder)
    for engine, why in (("litert-float32", "no weights"), ("keras-gpu", "no NVIDIA GPU")):
        classifier = open_with_fallback(bundle, engine)
        assert classifier.engine == "litert-int8"
        assert why in classifier.notice


def test_a_bundle_without_any_engine_says_what_it_has(folder: Path) -> None:
    document = tiny_bundle_json(folder)
    document["files"] = {"int8.tflite": document["files"]["int8.tflite"] | {"role": "coral"}}
    write_bundle_json(folder, document)
    with pytest.raises(BundleProblem, match="choose one of coral"):
        open_with_fallback(load_bundle(folder))


def test_an_unknown_engine_is_refused(folder: Path) -> None:
    with pytest.raises(BundleProblem, match="choose auto"):
        open_with_fallback(load_bundle(folder), "abacus")


def test_a_bug_is_not_taken_for_a_failing_engine(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundle = load_bundle(folder)
    broken = open_classifier(bundle, "litert-int8")

    def score(*_: object) -> Scores:
        raise KeyError("a bug")

    monkeypatch.setattr(broken, "score", score)
    classifier = FallbackClassifier(
        {"broken": lambda: broken, "next": lambda: open_classifier(bundle, "litert-float32")}
    )
    with pytest.raises(KeyError, match="a bug"):
        classifier.score(tiny_crops(1))


def test_a_scorer_hands_on_what_its_engine_has_to_say(folder: Path) -> None:
    replace_weights(folder, "int8.tflite", b"no network at all")
    scorer = MoodScorer(Scoring(open_with_fallback(load_bundle(folder)), min_certainty=0.4))
    assert scorer.engine == "litert-float32"
    assert scorer.engine_notice.startswith("the engine litert-int8 failed")
    assert MoodScorer(None).engine_notice == ""
