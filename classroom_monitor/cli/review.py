"""Commands over saved sessions: sessions, delete."""

from __future__ import annotations

from pathlib import Path

import click

from classroom_monitor.app import run_options
from classroom_monitor.audit import audit_log
from classroom_monitor.cli.output import print_json
from classroom_monitor.cli.parameters import json_option, store_option
from classroom_monitor.contracts import SessionInfo
from classroom_monitor.sessions.export import session_summary
from classroom_monitor.sessions.store import Store, open_store
from classroom_monitor.settings import load_settings, settings_path


def open_for_reading(store: Path | None) -> Store:
    """Open the named store, or the one of the settings, without writing to it."""
    folder = store or run_options(load_settings(settings_path())).store_dir
    return open_store(folder, read_only=True)


@click.command()
@store_option
@json_option
def sessions(store: Path | None, as_json: bool) -> None:
    """List saved sessions, newest first."""
    with open_for_reading(store) as opened:
        infos = opened.list_sessions()
    if as_json:
        print_json([session_summary(info) for info in infos])
        return
    for info in infos:
        click.echo(session_line(info))
    if not infos:
        click.echo("No sessions saved yet.", err=True)


@click.command()
@click.argument("session")
@store_option
@click.option("--yes", is_flag=True, help="Don't ask.")
def delete(session: str, store: Path | None, yes: bool) -> None:
    """Delete a session for good, overwriting it in the store."""
    folder = store or run_options(load_settings(settings_path())).store_dir
    with open_store(folder) as opened:
        info = opened.session(session)
        if not yes:
            click.confirm(f"Delete {session_line(info)}?", abort=True, err=True)
        opened.delete(info.session_id)
        later = ", and overwritten once nobody else uses the store" if opened.has_traces else ""
    audit_log().note("deletion", sessions=1, because="asked for")
    click.echo(f"Deleted session {info.session_id}{later}.", err=True)


def session_line(info: SessionInfo) -> str:
    """Return a session as a line of a list."""
    minutes, seconds = divmod(info.seconds, 60)
    started = info.started_at.strftime("%Y-%m-%d %H:%M")
    kind = "counts only" if info.counts_only else info.mode
    name = f"{info.course}: {info.title}" if info.course else info.title
    return (
        f"{info.session_id:>4}  {started}  {minutes:>3}:{seconds:02}  {kind:<11}  "
        f"{info.state.value:<11}  {name}"
    )
