"""Writes stored sessions to files, for the command and the window alike."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from classroom_monitor.contracts import ExportFormat
from classroom_monitor.gui.services import StoredSession
from classroom_monitor.session_archive import stored_session
from classroom_monitor.sessions.export import export_csv
from classroom_monitor.sessions.export_files import encoded, make_folder, replace_files
from classroom_monitor.sessions.export_names import export_names
from classroom_monitor.sessions.overview import Overview, OverviewRow, make_overview
from classroom_monitor.sessions.overview_html import overview_html
from classroom_monitor.sessions.report_content import make_report
from classroom_monitor.sessions.report_html import report_html
from classroom_monitor.sessions.store import Store
from classroom_monitor.sessions.summary import summarise

OVERVIEW_STEM = "overview"
"""What the page over several sessions is called, in the folder of their own pages."""


def export_sessions(
    store: Store, session_ids: Sequence[int], target: Path, file_format: ExportFormat
) -> tuple[Path, ...]:
    """Write sessions and return their files: target itself for one, files in it for several.

    Beside the pages of several sessions, HTML or PDF, stands one over all of them. Raises
    EnvironmentProblem for a session that is not there, before anything is written, and for a
    target that cannot be written; files of sessions before that one stay.
    """
    infos = [store.session(session_id) for session_id in session_ids]
    if len(infos) == 1:
        write_session(target, stored_session(store, infos[0].session_id), file_format)
        return (target,)
    make_folder(target)
    paths = tuple(target / name for name in export_names(infos, file_format))
    rows = []
    for info, path in zip(infos, paths, strict=True):
        session = stored_session(store, info.session_id)
        write_session(path, session, file_format)
        whole = summarise(session.points, session.annotations.exclusions, 0.0, float("inf"))
        rows.append(OverviewRow(session.info, whole, path.name))
    if file_format in ("html", "pdf") and rows:
        page = _overview_bytes(make_overview(rows), file_format)
        replace_files({target / f"{OVERVIEW_STEM}.{file_format}": page})
    return paths


def write_session(path: Path, session: StoredSession, file_format: ExportFormat) -> None:
    """Write one session; an existing file is replaced whole. Raises EnvironmentProblem."""
    if file_format == "csv":
        export_csv(path, session)
    else:
        replace_files({path: report_bytes(session, file_format)})


def report_bytes(session: StoredSession, file_format: ExportFormat) -> bytes:
    """Return a session's report as the bytes of an xlsx, html or pdf file.

    Raises EnvironmentProblem where this machine lacks what a PDF needs.
    """
    report = make_report(session)
    if file_format == "html":
        return encoded(report_html(report))
    if file_format == "xlsx":
        from classroom_monitor.sessions.report_xlsx import report_xlsx

        return report_xlsx(report)
    from classroom_monitor.gui.report_pdf import report_pdf

    return report_pdf(report)


def _overview_bytes(overview: Overview, file_format: ExportFormat) -> bytes:
    if file_format == "html":
        return encoded(overview_html(overview))
    from classroom_monitor.gui.overview_pdf import overview_pdf

    return overview_pdf(overview)
