"""Where the region is the EU nothing computes moods: the classifier isn't even loaded."""

from pathlib import Path

import pytest

from classroom_monitor import app
from classroom_monitor.app import make_scorer, run_options
from classroom_monitor.gui.services import DEMO_SOURCE, SessionRequest
from classroom_monitor.live.parts import SessionPlan
from classroom_monitor.program import Program
from classroom_monitor.settings import Settings

EU = Settings(region="eu", model="a model that isn't there")
STATED = Settings(region="eu", lawful_exception="safety study, decided by the board")


class LoadedError(AssertionError):
    """A model or a classifier was loaded."""


@pytest.fixture
def nothing_loads(monkeypatch: pytest.MonkeyPatch) -> None:
    """Raise where a model or a classifier would be loaded."""

    def refuse(*_: object) -> None:
        raise LoadedError

    monkeypatch.setattr(app, "load_for_sessions", refuse)
    monkeypatch.setattr(app, "open_with_fallback", refuse)


@pytest.mark.usefixtures("nothing_loads")
def test_counts_only_loads_no_classifier() -> None:
    scorer = make_scorer(run_options(EU))
    scorer.close()


@pytest.mark.usefixtures("nothing_loads")
@pytest.mark.parametrize("settings", [STATED, Settings(), Settings(region="other", informed=True)])
def test_with_moods_one_is_loaded(settings: Settings) -> None:
    with pytest.raises(LoadedError):
        make_scorer(run_options(settings))


@pytest.mark.parametrize(
    ("settings", "counts_only"), [(EU, True), (STATED, False), (Settings(region="other"), False)]
)
def test_sessions_of_the_window_follow_the_region(
    settings: Settings, counts_only: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[bool] = []

    class Planned:
        def __init__(self, plan: SessionPlan, _parts: object) -> None:
            seen.append(plan.counts_only)

        def start(self) -> None:
            """Begin nothing."""

    monkeypatch.setattr("classroom_monitor.program.LiveSession", Planned)
    program = Program(settings, tmp_path / "settings.json")
    program.start(SessionRequest(DEMO_SOURCE, "", "room", 5))
    assert seen == [counts_only]
