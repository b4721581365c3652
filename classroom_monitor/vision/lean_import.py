"""Imports a library without packages that it drags in and the program never uses."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import ModuleType
from typing import Any

_importing = threading.RLock()


@contextmanager
def lean_import(missing: Sequence[str], hollow: Sequence[str]) -> Iterator[None]:
    """Within the block importing a package of missing fails, and one of hollow gives nothing.

    missing is for packages that the library itself treats as optional, hollow for those that it
    imports for parts that are never called. Packages that are imported already stay as they
    are; afterwards all can be imported as ever. Imports of other threads meanwhile see the
    same, so the block should be short, and who needs those packages uses imports_undisturbed.
    """
    modules: dict[str, Any] = sys.modules  # a None in it makes an import fail
    with _importing:
        stand_ins: dict[str, Any] = {name: None for name in missing if name not in modules}
        stand_ins |= {name: ModuleType(name) for name in hollow if name not in modules}
        modules.update(stand_ins)
        try:
            yield
        finally:
            for name in stand_ins:
                modules.pop(name, None)


@contextmanager
def imports_undisturbed() -> Iterator[None]:
    """Within the block no other thread is in a lean_import: a lean one waits for its end."""
    with _importing:
        yield
