"""Which model a session uses: the chosen one, or visibly the default where that is unusable."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from classroom_monitor.errors import BundleProblem
from classroom_monitor.gui.services import DEMO_SOURCE, SessionRequest
from classroom_monitor.live.parts import SessionParts, SessionPlan
from classroom_monitor.model_choice import (
    DEFAULT_MODEL,
    chosen_model,
    default_model,
    find_model,
    require_chosen_model,
)
from classroom_monitor.program import Program
from classroom_monitor.settings import Settings
from tests.vision.bundles import make_tiny_bundle

REQUEST = SessionRequest(DEMO_SOURCE, "", "room", 5)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings that choose the added bundle `mine`."""
    make_tiny_bundle(tmp_path / "models" / "mine")
    return Settings(
        region="other",
        model="mine",
        models_dir=str(tmp_path / "models"),
        store_dir=str(tmp_path / "store"),
    )


class StartedSession:
    """Stands in for LiveSession and remembers its plan."""

    plans: list[SessionPlan]

    def __init__(self, plan: SessionPlan, parts: SessionParts) -> None:
        self.plans.append(plan)

    def start(self) -> None:
        """Start nothing."""


@pytest.fixture
def plans(monkeypatch: pytest.MonkeyPatch) -> list[SessionPlan]:
    """The plans of the sessions that the program starts; none of them runs."""
    made: list[SessionPlan] = []
    monkeypatch.setattr(StartedSession, "plans", made, raising=False)
    monkeypatch.setattr("classroom_monitor.program.LiveSession", StartedSession)
    return made


def program(settings: Settings) -> Program:
    return Program(settings, Path(settings.store_dir) / "settings.json")


def damage(settings: Settings) -> None:
    (Path(settings.models_dir) / "mine" / "int8.tflite").write_bytes(b"damaged")


def test_nobodys_choice_is_the_shipped_default() -> None:
    assert chosen_model(Settings()) == default_model() == find_model(Settings(), "default")
    assert find_model(Settings(), DEFAULT_MODEL) == default_model()


def test_sessions_use_the_chosen_model(settings: Settings, plans: list[SessionPlan]) -> None:
    assert program(settings).check_model() == ""
    program(settings).start(REQUEST)
    assert [plan.model for plan in plans] == ["mine"]


def test_a_broken_choice_is_said_and_the_session_stored_under_the_default(
    settings: Settings, plans: list[SessionPlan]
) -> None:
    window = program(settings)
    damage(settings)
    assert "int8.tflite" in window.check_model()
    window.start(REQUEST)
    shutil.rmtree(Path(settings.models_dir) / "mine")
    assert "'mine'" in window.check_model()
    window.start(REQUEST)
    make_tiny_bundle(Path(settings.models_dir) / "mine")  # mended: it is used again
    assert window.check_model() == ""
    window.start(REQUEST)
    assert [plan.model for plan in plans] == [DEFAULT_MODEL, DEFAULT_MODEL, "mine"]


def test_counts_need_no_model(settings: Settings, plans: list[SessionPlan]) -> None:
    damage(settings)
    counting = program(replace(settings, region="eu"))
    assert counting.check_model() == ""
    counting.start(REQUEST)
    assert [(plan.model, plan.counts_only) for plan in plans] == [("", True)]


def test_commands_refuse_a_broken_choice_and_tell_the_way_back(settings: Settings) -> None:
    assert require_chosen_model(settings).name == "mine"
    damage(settings)
    with pytest.raises(BundleProblem, match=r"int8\.tflite") as caught:
        require_chosen_model(settings)
    assert "models use default" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_choice_of_other_classes_is_broken_too(settings: Settings) -> None:
    make_tiny_bundle(
        Path(settings.models_dir) / "mine",
        classes=["no", "yes"],
        groups={"no": ["sad"], "yes": ["happy"]},
    )
    with pytest.raises(BundleProblem, match="no, yes"):
        chosen_model(settings)
    (option,) = (option for option in program(settings).models() if option.name == "mine")
    assert "no, yes" in option.problem


def test_the_window_offers_the_default_first_and_the_choice_as_it_was_made(
    settings: Settings, tmp_path: Path
) -> None:
    elsewhere = make_tiny_bundle(tmp_path / "elsewhere")
    damage(settings)
    for model in (str(elsewhere), DEFAULT_MODEL, str(default_model().folder), "gone"):
        options = program(replace(settings, model=model)).models()
        assert (options[0].setting, options[0].name, options[0].problem) == ("", DEFAULT_MODEL, "")
        assert [option.setting for option in options].count(model) == 1
        assert len({option.setting for option in options}) == len(options)
    assert "gone" in options[-1].problem
    (mine,) = (option for option in options if option.name == "mine")
    assert (mine.setting, mine.version) == ("mine", "")
    assert "int8.tflite" in mine.problem
