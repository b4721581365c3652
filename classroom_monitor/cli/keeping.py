"""Commands about keeping sessions: purge, backup, restore, audit."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TextIO

import click

from classroom_monitor.audit import audit_log
from classroom_monitor.backups import ENDING, restore_backup, write_backup
from classroom_monitor.cli.output import print_json
from classroom_monitor.cli.parameters import json_option, store_option
from classroom_monitor.cli.review import session_line
from classroom_monitor.contracts import SessionInfo
from classroom_monitor.errors import EnvironmentProblem
from classroom_monitor.keeping import delete_overdue, find_overdue, purge_trash
from classroom_monitor.sealed import require_library, require_passphrase
from classroom_monitor.sessions.store import open_store
from classroom_monitor.sessions.store_connection import STORE_NAME
from classroom_monitor.settings import load_settings, settings_path, store_folder

_LINES_SHOWN = 20

passphrase_option = click.option(
    "--passphrase-file",
    type=click.File("r", encoding="utf-8"),
    help="File whose first line is the passphrase, - for stdin.  [default: you are asked]",
)


@click.command()
@store_option
@click.option("--dry-run", is_flag=True, help="Say what would be deleted; delete nothing.")
@click.option("--yes", is_flag=True, help="Don't ask.")
def purge(store: Path | None, dry_run: bool, yes: bool) -> None:
    """Delete sessions for good: those in the trash, and those kept long enough.

    How long sessions are kept is in the settings: retention_days for all of them (0: until you
    delete them), retention_by_course for some courses ("Physics 1: 365; Law: 30").
    """
    settings = load_settings(settings_path())
    folder = store or store_folder(settings)
    old = find_overdue(settings, folder).sessions
    trashed = _trashed(folder)
    for title, sessions in (("In the trash", trashed), ("Kept long enough", old)):
        _list(title, sessions)
    if not old and not trashed:
        click.echo("There is nothing to delete.", err=True)
        return
    if dry_run:
        return
    _ask(yes)
    purge_trash(folder, [info.session_id for info in trashed], audit_log())
    if old:
        delete_overdue(folder, [info.session_id for info in old], audit_log())
    click.echo(f"Deleted for good: {len(old) + len(trashed)}.", err=True)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@store_option
@passphrase_option
@click.option("--force", is_flag=True, help="Replace FILE if it is there.")
def backup(file: Path, store: Path | None, passphrase_file: TextIO | None, force: bool) -> None:
    """Write all sessions to FILE, sealed with a passphrase.

    Whoever has FILE sees how long it is, and nothing else without the passphrase. There is no way
    back without it. Sessions in the trash are left out.
    """
    require_library()
    if file.exists() and not force:
        raise EnvironmentProblem(f"{file} is there already: choose another name, or give --force")
    folder = store or store_folder(load_settings(settings_path()))
    passphrase = _passphrase(passphrase_file, new=True)
    count = write_backup(folder, file, passphrase, audit_log())
    hint = "" if file.suffix == f".{ENDING}" else f" (backups usually end with .{ENDING})"
    click.echo(f"Wrote {file}, sessions: {count}{hint}.", err=True)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@store_option
@passphrase_option
def restore(file: Path, store: Path | None, passphrase_file: TextIO | None) -> None:
    """Add the sessions of a backup that the store doesn't have."""
    require_library()
    folder = store or store_folder(load_settings(settings_path()))
    restored = restore_backup(file, folder, _passphrase(passphrase_file, new=False), audit_log())
    click.echo(f"Sessions added: {restored.added}, already there: {restored.present}.", err=True)


@click.command()
@json_option
def audit(as_json: bool) -> None:
    """Show the audit log: what the program did with sessions, and which rules changed.

    Numbers and the program's own words only: no names, titles, texts or paths.
    """
    lines = audit_log().lines()
    if not as_json:
        for line in lines:
            click.echo(line)
        return
    events = []
    for line in lines:
        with suppress(ValueError):  # half a line, where the disk was full
            events.append(json.loads(line))
    print_json(events)


def _trashed(folder: Path) -> list[SessionInfo]:
    if not (folder / STORE_NAME).exists():
        return []
    with open_store(folder) as store:
        return store.trashed()


def _list(title: str, sessions: Sequence[SessionInfo]) -> None:
    if not sessions:
        return
    click.echo(f"{title}: {len(sessions)}", err=True)
    for info in sessions[:_LINES_SHOWN]:
        click.echo(session_line(info), err=True)
    if len(sessions) > _LINES_SHOWN:
        click.echo("   …", err=True)


def _ask(yes: bool) -> None:
    if yes:
        return
    if not sys.stdin.isatty():
        raise EnvironmentProblem("nothing was deleted, nobody here can agree to it: give --yes")
    click.confirm("Delete these for good?", abort=True, err=True)


def _passphrase(file: TextIO | None, new: bool) -> str:
    """Return the passphrase from a file's first line, or ask for it; a new one twice."""
    if file is not None:
        passphrase = file.readline().rstrip("\r\n")
    elif sys.stdin.isatty():
        passphrase = click.prompt("Passphrase", hide_input=True, confirmation_prompt=new, err=True)
    else:
        raise EnvironmentProblem("nobody here can type a passphrase: give --passphrase-file")
    if new:
        require_passphrase(passphrase)
    return passphrase
