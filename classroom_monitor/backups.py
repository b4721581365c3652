"""Backups of the store: all sessions in one file, sealed with a passphrase."""

from __future__ import annotations

from pathlib import Path

from classroom_monitor.audit import AuditLog
from classroom_monitor.errors import EnvironmentProblem
from classroom_monitor.files import replace_bytes
from classroom_monitor.sealed import (
    NotSealed,
    WrongPassphrase,
    require_library,
    require_passphrase,
    seal,
    unseal,
)
from classroom_monitor.sessions.store_copy import Restored, add_sessions, store_image

ENDING = "cmbackup"
"""What the names of backups end with."""


def write_backup(folder: Path, target: Path, passphrase: str, audit: AuditLog) -> int:
    """Write a folder's store to a sealed file, replacing it whole; return how many sessions.

    The file is readable by its owner only, and its content never lies on a disk unsealed. Raises
    EnvironmentProblem.
    """
    require_library()
    require_passphrase(passphrase)
    if target.exists() and not target.is_file():
        raise EnvironmentProblem(f"{target} is not a file: choose another name")
    image, count = store_image(folder)
    sealed = seal(image, passphrase)
    try:
        replace_bytes(target, sealed)
    except OSError as error:
        raise EnvironmentProblem(
            f"{target} cannot be written ({error.strerror}): choose another place"
        ) from error
    audit.note("backup", sessions=count)
    return count


def restore_backup(source: Path, folder: Path, passphrase: str, audit: AuditLog) -> Restored:
    """Add a backup's sessions to a folder's store, but for those that it has already.

    Raises EnvironmentProblem, before anything is added, for a file that is no sound backup and for
    a passphrase that isn't its own.
    """
    require_library()
    try:
        image = unseal(source.read_bytes(), passphrase)
    except OSError as error:
        raise EnvironmentProblem(
            f"{source} cannot be read ({error.strerror}): check its name and permissions"
        ) from error
    except NotSealed as error:
        raise EnvironmentProblem(
            f"{source} is not a backup of this program, or of a newer version of it: choose another"
        ) from error
    except WrongPassphrase as error:
        raise EnvironmentProblem(
            f"{source} cannot be opened: the passphrase is wrong, or the file was changed or cut"
        ) from error
    restored = add_sessions(image, source, folder)
    audit.note("restore", sessions=restored.added)
    return restored
