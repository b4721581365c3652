"""Every version of the store that was ever released is kept here, and must still open."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from classroom_monitor.contracts import SessionState
from classroom_monitor.sessions import store_schema
from classroom_monitor.sessions.store import open_store
from classroom_monitor.sessions.store_connection import STORE_NAME
from tests.sessions.samples import STARTED_AT, gap_point, point, shares

DATA = Path(__file__).parent / "data"
FIRST = ("CREATE TABLE lectures (name TEXT)", "INSERT INTO lectures VALUES ('optics')")
SECOND = ("ALTER TABLE lectures ADD COLUMN course TEXT", "UPDATE lectures SET course = 'physics'")


def connect(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None)


@pytest.mark.parametrize("version", range(1, store_schema.SCHEMA_VERSION + 1))
def test_stores_of_every_version_open_with_all_they_hold(tmp_path: Path, version: int) -> None:
    connection = connect(tmp_path / STORE_NAME)
    connection.executescript((DATA / f"store_v{version}.sql").read_text(encoding="utf-8"))
    connection.close()
    with open_store(tmp_path) as store:
        waves, optics = store.list_sessions()
        assert (optics.title, optics.started_at) == ("Optics 4", STARTED_AT)
        assert (optics.state, waves.state) == (SessionState.COMPLETE, SessionState.INTERRUPTED)
        mix = shares(0.125, 0.5, 0.375)
        assert store.points(optics.session_id) == [point(0, mix=mix), point(1, used=3)]
        assert store.points(waves.session_id) == [gap_point(0)]
        assert [marker.text for marker in store.markers(optics.session_id)] == ["Übung 2"]
    connection = connect(tmp_path / STORE_NAME)
    assert store_schema.schema_version(connection) == store_schema.SCHEMA_VERSION
    connection.close()


def test_steps_run_in_order_and_once(tmp_path: Path) -> None:
    connection = connect(tmp_path / STORE_NAME)
    store_schema.migrate(connection, [FIRST])
    store_schema.migrate(connection, [FIRST, SECOND])
    store_schema.migrate(connection, [FIRST, SECOND])
    assert connection.execute("SELECT * FROM lectures").fetchall() == [("optics", "physics")]
    assert store_schema.schema_version(connection) == 2
    assert store_schema.application_id(connection) == store_schema.APPLICATION_ID
    connection.close()


def test_a_step_that_fails_leaves_the_version_before_it_whole(tmp_path: Path) -> None:
    connection = connect(tmp_path / STORE_NAME)
    with pytest.raises(sqlite3.OperationalError, match="nowhere"):
        store_schema.migrate(connection, [FIRST, (*SECOND, "DELETE FROM nowhere")])
    connection.close()
    connection = connect(tmp_path / STORE_NAME)
    assert store_schema.schema_version(connection) == 1
    assert connection.execute("SELECT * FROM lectures").fetchall() == [("optics",)]
    store_schema.migrate(connection, [FIRST, SECOND])
    assert connection.execute("SELECT * FROM lectures").fetchall() == [("optics", "physics")]
    connection.close()
