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
from classroom_monitor.sessions.report_content import make_report
from classroom_monitor.sessions.report_html import report_html
from classroom_monitor.sessions.store import Store


def export_sessions(
    store: Store, session_ids: Sequence[int], target: Path, file_format: ExportFormat
) -> tuple[Path, ...]:
    """Write sessions and return their files: target itself for one, files in it for several.

    Raises EnvironmentProblem for a session that is not there, before anything is written, and for
    a target that cannot be written; files of sessions before that one stay.
    """
    infos = [store.session(session_id) for session_id in session_ids]
    paths = [target]
    if len(infos) > 1:
        make_folder(target)
        paths = [target / name for name in export_names(infos, file_format)]
    for info, path in zip(infos, paths, strict=True):
        write_session(path, stored_session(store, info.session_id), file_format)
    return tuple(paths)


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
