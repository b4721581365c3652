"""Kinds around sessions: stores, and the texts that a lecturer gives to sessions."""

from __future__ import annotations

import csv
import io
import random
import re
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from tempfile import TemporaryDirectory

from classroom_monitor.contracts import Exclusion, Marker, Segment, SessionInfo
from classroom_monitor.errors import EnvironmentProblem, StoreProblem
from classroom_monitor.exports import export_sessions
from classroom_monitor.gui.pdf_pages import offscreen_application
from classroom_monitor.sessions import store_schema
from classroom_monitor.sessions.store import Store, open_store
from classroom_monitor.sessions.store_connection import STORE_NAME
from tests.fuzz.kind import Place
from tests.fuzz.mutations import TELLING, mutate
from tests.fuzz.texts import hostile_text
from tests.sessions.samples import gap_point, new_session, point, shares

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_SECONDS = 90
_TABLES = ("sessions", "points", "markers", "segments", "exclusions")
_PLANTED = (
    "CREATE TRIGGER planted AFTER UPDATE ON sessions BEGIN DELETE FROM points; END",
    "CREATE VIEW planted AS SELECT * FROM sessions",
    "CREATE TABLE planted (x, y GENERATED ALWAYS AS (x || load_extension('x')))",
    "CREATE INDEX planted ON points (t_s)",
    "CREATE TABLE code (x DEFAULT (writefile('code-was-run', 'x')))",
)


class Stores:
    """Stores as the window and the commands open them: read, changed, exported, emptied."""

    def __init__(self) -> None:
        with TemporaryDirectory() as folder:
            self._good = whole_stores(Path(folder))

    def make(self, dice: random.Random, place: Place) -> Path:
        folder = place.target / "store"
        folder.mkdir()
        path = folder / STORE_NAME
        files = dice.choice(self._good)
        for name, content in files.items():
            (folder / name).write_bytes(content)
        way = dice.random()
        if way < 0.55:
            chosen = dice.choice(tuple(files))
            (folder / chosen).write_bytes(mutate(dice, files[chosen], tuple(files.values())))
        else:
            forge(dice, path, planted=way > 0.85)
        return folder

    def attempt(self, case: Path, place: Place) -> str:
        try:
            with open_store(case, read_only=True) as store:
                for info in [*store.list_sessions(), *store.trashed()]:
                    store.outline(info.session_id, 40)
        except StoreProblem:
            pass  # a writable opening may mend it, or say why not
        with open_store(case) as store:
            for info in store.list_sessions():
                _use(store, info, place.target)
            store.begin(new_session()).append([point(0)])
        return "used"

    def close(self) -> None:
        pass


class Names:
    """Titles, courses, notes, markers, segments and reasons, stored and exported."""

    def __init__(self) -> None:
        self._dice = random.Random(0)
        self._fonts = offscreen_application()

    def make(self, dice: random.Random, place: Place) -> Path:
        self._dice = dice
        return place.target / "store"

    def attempt(self, case: Path, place: Place) -> str:
        texts = [hostile_text(self._dice) for _ in range(8)]
        try:
            _store_and_export(texts, case, place.target)
        except EnvironmentProblem as problem:
            raise AssertionError("no text is to be refused") from problem
        return "used"

    def close(self) -> None:
        self._fonts.quit()


def _store_and_export(texts: Sequence[str], folder: Path, target: Path) -> None:
    with open_store(folder) as store:
        ids = [_named_session(store, texts), _named_session(store, texts[::-1])]
        _look_up(store, texts[0])
        for file_format in ("csv", "xlsx", "html", "pdf"):
            place = target / file_format
            paths = export_sessions(store, ids, place, file_format)
            assert {path.parent for path in paths} == {place}
            assert all(path.is_file() for path in paths)
            _check_export(file_format, paths)


def whole_stores(folder: Path) -> list[dict[str, bytes]]:
    """Return whole stores as files: of this version, with a log beside it, and of older ones."""
    stores = []
    with open_store(folder / "new") as store:
        _fill(store)
        stores.append(_files(folder / "new"))  # the last writes are in the log
    stores.append(_files(folder / "new"))
    for version in range(1, store_schema.SCHEMA_VERSION):
        (folder / str(version)).mkdir()
        connection = sqlite3.connect(folder / str(version) / STORE_NAME, isolation_level=None)
        store_schema.migrate(connection, store_schema.MIGRATIONS[:version])
        connection.close()
        stores.append(_files(folder / str(version)))
    return stores


def _files(folder: Path) -> dict[str, bytes]:
    """Return the store's files, less the shared memory, which SQLite makes anew."""
    return {
        path.name: path.read_bytes()
        for path in folder.iterdir()
        if path.name in (STORE_NAME, f"{STORE_NAME}-wal") and path.stat().st_size
    }


def _fill(store: Store) -> None:
    for number in range(3):
        writer = store.begin(new_session(f"Optics {number}"))
        points = [point(t_s, mix=shares(0.2, 0.3, 0.5)) for t_s in range(_SECONDS)]
        writer.append([*points, gap_point(_SECONDS)])
        writer.add_marker(3.0, "start")
        writer.add_segment(5.0, "lenses")
        if number:
            writer.finish()
        store.annotate(writer.session_id, [Exclusion(0, 10.0, 20.0, "break")], [])


def forge(dice: random.Random, path: Path, planted: bool) -> None:
    """Write what no program of ours would, by SQL; a store without that table stays as it is."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA ignore_check_constraints = ON")
    connection.execute("PRAGMA writable_schema = ON")
    table = dice.choice(_TABLES)
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    try:
        if planted:
            connection.execute(dice.choice(_PLANTED))
        for column in dice.sample(columns, min(len(columns), dice.randint(1, 3))):
            connection.execute(f"UPDATE {table} SET {column} = ?", (_value(dice),))
    except (sqlite3.Error, OverflowError, UnicodeEncodeError):
        pass  # a constraint that SQLite insists on
    finally:
        connection.close()


def _value(dice: random.Random) -> object:
    tokens = ("../../victim", "a" * 32, "/tmp", "sessions-writer-x/../../victim")
    return dice.choice(
        (
            *(None, float("inf"), float("nan"), -1.5, 1e300, dice.choice(TELLING), -(2**63)),
            *(2**63 - 1, b"\xff\x00", hostile_text(dice), "running", dice.choice(tokens)),
            *(
                "2026-03-02T09:15:00+99:99",
                "0001-01-01T00:00:00+14:00",
                "9999-12-31T23:59:59+00:00",
            ),
        )
    )


def _use(store: Store, info: SessionInfo, target: Path) -> None:
    """Do with a session what the window does."""
    key = info.session_id
    store.outline(key, 40)
    store.edit(key, title="Optics", notes="seen")
    store.annotate(key, [Marker(0, 1.0, "seen"), Segment(0, 2.0, "glass")], [])
    for file_format in ("csv", "html", "xlsx"):
        export_sessions(store, [key], target / f"{key}.{file_format}", file_format)
    store.trash(key)
    store.purge([key])


def _named_session(store: Store, texts: Sequence[str]) -> int:
    title, source, course, notes, marker, segment, reason, model = texts
    described = replace(new_session(title), source=source, course=course, model=model)
    writer = store.begin(described)
    writer.append([point(t_s, mix=shares(0.2, 0.3, 0.5)) for t_s in range(10)])
    writer.add_marker(2.0, marker)
    writer.add_segment(3.0, segment)
    writer.finish()
    store.annotate(writer.session_id, [Exclusion(0, 6.0, 8.0, reason)], [])
    store.edit(writer.session_id, title=title, course=course, notes=notes)
    return writer.session_id


def _look_up(store: Store, text: str) -> None:
    problem = ""
    try:
        store.session(text)
    except StoreProblem as raised:
        problem = str(raised)
    assert "\n" not in problem


def _check_export(file_format: str, paths: Sequence[Path]) -> None:
    for path in paths:
        assert re.fullmatch(r"[\w.-]+", path.name), path.name
        content = path.read_bytes()
        if file_format == "csv":
            _check_csv(content.decode("utf-8"))
        elif file_format == "html":
            _Page().feed(content.decode("utf-8"))


def _check_csv(text: str) -> None:
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert len({len(row) for row in rows}) == 1, "a row has another number of cells"
    for row in rows[1:]:
        for cell in row:
            assert not cell.startswith(FORMULA_SIGNS) or _is_number(cell), f"a formula: {cell!r}"


def _is_number(cell: str) -> bool:
    return re.fullmatch(r"-?[0-9.]+", cell) is not None


class _Page(HTMLParser):
    """Refuses a page with a script, a handler or anything from elsewhere in it."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in ("script", "img", "iframe", "object", "embed", "link", "form"), tag
        for name, value in attrs:
            assert not name.startswith("on"), f"a handler: {name}"
            outside = name in ("href", "src", "xlink:href") and not (value or "").startswith("#")
            assert not outside or re.fullmatch(r"[\w.%-]+", value or ""), f"a link: {value}"
