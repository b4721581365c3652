"""Kinds that are read as text: tables of segments, slide decks, settings."""

from __future__ import annotations

import dataclasses
import json
import random
from contextlib import suppress
from pathlib import Path

from classroom_monitor.errors import EnvironmentProblem
from classroom_monitor.sessions.segment_import import LONGEST_TITLE, MOST_SEGMENTS, read_segments
from classroom_monitor.settings import (
    Settings,
    change_setting,
    load_settings,
    save_changes,
    save_settings,
)
from tests.fakes.decks import deck_parts, slide_xml, write_deck
from tests.fuzz.kind import Place
from tests.fuzz.mutations import TELLING, mutate
from tests.fuzz.texts import hostile_text

_TABLES = (
    "time,title\n0:00,Welcome\n12:30,Lenses\n1:02:03,Questions\n",
    "t_s;segment\n0;Welcome\n750;Lenses\n",
    "00:00\tWelcome\n12:30\tLenses\n",
    't_s,clock,segment\n0,2026-03-02T09:15:00+01:00,"Lenses, thick"\n1,2026,"Lenses, thick"\n',
    "\ufefftime,title\r\n,Welcome\r\n,Lenses\r\n",
)
_BOMB = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;">]><p>&c;&c;&c;&c;</p>'
)
_OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><p>&a;</p>'


class Tables:
    """Tables of segments, as the window reads them."""

    def make(self, dice: random.Random, place: Place) -> Path:
        path = place.inputs / "plan.csv"
        good = dice.choice(_TABLES)
        if dice.random() < 0.4:
            rows = [f"{hostile_text(dice)},{hostile_text(dice)}" for _ in range(dice.randint(0, 9))]
            good += "\n".join(rows)
        encoding = dice.choice(("utf-8", "utf-8", "utf-16", "utf-32", "utf-16-be"))
        content = good.encode(encoding, "surrogatepass")
        path.write_bytes(content if dice.random() < 0.2 else mutate(dice, content))
        return path

    def attempt(self, case: Path, place: Place) -> str:
        _check_segments(case)
        return "read"

    def close(self) -> None:
        pass


class Decks:
    """Slide decks, as the window reads them."""

    def make(self, dice: random.Random, place: Place) -> Path:
        path = place.inputs / "slides.pptx"
        slides = [slide_xml(title, shown_ms=9000) for title in ("Welcome", "Lenses", "Prisms")]
        parts: dict[str, str | bytes] = dict(deck_parts(slides))
        way = dice.random()
        if way < 0.5:
            name = dice.choice(tuple(parts))
            parts[name] = _forged_part(dice, str(parts[name]))
        write_deck(path, parts)
        if way > 0.4:
            path.write_bytes(mutate(dice, path.read_bytes()))
        return path

    def attempt(self, case: Path, place: Place) -> str:
        _check_segments(case)
        return "read"

    def close(self) -> None:
        pass


class Preferences:
    """Settings files, and settings as `classroom-monitor settings NAME VALUE` changes them."""

    def make(self, dice: random.Random, place: Place) -> Path:
        path = place.target / "settings.json"
        values = dataclasses.asdict(Settings())
        for name in dice.sample(tuple(values), dice.randint(0, 3)):
            values[name] = _json_value(dice)
        content = json.dumps(values).encode()
        if dice.random() < 0.1:
            content = dice.choice((b"[" * 100_000, b'{"a":' * 50_000, b"9" * 5000, b"\xff\xfe{}"))
        path.write_bytes(content if dice.random() < 0.4 else mutate(dice, content))
        names = [*values, hostile_text(dice)]
        self._changes = [(dice.choice(names), hostile_text(dice)) for _ in range(5)]
        return path

    def attempt(self, case: Path, place: Place) -> str:
        for name, text in self._changes:
            with suppress(EnvironmentProblem):
                changed = change_setting(Settings(), name, text)
                save_settings(changed, place.target / "changed.json")
                kept = load_settings(place.target / "changed.json")
                assert _whole(kept) == _whole(changed)
        settings = load_settings(case)
        save_changes(settings, dataclasses.replace(settings, title="Optics"), case)
        assert load_settings(case).title == "Optics"
        return "read"

    def close(self) -> None:
        pass


def _whole(settings: Settings) -> str:
    """Return all settings; halves of a character that stand side by side become one in JSON."""
    text = "\n".join(map(str, dataclasses.asdict(settings).values()))
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _check_segments(case: Path) -> None:
    segments = read_segments(case)
    assert 0 < len(segments) <= MOST_SEGMENTS
    for segment in segments:
        assert len(segment.title) <= LONGEST_TITLE
        assert segment.title.encode("utf-8", "replace")
        assert segment.t_s is None or segment.t_s >= 0


def _forged_part(dice: random.Random, good: str) -> bytes:
    if dice.random() < 0.5:
        return mutate(dice, good.encode())
    name = "ppt/slides/slide1.xml"
    forged = dice.choice(
        (
            *(_BOMB, _OUTSIDE, "<a>" * 50_000, "<a b='" + "x" * 3_000_000 + "'/>"),
            *(good.replace("ppt/", "../../"), good.replace("slides/", "file:///etc/"), "\0" * 99),
            *(good.replace("Welcome", hostile_text(dice)), good.replace("9000", "9" * 400)),
            good.replace(name, dice.choice(("ppt/presentation.xml", "/", "", "a" * 70_000))),
        )
    )
    return forged.encode("utf-8", "replace")


def _json_value(dice: random.Random) -> object:
    return dice.choice(
        (
            *(None, True, -1, 1e308, float("nan"), float("inf"), [], {}, [[]] * 9, 10**400),
            *(dice.choice(TELLING), hostile_text(dice), "eu", 0.5),
        )
    )
