"""The notice for the room: what those present are told, as a page of HTML."""

from __future__ import annotations

import html
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from classroom_monitor.settings import Settings


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """What the notice depends on; contact is who answers questions, "" for a line to write on."""

    counts_only: bool
    group_minimum: int
    contact: str = ""


def notice_facts(settings: Settings, contact: str = "") -> NoticeFacts:
    """Return the facts of sessions with these settings."""
    return NoticeFacts(settings.counts_only, settings.group_minimum, contact)


def notice_html(facts: NoticeFacts) -> str:
    """Return the notice as a whole HTML document that needs nothing else.

    The tags are those that Qt's text documents know as well, so that screen, paper and browser
    show the same.
    """
    title = html.escape(_title(facts))
    items = "\n".join(f"<li>{html.escape(text)}</li>" for text in _items(facts))
    return (
        "<!DOCTYPE html>\n<html>\n<head>\n<meta charset='utf-8'>\n"
        f"<title>{title}</title>\n"
        "<style>body { font-family: sans-serif; margin: 2em; } li { margin-bottom: 0.6em; }"
        "</style>\n</head>\n<body>\n"
        f"<h1>{title}</h1>\n<ul>\n{items}\n</ul>\n{_contact(facts)}\n</body>\n</html>\n"
    )


def _title(facts: NoticeFacts) -> str:
    if facts.counts_only:
        return _tr("A camera counts faces in this room")
    return _tr("A camera looks at this room as a group")


def _items(facts: NoticeFacts) -> tuple[str, ...]:
    kept_nowhere = _tr(
        "No pictures and no sound are kept, and nobody is recognised. Faces are followed in"
        " memory only, while they are in sight."
    )
    if facts.counts_only:
        return (
            _tr("During this lecture a program counts the faces that a camera sees."),
            _tr("It does not look at expressions."),
            kept_nowhere,
            _tr("What is saved, second by second: how many faces were seen."),
        )
    return (
        _tr(
            "During this lecture a program estimates, for the room as a whole, how many faces look"
            " positive, neutral or negative."
        ),
        kept_nowhere,
        _tr(
            "What is saved, second by second: how many faces were seen, and the group's shares"
            " where at least {0} faces count."
        ).format(facts.group_minimum),
        _tr("An expression is not an emotion, and the program can be wrong."),
    )


def _contact(facts: NoticeFacts) -> str:
    asked = html.escape(_tr("Questions or objections:"))
    contact = " ".join(facts.contact.split())
    return f"<p>{asked} <b>{html.escape(contact) if contact else '_' * 30}</b></p>"


def _tr(text: str) -> str:
    return QCoreApplication.translate("RoomNotice", text)
