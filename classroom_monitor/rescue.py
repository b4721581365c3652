"""Where a session goes that its store doesn't take, and how it comes home once the store does."""

from __future__ import annotations

import logging
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from classroom_monitor.contracts import SessionInfo, SessionState
from classroom_monitor.errors import StoreProblem
from classroom_monitor.sessions.store import open_store
from classroom_monitor.sessions.store_connection import STORE_NAME
from classroom_monitor.sessions.store_copy import add_sessions, store_image
from classroom_monitor.settings import default_store_dir

logger = logging.getLogger(__name__)

FOLDER_NAME = "rescued"


def refuge_folders(store_dir: Path) -> tuple[Path, ...]:
    """Return where sessions of a folder's store are saved that it doesn't take, in this order.

    The folder inside helps where the store's file is damaged, the other, where stores usually lie,
    where the disk is full or gone.
    """
    folders = (store_dir / FOLDER_NAME, default_store_dir() / FOLDER_NAME)
    return tuple(dict.fromkeys(folders))


def bring_all_home(store_dir: Path) -> int:
    """Move all rescued sessions into a folder's store, where it takes them; return how many."""
    count = 0
    for refuge in refuge_folders(store_dir):
        try:
            count += bring_home(refuge, store_dir)
        except (StoreProblem, OSError) as problem:
            logger.warning("rescued sessions stay in %s: %s", refuge, problem)
    return count


def bring_home(refuge: Path, store_dir: Path) -> int:
    """Move a refuge's sessions into a folder's store; return how many were.

    What the store has of their beginnings goes to its trash. Only what is seen to be in the store
    is deleted from the refuge, so that whoever is stopped has lost nothing. Raises StoreProblem.
    """
    path = refuge / STORE_NAME
    if not path.exists():
        return 0
    with open_store(refuge) as rescued:
        sessions = rescued.list_sessions()
    if any(info.state is SessionState.RUNNING for info in sessions):
        return 0  # another window is saving it just now
    image, _ = store_image(refuge)
    with open_store(store_dir) as store:
        for info in store.list_sessions():
            if any(_is_beginning(info, whole) for whole in sessions):
                store.trash(info.session_id)
    add_sessions(image, path, store_dir)
    with open_store(store_dir, read_only=True) as store:
        stored = store.list_sessions()
    home = [whole for whole in sessions if any(_is_all_of(whole, info) for info in stored)]
    _remove(refuge, home)
    return len(home)


def _is_all_of(whole: SessionInfo, info: SessionInfo) -> bool:
    return replace(info, session_id=whole.session_id) == whole


def _is_beginning(info: SessionInfo, whole: SessionInfo) -> bool:
    same_start = (info.started_at, info.source) == (whole.started_at, whole.source)
    return same_start and info.state is SessionState.INTERRUPTED and info.seconds <= whole.seconds


def _remove(refuge: Path, sessions: list[SessionInfo]) -> None:
    with open_store(refuge) as rescued:
        rescued.delete_all([info.session_id for info in sessions])
        if rescued.list_sessions() or rescued.has_traces:
            return  # or somebody reads it: the next who opens it overwrites what was deleted
    (refuge / STORE_NAME).unlink(missing_ok=True)
    with suppress(OSError):  # holds something else
        refuge.rmdir()
