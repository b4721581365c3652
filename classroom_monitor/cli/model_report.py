"""Describes model bundles for people and, as JSON, for programs."""

from __future__ import annotations

from typing import Any

from classroom_monitor.vision.bundle import Bundle
from classroom_monitor.vision.bundle_check import BundleCheck
from classroom_monitor.vision.bundle_library import BundlePlace, BundleState

Report = dict[str, Any]

KIND = "classifier"
"""What a bundle is for; face models are of another kind (face_model_report.py)."""

ORIGINS = {
    "shipped": "comes with the program",
    "added": "added by you",
    "folder": "in a folder of its own",
    "missing": "not there",
}


def describe_state(state: BundleState, *, in_use: bool) -> Report:
    """Return a bundle's entry in the list; what a refused one doesn't tell is None."""
    bundle, place = state.bundle, state.place
    return {
        "kind": KIND,
        "name": place.name,
        "version": bundle.version if bundle else None,
        "classes": list(bundle.classes) if bundle else None,
        "engines": list(bundle.roles) if bundle else None,
        "bytes": sum(file.size_bytes for file in bundle.files) if bundle else None,
        "licence": bundle.licence if bundle else None,
        "data_licence": data_licence(bundle) if bundle else None,
        "folder": str(place.folder),
        "origin": place.origin,
        "in_use": in_use,
        "for_sessions": state.for_sessions,
        "ok": bundle is not None,
        "problem": state.problem or None,
    }


def paragraph(report: Report) -> str:
    """Return an entry of the list as lines of text."""
    mark = "*" if report["in_use"] else " "
    title = f"{mark} {report['name']} {report['version'] or ''}".rstrip()
    notes = [ORIGINS[report["origin"]]]
    if report["in_use"]:
        notes.insert(0, "in use" if report["ok"] else "chosen")
    lines = {"state": report["problem"] or "ok"}
    if report["ok"]:
        purpose = "the window and every command"
        lines = {
            "classes": ", ".join(report["classes"]),
            "for": purpose if report["for_sessions"] else "evaluate and classify only",
            "engines": ", ".join(report["engines"]),
            "size": f"{report['bytes'] / 1e6:.1f} MB",
            "licence": f"{report['licence']}; training data: {report['data_licence']}",
            **lines,
        }
    if report["origin"] != "missing":
        lines["folder"] = report["folder"]
    details = [f"    {name:<8} {text}" for name, text in lines.items()]
    return "\n".join([f"{title}  ({', '.join(notes)})", *details])


def describe_check(place: BundlePlace, checked: BundleCheck) -> Report:
    """Return what checking a sound bundle showed."""
    return {
        "name": place.name,
        "version": checked.bundle.version,
        "folder": str(place.folder),
        "ok": True,
        "problem": None,
        "engines": list(checked.engines),
        "not_run": [role for role in checked.bundle.roles if role not in checked.engines],
        "max_difference": checked.max_difference,
    }


def describe_refusal(name: str, problem: str) -> Report:
    """Return what is wrong with a bundle, in the form of describe_check."""
    unknown = dict.fromkeys(("version", "folder", "engines", "not_run", "max_difference"))
    return {"name": name, **unknown, "ok": False, "problem": problem}


def check_line(report: Report) -> str:
    """Return a passed check as a line of text."""
    engines = ", ".join(report["engines"])
    name = f"{report['name']} {report['version'] or ''}".rstrip()
    text = f"{name}: ok, files verified; {engines}: "
    if report["max_difference"] is None:
        text += "answers"
    else:
        text += f"agree within {report['max_difference']:.2f}"
    if report["not_run"]:
        text += f" ({', '.join(report['not_run'])} verified, not run)"
    return text


def data_licence(bundle: Bundle) -> str:
    """Return what bundle.json says about its training data's licence, as one line."""
    text = bundle.data.get("licence")
    if not isinstance(text, str) or not text.strip():
        return "not stated"
    return "".join(sign if sign.isprintable() else " " for sign in text[:500])
