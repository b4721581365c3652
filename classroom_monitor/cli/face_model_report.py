"""Lists, checks, chooses, adds and removes face models, for the command `models`."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import click
import numpy as np

from classroom_monitor.cli.model_report import ORIGINS, Report
from classroom_monitor.contracts import FinderName
from classroom_monitor.errors import BundleProblem
from classroom_monitor.model_choice import face_model_library, require_finder
from classroom_monitor.settings import Settings, save_settings, settings_path
from classroom_monitor.vision.face_library import FaceModelLibrary, FaceModelRecord
from classroom_monitor.vision.face_models import shipped_models
from classroom_monitor.vision.faces import open_finder

KIND = "finder"
FINDERS: Sequence[FinderName] = ("mediapipe", "yunet")
TITLES: dict[str, str] = {"mediapipe": "MediaPipe", "yunet": "YuNet"}


def finder_named(name: str) -> FinderName | None:
    """Return the finder of this name, if it is one."""
    return next((finder for finder in FINDERS if finder == name), None)


def is_face_model(source: Path) -> bool:
    """Whether a file to add is a face model, by its name."""
    return source.suffix.lower() == ".onnx"


def face_model_reports(settings: Settings) -> list[Report]:
    """Return the face models' entries in the list, as model_report.describe_state's."""
    return [
        _mediapipe(settings),
        _yunet(face_model_library(settings), in_use=settings.finder == "yunet"),
    ]


def face_model_paragraph(report: Report) -> str:
    """Return a face model's entry of the list as lines of text."""
    mark = "*" if report["in_use"] else " "
    title = f"{mark} {report['name']} {report['version'] or ''}".rstrip()
    notes = [ORIGINS[report["origin"]]]
    if report["in_use"]:
        notes.insert(0, "in use" if report["ok"] else "chosen")
    lines = {"for": "finding faces"}
    if report["ok"]:
        lines["size"] = f"{report['bytes'] / 1e6:.1f} MB"
    if report["licence"]:
        lines["licence"] = f"{report['licence']}; from {report['source']}"
    lines["state"] = report["problem"] or "ok"
    if report["origin"] != "missing":
        lines["folder"] = report["folder"]
    details = [f"    {name:<8} {text}" for name, text in lines.items()]
    return "\n".join([f"{title}  ({', '.join(notes)})", *details])


def check_face_model(settings: Settings, name: FinderName) -> Report:
    """Verify a finder's files and try it; what `models check` reports of it.

    The report has the keys of model_report.describe_check's.
    """
    report: Report = {"name": name, "version": None, "folder": None, "ok": True, "problem": None}
    report |= {"engines": [TITLES[name]], "not_run": [], "max_difference": None}
    library = face_model_library(settings)
    try:
        if name == "yunet":
            report["version"] = library.check().version
            report["folder"] = str(library.place)
        else:
            shipped = shipped_models()
            report |= {"version": shipped.version, "folder": str(shipped.folder)}
            with closing(open_finder("room")) as finder:
                finder.find(np.zeros((240, 320, 3), np.uint8))
    except BundleProblem as problem:
        report |= {"ok": False, "problem": str(problem), "engines": None, "not_run": None}
    return report


def to_check(settings: Settings) -> list[FinderName]:
    """Return the finders that are checked when no model is named: those there are."""
    library = face_model_library(settings)
    wanted = library.has_model or settings.finder == "yunet"
    return [name for name in FINDERS if name == "mediapipe" or wanted]


def use_face_model(settings: Settings, name: FinderName) -> None:
    """Choose the finder from now on. Raises BundleProblem where it cannot be used."""
    require_finder(settings, name)
    save_settings(replace(settings, finder=name), settings_path())
    text = f"{TITLES[name]} finds faces from now on"
    if name != "mediapipe":
        text += "; 'classroom-monitor models use mediapipe' goes back"
    click.echo(f"{text}.", err=True)


def add_face_model(settings: Settings, source: Path) -> None:
    """Try a face model, keep a copy and show its licence. Raises BundleProblem."""
    library = face_model_library(settings)
    record = library.add(source)
    click.echo(f"YuNet {record.version}".rstrip(), err=True)
    click.echo(f"  file     {record.file}, SHA-256 {record.sha256}", err=True)
    click.echo(f"  licence  {record.licence}", err=True)
    click.echo(f"  source   {record.source}", err=True)
    click.echo(f"Added yunet in {library.place}.", err=True)
    click.echo("'classroom-monitor models use yunet' chooses it.", err=True)


def remove_face_model(settings: Settings, *, ask: bool) -> None:
    """Delete the added face model; where it is in use, MediaPipe is from now on."""
    library = face_model_library(settings)
    if ask and library.has_model:
        click.confirm(f"Delete {library.place}?", abort=True, err=True)
    library.remove()
    click.echo("Removed yunet.", err=True)
    if settings.finder == "yunet":
        use_face_model(settings, "mediapipe")


def _mediapipe(settings: Settings) -> Report:
    report = _entry("mediapipe", "shipped", in_use=settings.finder == "mediapipe")
    try:
        shipped = shipped_models()
    except BundleProblem as problem:
        return report | {"ok": False, "problem": str(problem)}
    return report | {
        "version": shipped.version,
        "folder": str(shipped.folder),
        "bytes": shipped.size_bytes,
        "licence": shipped.licence,
        "source": shipped.source,
    }


def _yunet(library: FaceModelLibrary, *, in_use: bool) -> Report:
    report = _entry("yunet", "added" if library.has_model else "missing", in_use=in_use)
    report["folder"] = str(library.place)
    try:
        report |= _described(library.record())
        library.read()
    except BundleProblem as problem:
        return report | {"ok": False, "problem": str(problem)}
    return report


def _described(record: FaceModelRecord) -> Report:
    return {
        "version": record.version or None,
        "bytes": record.size_bytes,
        "licence": record.licence,
        "source": record.source,
    }


def _entry(name: FinderName, origin: str, *, in_use: bool) -> Report:
    unknown = dict.fromkeys(("version", "classes", "engines", "bytes", "licence", "data_licence"))
    return {
        "kind": KIND,
        "name": name,
        **unknown,
        "source": None,
        "folder": None,
        "origin": origin,
        "in_use": in_use,
        "for_sessions": True,
        "ok": True,
        "problem": None,
    }
