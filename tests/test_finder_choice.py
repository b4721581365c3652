"""Which finder a session uses: the chosen one, or visibly MediaPipe where that is unusable."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from classroom_monitor.app import RunOptions, make_follower, run_options
from classroom_monitor.errors import BundleProblem
from classroom_monitor.gui.services import DEMO_SOURCE, SessionRequest
from classroom_monitor.live.parts import SessionParts
from classroom_monitor.model_choice import (
    face_model_library,
    finder_options,
    finder_problem,
    require_finder,
)
from classroom_monitor.program import Program
from classroom_monitor.settings import Settings
from classroom_monitor.vision import face_library

REQUEST = SessionRequest(DEMO_SOURCE, "", "room", 5)


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings that choose YuNet, whose file is there and isn't looked into."""
    monkeypatch.setattr(face_library, "try_yunet", lambda path, name: None)
    chosen = Settings(
        region="eu",
        finder="yunet",
        face_models_dir=str(tmp_path / "face models"),
        store_dir=str(tmp_path / "store"),
    )
    file = tmp_path / "yunet.onnx"
    file.write_bytes(bytes(5000))
    face_model_library(chosen).add(file)
    return chosen


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[RunOptions]:
    """The options of the sessions that the program starts; none of them runs."""
    made: list[RunOptions] = []

    class StartedSession:
        def __init__(self, *parts: object) -> None:
            """Take what a session takes."""

        def start(self) -> None:
            """Start nothing."""

    def remember(source: str, options: RunOptions) -> SessionParts | None:
        made.append(options)
        return None

    monkeypatch.setattr("classroom_monitor.program.LiveSession", StartedSession)
    monkeypatch.setattr("classroom_monitor.program.session_parts", remember)
    return made


def damage(settings: Settings) -> None:
    (model,) = face_model_library(settings).place.glob("*.onnx")
    model.write_bytes(b"changed" * 1000)


def test_sessions_use_the_chosen_finder(settings: Settings, started: list[RunOptions]) -> None:
    window = Program(settings, Path("settings.json"))
    assert window.check_finder() == ""
    window.start(REQUEST)
    assert [options.finder for options in started] == ["yunet"]
    assert run_options(settings).finder == "yunet"


def test_a_broken_choice_is_said_and_mediapipe_used(
    settings: Settings, started: list[RunOptions]
) -> None:
    damage(settings)
    window = Program(settings, Path("settings.json"))
    assert "SHA-256" in window.check_finder()
    window.start(REQUEST)
    face_model_library(settings).remove()
    assert "isn't there" in window.check_finder()
    window.start(REQUEST)
    assert [options.finder for options in started] == ["mediapipe"] * 2


def test_commands_refuse_a_broken_choice_and_tell_the_way_back(settings: Settings) -> None:
    assert require_finder(settings, None) == "yunet"
    assert require_finder(settings, "mediapipe") == "mediapipe"
    damage(settings)
    for option, way_back in ((None, "models use mediapipe"), ("yunet", "--finder mediapipe")):
        with pytest.raises(BundleProblem, match="SHA-256") as caught:
            require_finder(settings, "yunet" if option else None)
        assert way_back in str(caught.value)
    with pytest.raises(BundleProblem, match="SHA-256"):
        make_follower(run_options(settings))


def test_the_window_offers_both_and_says_what_is_wrong(settings: Settings) -> None:
    mediapipe, yunet = finder_options(settings)
    assert (mediapipe.setting, mediapipe.problem) == ("mediapipe", "")
    assert (yunet.setting, yunet.problem) == ("yunet", "")
    damage(settings)
    assert "SHA-256" in finder_options(settings)[1].problem
    assert finder_problem(replace(settings, finder="mediapipe")) == ""


@pytest.mark.parametrize("finder", ["mediapipe", "yunet"])
def test_a_session_is_followed_with_the_finder_of_its_options(
    finder: str, tmp_path: Path, shared_dir: Path
) -> None:
    settings = Settings(region="eu", face_models_dir=str(tmp_path))
    face_model_library(settings).add(shared_dir / "data" / "face_detection_yunet.onnx")
    chosen = require_finder(settings, "yunet" if finder == "yunet" else None)
    follower = make_follower(replace(run_options(settings), finder=chosen))
    assert follower.finder.lower() == f"{finder} room"
    follower.close()
