"""The kinds of hostile input, by the names that the command knows them by."""

from __future__ import annotations

import importlib

from tests.fuzz.kind import Kind

_PLACES = {
    "pictures": "files.Pictures",
    "archives": "files.Archives",
    "videos": "files.Videos",
    "bundles": "bundles.Bundles",
    "stores": "sessions.Stores",
    "names": "sessions.Names",
    "backups": "backups.Backups",
    "tables": "plans.Tables",
    "decks": "plans.Decks",
    "settings": "plans.Preferences",
    "datasets": "training.Datasets",
    "keras": "training.KerasWeights",
}
"""Where each is; only the one that is tried is imported."""

KINDS = tuple(_PLACES)


def make_kind(name: str) -> Kind:
    """Return a kind by its name, or one of known_bad.py's by MODULE.CLASS."""
    module, kind = _PLACES.get(name, name).split(".")
    made: Kind = getattr(importlib.import_module(f"tests.fuzz.kinds.{module}"), kind)()
    return made
