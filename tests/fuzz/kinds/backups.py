"""Backups as `restore` and the window are given them: sealed files, and stores inside of them."""

from __future__ import annotations

import importlib.util
import random
from pathlib import Path
from tempfile import TemporaryDirectory

from classroom_monitor.audit import AuditLog
from classroom_monitor.backups import restore_backup
from classroom_monitor.sealed import seal
from classroom_monitor.sessions.store import open_store
from classroom_monitor.sessions.store_connection import STORE_NAME
from classroom_monitor.sessions.store_copy import add_sessions
from tests.fuzz.kind import Place
from tests.fuzz.kinds.sessions import forge, whole_stores
from tests.fuzz.mutations import mutate, nudge

_PASSPHRASE = "correct horse battery staple"
_SEALED_SHARE = 0.1
"""Opening a sealed file takes a second, as it is meant to."""


class Backups:
    """Broken sealed files, and sealed files whose makers knew the passphrase and meant no good."""

    def __init__(self) -> None:
        with TemporaryDirectory() as folder:
            self._good = [files[STORE_NAME] for files in whole_stores(Path(folder))]
        can_seal = importlib.util.find_spec("nacl") is not None
        self._sealed = seal(self._good[1], _PASSPHRASE) if can_seal else b""

    def make(self, dice: random.Random, place: Place) -> Path:
        if self._sealed and dice.random() < _SEALED_SHARE:
            path = place.inputs / "backup.cmbackup"
            whole = dice.random() < 0.2
            path.write_bytes(self._sealed if whole else mutate(dice, self._sealed))
            return path
        path = place.inputs / "inner.sqlite"
        path.write_bytes(dice.choice(self._good))
        way = dice.random()
        if way < 0.5:
            forge(dice, path, planted=way < 0.1)
        else:
            content = path.read_bytes()
            path.write_bytes(nudge(dice, content) if way < 0.8 else mutate(dice, content))
        return path

    def attempt(self, case: Path, place: Place) -> str:
        store = place.target / "store"
        if case.suffix == ".sqlite":
            add_sessions(case.read_bytes(), case, store)
        else:
            restore_backup(case, store, _PASSPHRASE, AuditLog())
        with open_store(store) as opened:
            for info in opened.list_sessions():
                opened.points(info.session_id)
                opened.annotations(info.session_id)
        return "restored"

    def close(self) -> None:
        pass
