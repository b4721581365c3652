"""Writes stored sessions to files, for the command and the window alike."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from classroom_monitor.contracts import ExportFormat
from classroom_monitor.errors import EnvironmentProblem
from classroom_monitor.sessions.export import export_csv
from classroom_monitor.sessions.export_names import export_names
from classroom_monitor.sessions.store import Store


def export_sessions(
    store: Store, session_ids: Sequence[int], target: Path, file_format: ExportFormat
) -> tuple[Path, ...]:
    """Write sessions and return their files: target itself for one, files in it for several.

    Raises EnvironmentProblem for a session that is not there and a target that cannot be written.
    """
    infos = [store.session(session_id) for session_id in session_ids]
    paths = [target]
    if len(infos) > 1:
        _make_folder(target)
        paths = [target / name for name in export_names(infos, file_format)]
    for info, path in zip(infos, paths, strict=True):
        points, markers = store.points(info.session_id), store.markers(info.session_id)
        export_csv(path, info, points, markers)
    return tuple(paths)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise EnvironmentProblem(
            f"{folder} cannot be made ({error.strerror}): choose another folder"
        ) from error
