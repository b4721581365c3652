"""Commands about this machine: cameras, doctor, settings."""

from __future__ import annotations

import dataclasses
import sys
from pathlib import Path

import click

from classroom_monitor.audit import audit_log, audit_path, on_record
from classroom_monitor.cli.output import print_json
from classroom_monitor.cli.parameters import json_option, store_option
from classroom_monitor.settings import change_setting, load_settings, save_settings, settings_path


@click.command()
@json_option
def cameras(as_json: bool) -> None:
    """List this machine's cameras by name."""
    from classroom_monitor.vision.camera_list import list_cameras

    found = list_cameras()
    if as_json:
        print_json([dataclasses.asdict(camera) for camera in found])
        return
    for camera in found:
        click.echo(f"{camera.index:>3}  {camera.name}")
    if not found:
        click.echo("No camera found. 'classroom-monitor demo' works without one.", err=True)


@click.command()
@store_option
@json_option
def doctor(store: Path | None, as_json: bool) -> None:
    """Say what works here: cameras, engines, models, store, window."""
    from classroom_monitor.cli.doctor import examine

    findings = examine(store)
    if as_json:
        print_json([dataclasses.asdict(finding) for finding in findings])
    else:
        for finding in findings:
            click.echo(f"{'ok  ' if finding.ok else 'FAIL'}  {finding.part:<10} {finding.detail}")
    if not all(finding.ok for finding in findings):
        sys.exit(1)


@click.command()
@click.argument("name", required=False)
@click.argument("value", required=False)
@json_option
def settings(name: str | None, value: str | None, as_json: bool) -> None:
    """Show the settings, or change one: settings region other.

    region is where the program is used: unset, eu or other. In eu it runs counts-only unless
    lawful_exception holds your statement of a lawful exception. Elsewhere, informed says that
    those present are told before every session. Such statements, and changes of the mode that they
    bring, are kept in a log on this computer.
    """
    current = load_settings(settings_path())
    if name is not None and value is not None:
        changed = change_setting(current, name, value)
        with on_record(current, changed, audit_path()):
            save_settings(changed, settings_path())
        audit_log().note_changes(current, changed)
        current = changed
    values = dataclasses.asdict(current)
    if name is not None and name not in values:
        raise click.UsageError(f"there is no setting {name}: {', '.join(values)}")
    if name is not None:
        values = {name: values[name]}
    if as_json:
        print_json(values)
        return
    for key, shown in values.items():
        click.echo(f"{key} = {shown}")
