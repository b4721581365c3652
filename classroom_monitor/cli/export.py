"""The command that writes saved sessions to files."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import get_args

import click

from classroom_monitor.audit import audit_log
from classroom_monitor.cli.parameters import store_option
from classroom_monitor.cli.review import open_for_reading
from classroom_monitor.contracts import ExportFormat, SessionInfo
from classroom_monitor.errors import StoreProblem
from classroom_monitor.exports import export_sessions
from classroom_monitor.sessions.export import write_csv
from classroom_monitor.sessions.export_names import export_name
from classroom_monitor.sessions.store import Store

_FORMATS: tuple[ExportFormat, ...] = get_args(ExportFormat)


@click.command()
@click.argument("session", nargs=-1)
@click.option("--course", help="Every session of this course, instead of naming them.")
@store_option
@click.option(
    "--format",
    "file_format",
    type=click.Choice(_FORMATS),
    help="csv: a row a second; xlsx: a workbook; html, pdf: a report of one page.  "
    "[default: as FILE ends, or csv]",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="File to write, or folder for several sessions; a CSV has a .json that describes it "
    "beside it.  [default: CSV to stdout, others to a file named after the session]",
)
def export(
    session: tuple[str, ...],
    course: str | None,
    store: Path | None,
    file_format: ExportFormat | None,
    out: Path | None,
) -> None:
    """Write sessions, each named by its number, its title, or "latest".

    Seconds with fewer used faces than the session's group minimum have counts only; seconds that
    were left out have nothing. Beside the pages of several sessions, HTML or PDF, stands an
    overview of all of them.
    """
    if bool(session) == (course is not None):
        raise click.UsageError("name sessions, or a course with --course")
    kind = file_format or _format_of(out)
    with open_for_reading(store) as opened:
        infos = _of_course(opened, course) if course is not None else _named(opened, session)
        if out is None and kind == "csv" and len(infos) == 1:
            session_id = infos[0].session_id
            write_csv(sys.stdout, opened.points(session_id), opened.annotations(session_id))
            audit_log().note("export", sessions=1, format=kind)
            return
        target = out or Path(export_name(infos[0], kind) if len(infos) == 1 else ".")
        if len(infos) == 1 and target.is_dir():
            target /= export_name(infos[0], kind)
        ids = [info.session_id for info in infos]
        with _fonts_for(kind):
            for path in export_sessions(opened, ids, target, kind):
                click.echo(f"Wrote {path}.", err=True)
    audit_log().note("export", sessions=len(ids), format=kind)


@contextmanager
def _fonts_for(kind: ExportFormat) -> Iterator[None]:
    """Keep an application for as long as PDFs are written: Qt's fonts hang on it."""
    if kind != "pdf":
        yield
        return
    from classroom_monitor.gui.pdf_pages import offscreen_application

    application = offscreen_application()
    try:
        yield
    finally:
        application.quit()


def _format_of(out: Path | None) -> ExportFormat:
    ending = out.suffix.lower().removeprefix(".") if out is not None else ""
    return next((kind for kind in _FORMATS if kind == ending), "csv")


def _named(store: Store, keys: Sequence[str]) -> list[SessionInfo]:
    infos = {info.session_id: info for info in (store.session(key) for key in keys)}
    return list(infos.values())


def _of_course(store: Store, course: str) -> list[SessionInfo]:
    wanted = course.strip().casefold()
    infos = [info for info in store.list_sessions() if info.course.casefold() == wanted]
    if not infos:
        raise StoreProblem(f"no session belongs to a course {course!r}: see 'sessions'")
    return infos
