"""What the first-start page says: plain, and no legal advice."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

ACT = "https://eur-lex.europa.eu/eli/reg/2024/1689/oj"
"""The AI Act on EUR-Lex, by its European Legislation Identifier."""


def principles() -> tuple[str, ...]:
    """Return what the program is and isn't."""
    return (
        _tr("It shows the room as a group, second by second, and not people."),
        _tr("It keeps no pictures. Faces are followed in memory only; counts and shares are kept."),
        _tr("An expression is not an emotion: a frown may be concentration, a smile politeness."),
    )


def europe_text() -> str:
    """Return what holds in the EU, with a link to the regulation."""
    law = _tr(
        "In the EU, using AI to infer people's emotions in education is prohibited, except for"
        " medical or safety reasons (<a href='{0}'>AI Act, Regulation (EU) 2024/1689</a>,"
        " Article 5(1)(f), since 2 February 2025)."
    )
    mode = _tr(
        "So the program starts in <b>counts-only mode</b>: it counts faces and shows coverage. It"
        " computes no moods and does not even load the classifier. Leaving this mode takes a"
        " written statement in the settings, which is kept in a log on this computer."
    )
    advice = _tr("Data protection law applies as well. This is information, not legal advice.")
    return f"{law.format(ACT)}<br><br>{mode}<br><br>{advice}"


def elsewhere_text() -> str:
    """Return what to do elsewhere."""
    return _tr(
        "Other rules may apply to you, such as data protection law or those of your institution."
        " Tell those present that a camera is used, that faces are counted and expressions"
        " estimated for the room as a whole, and that no pictures are kept. Your statement is"
        " kept in a log on this computer. This is information, not legal advice."
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("FirstStart", text)
