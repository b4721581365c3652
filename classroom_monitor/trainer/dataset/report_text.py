"""The report on a data set as Markdown."""

from __future__ import annotations

from collections.abc import Sequence

from classroom_monitor.trainer.dataset.records import DataReport

_MOST_LISTED = 20
"""Lines of a list that a reader may want to see; data_report.json has them all."""


def to_markdown(report: DataReport) -> str:
    """Return the report as Markdown text."""
    lines = ["# Report on the data", "", *_overview(report), "", *_class_table(report)]
    for title, items in (
        ("What forbids training", report.problems),
        ("Unreadable, left out", report.unreadable),
        ("Black or otherwise of one grey, left out", report.blank),
        ("Unknown or no face by at least half of the votes, left out", report.rejected),
        ("The same picture with different classes", _contradictions(report)),
        ("Pictures that (nearly) also stand in a later part of the set's own", report.in_two_parts),
    ):
        lines += _listed(title, items)
    lines += ["", "![Examples of each class](data_examples.png)", ""]
    return "\n".join(lines)


def _overview(report: DataReport) -> list[str]:
    imbalance = "a class has none" if report.imbalance is None else f"{report.imbalance:.1f} to 1"
    return [
        f"- Pictures: {report.pictures}, of which {report.without_class} have no class",
        f"- In no part of the split: {report.not_in_split} (unusable, of no class where one is "
        "needed, beyond a limit, or near duplicates of a later part's)",
        f"- Licence: {report.licence}",
        f"- Largest against smallest class in training: {imbalance}",
        f"- Exact copies of an earlier picture: {report.exact}",
        f"- Copies or near duplicates of an earlier picture: {report.near}",
    ]


def _class_table(report: DataReport) -> list[str]:
    parts = list(report.counts)
    lines = [f"| class | {' | '.join(parts)} |", "|---|" + "---:|" * len(parts)]
    for name in report.classes:
        cells = " | ".join(str(report.counts[part][name]) for part in parts)
        lines.append(f"| {name} | {cells} |")
    return lines


def _contradictions(report: DataReport) -> list[str]:
    return [
        "; ".join(f"{origin} is {class_name}" for origin, class_name in group)
        for group in report.contradictory
    ]


def _listed(title: str, items: Sequence[str]) -> list[str]:
    if not items:
        return []
    lines = ["", f"## {title}: {len(items)}", ""]
    lines += [f"- {item}" for item in items[:_MOST_LISTED]]
    if len(items) > _MOST_LISTED:
        lines.append(f"- and {len(items) - _MOST_LISTED} more, listed in data_report.json")
    return lines
