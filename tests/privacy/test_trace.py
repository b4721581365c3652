"""What the program writes and whom it speaks to, seen from outside while it does everything."""

from __future__ import annotations

import os
import shutil
import socket
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest

from classroom_monitor.contracts import UInt8Array
from classroom_monitor.sessions.store import open_store
from classroom_monitor.vision.opencv import cv2
from tests.fakes.screen import virtual_screen
from tests.privacy.contents import pictures_in, pixel_runs
from tests.privacy.modes import Places, foreign_addresses, modes, run_mode, strangers
from tests.privacy.system_trace import (
    NO_STRACE,
    Seen,
    Traced,
    can_watch,
    python_module,
    run_traced,
    seen_by_system,
)
from tests.sessions.samples import new_session, point, shares

needs_strace = pytest.mark.skipif(not can_watch(), reason=NO_STRACE)
STORED = {
    "sessions": "session_id title source started_at mode engine model program_version "
    "group_minimum counts_only confidence_level state writer job course notes trashed_at",
    "points": "session_id t_s seen used negative neutral positive negative_low negative_high "
    "neutral_low neutral_high positive_low positive_high expected coverage gap",
    "markers": "marker_id session_id t_s text",
    "segments": "segment_id session_id t_s title",
    "exclusions": "exclusion_id session_id start_s end_s reason",
}
"""Every column of the store; one more must be thought about here."""


def by_system(run: Traced) -> Seen:
    assert run.system is not None
    return run.system


def test_python_code_writes_to_nothing_but_what_is_said(
    places: Places, runs: Mapping[str, Traced]
) -> None:
    found = {name: strangers(places, run.python) for name, run in runs.items()}
    assert not any(found.values()), found


def test_python_code_speaks_to_nobody_but_the_stream(
    places: Places, runs: Mapping[str, Traced]
) -> None:
    found = {name: foreign_addresses(places, run.python) for name, run in runs.items()}
    assert not any(found.values()), found
    assert not any(run.python.local for run in runs.values())


@needs_strace
def test_nothing_is_written_but_store_log_settings_and_chosen_targets(
    places: Places, runs: Mapping[str, Traced]
) -> None:
    found = {name: strangers(places, by_system(run)) for name, run in runs.items()}
    assert not any(found.values()), found
    written = {path for run in runs.values() for path in by_system(run).written}
    for name in ("sessions.sqlite", "classroom-monitor.log", "settings.json", "session.pdf"):
        assert any(path.endswith(f"{os.sep}{name}") for path in written)
    assert not any(by_system(run).shared for run in runs.values())


@needs_strace
def test_nobody_is_spoken_to_but_the_stream_that_was_asked_for(
    places: Places, runs: Mapping[str, Traced]
) -> None:
    found = {name: foreign_addresses(places, by_system(run)) for name, run in runs.items()}
    assert not any(found.values()), found
    assert {name for name, run in runs.items() if by_system(run).addresses} == {"the window"}
    assert not any(by_system(run).local for run in runs.values())


@needs_strace
@pytest.mark.skipif(shutil.which("Xvfb") is None, reason="there is no Xvfb on this machine")
def test_on_a_screen_only_the_screen_is_spoken_to_as_well(tmp_path: Path) -> None:
    places = Places(tmp_path / "user", "", tmp_path)
    places.make()
    command = python_module(*modes(places)["demo in the window"])
    with virtual_screen() as display:
        environment = {**places.environment(), "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        run = run_traced(command, tmp_path / "witness", places.working, environment)
    assert run.code == 0, run.output
    seen = by_system(run)
    assert strangers(places, seen) == []
    assert seen.addresses == frozenset()
    assert all("X11-unix" in name for name in seen.local)
    assert seen.local, "the window has a screen"
    assert seen.shared <= {"shmget", "memfd_create"}, "what the window shows goes through memory"


@needs_strace
def test_deleting_from_a_large_store_writes_no_copy_elsewhere(tmp_path: Path) -> None:
    """SQLite puts what its memory doesn't hold into temporary files, unless it is told not to."""
    places = Places(tmp_path / "user", "", tmp_path)
    places.make()
    folder = tmp_path / "store"
    points = [point(t_s, mix=shares(0.1, 0.2, 0.7)) for t_s in range(8 * 3600)]
    with open_store(folder) as store:
        for title in ("one", "two"):
            writer = store.begin(new_session(title))
            writer.append(points)
            writer.finish()
    assert (folder / "sessions.sqlite").stat().st_size > 3 * 2**20, "more than SQLite's cache"
    command = ("classroom_monitor", "delete", "one", "--store", str(folder), "--yes")
    run = run_mode(places, "delete", command)
    assert run.code == 0, run.output
    elsewhere = [path for path in strangers(places, by_system(run)) if str(folder) not in path]
    assert elsewhere == []


def test_no_file_holds_a_picture_or_a_part_of_one(
    kept: list[Path], pictures: list[UInt8Array], tmp_path: Path
) -> None:
    runs = pixel_runs(pictures[::8])
    assert len(runs) > 200
    assert {path.suffix for path in kept} >= {".sqlite", ".log", ".csv", ".xlsx", ".pdf", ".svg"}
    found = [what for path in kept for what in pictures_in(path, runs)]
    assert found == []
    (tmp_path / "raw").write_bytes(b"head" + pictures[8].tobytes())
    assert pictures_in(tmp_path / "raw", runs) == ["raw: pixels of the camera"]
    cv2.imwrite(str(tmp_path / "crop.jpg"), pictures[8][:60, :60])
    assert pictures_in(tmp_path / "crop.jpg", runs) == ["crop.jpg: a JPEG"]


def test_what_is_logged_and_diagnosed_names_no_place_and_no_address(
    places: Places, kept: list[Path]
) -> None:
    names = ("classroom-monitor.log", "audit.jsonl", "diagnostics.txt")
    files = [path for path in kept if path.name in names]
    assert {path.name for path in files} == set(names)
    for path in files:
        text = path.read_text("utf-8")
        assert "classroom_monitor" in text or '"event"' in text
        for word in (str(places.root), places.stream, "127.0.0.1", places.recording.name):
            assert word not in text, f"{word} in {path.name}"


def test_nothing_is_left_in_the_temporary_and_the_working_folder(
    places: Places, kept: list[Path]
) -> None:
    left = [path for path in kept if places.home not in path.parents]
    assert {path.parent for path in left} == {places.targets}


def test_the_store_has_one_row_a_second_and_none_about_a_person(
    places: Places, kept: list[Path]
) -> None:
    (store,) = (path for path in kept if path.name == "sessions.sqlite")
    with closing(sqlite3.connect(store)) as connection:
        tables = [
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if not name.startswith("sqlite_")
        ]
        columns = {
            table: " ".join(row[1] for row in connection.execute(f"PRAGMA table_info({table})"))
            for table in tables
        }
        rows = connection.execute(
            "SELECT count(*), count(DISTINCT t_s), max(t_s), count(negative) FROM points"
            " GROUP BY session_id"
        ).fetchall()
    assert columns == STORED
    assert len(rows) == 3  # the demo, the stream, the recording
    for count, seconds, last_s, _ in rows:
        assert count == seconds == last_s + 1
    assert all(with_shares for *_, with_shares in rows)


def test_the_witnesses_see_who_offends(places: Places, tmp_path: Path) -> None:
    target = tmp_path / "elsewhere"
    target.mkdir()
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        port = listening.getsockname()[1]
        command = python_module("tests.privacy.offender", target, port)
        environment = {**places.environment(), "PYTHONSAFEPATH": "1"}
        run = run_traced(command, tmp_path / "witness", tmp_path, environment)
    assert run.code == 0, run.output
    seen = [run.python] + ([run.system] if run.system is not None else [])
    for each in seen:
        assert {str(target / "by-python.txt"), str(target / "by-child.txt")} <= each.written
        assert f"127.0.0.1:{port}" in foreign_addresses(places, each)
        assert len(strangers(places, each)) >= 2
    if run.system is not None:
        assert str(target / "by-library.png") in strangers(places, run.system)


def test_the_lines_of_strace_are_read_right() -> None:
    seen = seen_by_system(
        [
            'openat(AT_FDCWD</w>, "/lib/O_CREAT.py", O_RDONLY|O_CLOEXEC) = 3</lib/O_CREAT.py>',
            'openat(AT_FDCWD</w>, "x", O_RDWR|O_CREAT, 0600) = 4</w/x>',
            'openat(AT_FDCWD</w>, "no", O_WRONLY) = -1 ENOENT (No such file or directory)',
            'openat(AT_FDCWD</w>, "/tmp", O_RDWR|O_TMPFILE, 0600) = 5</tmp/#12 (deleted)>',
            'rename("/w/.x.tmp", "/w/y") = 0',
            'symlink("/etc", "/w/z") = 0',
            'mkdir("/w/folder", 0700) = 0',
            'memfd_create("frames", MFD_CLOEXEC) = 6</memfd:frames (deleted)>',
            "connect(3<socket:[1]>, {sa_family=AF_INET, sin_port=htons(53), "
            'sin_addr=inet_addr("9.9.9.9")}, 16) = -1 EINPROGRESS (Operation now in progress)',
            "sendto(3<socket:[1]>, ..., {sa_family=AF_INET6, sin6_port=htons(443), "
            'sin6_flowinfo=htonl(0), inet_pton(AF_INET6, "2a00::1", &sin6_addr), 0}, 28) = 9',
            'connect(3<socket:[1]>, {sa_family=AF_UNIX, sun_path="/run/bus"}, 110) = 0',
        ]
    )
    assert seen == Seen(
        frozenset({"/w/x", "/tmp/#12 (deleted)", "/w/y", "/w/z"}),
        frozenset({"/w/folder"}),
        frozenset({"9.9.9.9:53", "2a00::1:443"}),
        frozenset({'"/run/bus"'}),
        frozenset({"memfd_create"}),
    )
