"""Sessions that their store didn't take come home once it does."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path

import pytest

from classroom_monitor import rescue
from classroom_monitor.audit import AuditLog
from classroom_monitor.cli import window
from classroom_monitor.contracts import SessionState
from classroom_monitor.errors import StoreProblem
from classroom_monitor.gui.application import WindowOptions
from classroom_monitor.program import Program
from classroom_monitor.rescue import bring_all_home, bring_home, refuge_folders
from classroom_monitor.sessions.store import open_store
from classroom_monitor.sessions.store_connection import STORE_NAME
from classroom_monitor.settings import Settings
from tests.sessions.samples import new_session, point, shares

TITLE = "Optics that was nearly lost"
MIX = shares(0.2, 0.3, 0.5)


def record(folder: Path, seconds: int, finish: bool = True, other: bool = False) -> None:
    """Store a session of so many seconds; without its end it is interrupted."""
    new = new_session(TITLE)
    if other:
        new = replace(new, title="Another one", source="hall.mp4")
    with open_store(folder) as store:
        writer = store.begin(new)
        writer.append([point(t_s, mix=MIX) for t_s in range(seconds)])
        writer.add_marker(1.0, "Übung 2")
        if finish:
            writer.finish()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store's folder, apart from where stores usually lie."""
    monkeypatch.setattr(rescue, "default_store_dir", lambda: tmp_path / "usual")
    return tmp_path / "data"


def assert_home(folder: Path, refuge: Path) -> None:
    """The session is in its store, whole and once, and nowhere else."""
    with open_store(folder) as store:
        (info,) = store.list_sessions()
        assert (info.title, info.state) == (TITLE, SessionState.COMPLETE)
        assert store.points(info.session_id) == [point(t_s, mix=MIX) for t_s in range(9)]
        assert [marker.text for marker in store.markers(info.session_id)] == ["Übung 2"]
    assert not refuge.exists()


@pytest.mark.parametrize("place", [0, 1])
def test_a_rescued_session_takes_the_place_of_its_beginning(folder: Path, place: int) -> None:
    refuge = refuge_folders(folder)[place]
    record(folder, seconds=3, finish=False)
    record(refuge, seconds=9)
    assert bring_all_home(folder) == 1
    assert_home(folder, refuge)
    assert bring_all_home(folder) == 0


def test_a_move_that_was_stopped_is_gone_on_with(folder: Path) -> None:
    refuge = refuge_folders(folder)[0]
    record(folder, seconds=9)  # it has come home, and nobody has tidied up behind it
    record(refuge, seconds=9)
    assert bring_home(refuge, folder) == 1
    assert_home(folder, refuge)


class Stopped(BaseException):
    """Ends a move in the middle, as nothing in the program does."""


@pytest.mark.parametrize("step", ["store_image", "add_sessions", "_remove"])
def test_a_move_that_is_stopped_loses_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def stop(*_: object) -> None:
        raise Stopped

    refuge = refuge_folders(folder)[0]
    record(folder, seconds=3, finish=False)
    record(refuge, seconds=9)
    with monkeypatch.context() as patch:
        patch.setattr(rescue, step, stop)
        with pytest.raises(Stopped):
            bring_home(refuge, folder)
    assert bring_home(refuge, folder) == 1
    assert_home(folder, refuge)


def test_other_sessions_stay_as_they_are(folder: Path) -> None:
    record(folder, seconds=4, finish=False, other=True)
    record(refuge_folders(folder)[0], seconds=9)
    assert bring_all_home(folder) == 1
    with open_store(folder) as store:
        found = {(info.title, info.seconds) for info in store.list_sessions()}
        assert found == {("Another one", 4), (TITLE, 9)}


def test_the_window_brings_them_home_before_it_shows_anything(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuge = refuge_folders(folder)[0]
    record(refuge, seconds=9)
    monkeypatch.setattr(window, "log_dir", lambda: tmp_path / "logs")
    monkeypatch.setattr(window, "audit_log", AuditLog)
    monkeypatch.setattr(window, "make_application", lambda _: None)

    def run_window(services: Program, options: WindowOptions) -> int:
        assert [info.title for info in services.sessions()] == [TITLE]
        return 0

    monkeypatch.setattr(window, "run_window", run_window)
    assert window.open_window(Settings(store_dir=str(folder))) == 0
    assert_home(folder, refuge)


def test_what_the_store_has_otherwise_stays_in_the_refuge(folder: Path) -> None:
    refuge = refuge_folders(folder)[0]
    record(folder, seconds=12)  # began at the same moment, and is another
    record(refuge, seconds=9)
    assert bring_all_home(folder) == 0
    with open_store(refuge) as store:
        assert [info.seconds for info in store.list_sessions()] == [9]


def test_a_store_that_is_still_damaged_leaves_the_session_where_it_is(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    refuge = refuge_folders(folder)[0]
    record(refuge, seconds=9)
    (folder / STORE_NAME).write_bytes(b"no store" * 1000)
    with caplog.at_level(logging.WARNING):
        assert bring_all_home(folder) == 0
    assert "rescued sessions stay in" in caplog.text
    with pytest.raises(StoreProblem, match="not a session store"):
        bring_home(refuge, folder)
    (folder / STORE_NAME).unlink()
    assert bring_all_home(folder) == 1
    assert_home(folder, refuge)


def test_a_session_that_is_being_rescued_is_left_alone(folder: Path) -> None:
    refuge = refuge_folders(folder)[0]
    with open_store(refuge) as store:
        writer = store.begin(new_session(TITLE))
        writer.append([point(t_s, mix=MIX) for t_s in range(9)])
        assert bring_all_home(folder) == 0
        writer.finish()
    assert bring_all_home(folder) == 1


def test_nothing_is_made_where_nothing_was_rescued(folder: Path) -> None:
    assert bring_all_home(folder) == 0
    assert not folder.exists()
