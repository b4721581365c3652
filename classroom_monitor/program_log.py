"""The program's log: this run's in memory, in full, and a file that names nobody.

The file is for the days after: texts that a message was filled with (names, paths, addresses,
titles) never reach the disk. Numbers do, and so do the kinds of exceptions and where they arose.
"""

from __future__ import annotations

import logging
import os
import traceback
from collections import deque
from contextlib import suppress
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path, PurePath
from types import TracebackType

import platformdirs

from classroom_monitor.settings import APP_NAME

logger = logging.getLogger(__name__)

PACKAGE = "classroom_monitor"
_FILE_NAME = "classroom-monitor.log"
_FILE_BYTES = 2**19
_OLDER_FILES = 3
_LINES_IN_MEMORY = 2000
_LIBRARIES = "site-packages"


def log_dir() -> Path:
    """Return the folder of the log files; it need not exist."""
    return Path(platformdirs.user_log_dir(APP_NAME, appauthor=False))


class ProgramLog:
    """Keeps a log while it is entered; whatever already listens goes on as before."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._memory = MemoryHandler()
        self._file: QuietFileHandler | None = None
        self._levels: list[tuple[logging.Handler, int]] = []

    def __enter__(self) -> ProgramLog:
        """Begin to listen. A folder that cannot be written is logged, and is no reason to stop."""
        root, package = logging.getLogger(), logging.getLogger(PACKAGE)
        self._levels = [(handler, handler.level) for handler in root.handlers]
        for handler, level in self._levels:
            handler.setLevel(max(level, root.level))  # the package tells more from now on
        self._package_level = package.level
        package.setLevel(logging.INFO)
        root.addHandler(self._memory)
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._file = QuietFileHandler(self.folder / _FILE_NAME)
        except OSError as error:
            logger.warning("no log file in %s: %s", self.folder, error)
        else:
            root.addHandler(self._file)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop listening, and leave everything as it was found."""
        root = logging.getLogger()
        for handler in (self._memory, self._file):
            if handler is not None:
                root.removeHandler(handler)
                handler.close()
        for listener, level in self._levels:
            listener.setLevel(level)
        logging.getLogger(PACKAGE).setLevel(self._package_level)

    def lines(self) -> tuple[str, ...]:
        """Return this run's lines in full, oldest first: for the screen, not for a file."""
        return self._memory.lines()

    def kept_lines(self) -> list[str]:
        """Return the lines of the files, oldest first; they name nobody."""
        found: list[str] = []
        for number in range(_OLDER_FILES, -1, -1):
            name = _FILE_NAME + (f".{number}" if number else "")
            with suppress(OSError):
                found += (self.folder / name).read_text("utf-8", "replace").splitlines()
        return found


class MemoryHandler(logging.Handler):
    """Keeps the newest lines as they are."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        self._lines: deque[str] = deque(maxlen=_LINES_IN_MEMORY)

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a message; a traceback is several lines."""
        try:
            self._lines.extend(self.format(record).splitlines())
        except (TypeError, ValueError):  # the values don't fit the message
            self.handleError(record)

    def lines(self) -> tuple[str, ...]:
        """Return the lines, oldest first."""
        self.acquire()  # threads log meanwhile
        try:
            return tuple(self._lines)
        finally:
            self.release()


class QuietFileHandler(RotatingFileHandler):
    """Writes what names nobody; a disk that fails is no matter for who logs."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, "a", _FILE_BYTES, _OLDER_FILES, "utf-8")
        self.setFormatter(AnonymousFormatter())

    def doRollover(self) -> None:  # noqa: N802 - the name of logging's method
        """Begin a new file, or go on with the old one while another window holds it open."""
        with suppress(OSError):
            super().doRollover()
        if self.stream is None:
            self.stream = self._open()

    def _open(self) -> TextIOWrapper:
        """Open the file for its owner alone."""
        descriptor = os.open(self.baseFilename, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        return TextIOWrapper(os.fdopen(descriptor, "ab"), self.encoding, line_buffering=True)

    def close(self) -> None:
        """Close the file, without the last lines where a full disk doesn't take them."""
        with suppress(OSError):
            super().close()

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        """Lose the line: a full disk is said by what needs the disk."""


class AnonymousFormatter(logging.Formatter):
    """Fills messages with numbers only, and leaves out what exceptions say."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, and where an exception arose below it."""
        head = f"{self.formatTime(record)} {record.levelname} {record.name}: "
        lines = [head + anonymous_message(record)]
        if record.exc_info and record.exc_info[1] is not None:
            lines += anonymous_traceback(record.exc_info[1])
        return "\n".join(lines)


def anonymous_message(record: logging.LogRecord) -> str:
    """Return a message with its numbers, and kinds in the place of texts.

    Of other packages only that they had something to say: their messages may be filled already.
    """
    if record.name.partition(".")[0] != PACKAGE:
        return "(a message of a library)"
    if not isinstance(record.args, tuple):
        return str(record.msg)
    try:
        return str(record.msg) % tuple(_anonymous(value) for value in record.args)
    except (TypeError, ValueError):
        return str(record.msg)


def anonymous_traceback(error: BaseException) -> list[str]:
    """Return where an exception came from and its kind, without its message."""
    lines = [
        f"  {_known_part(frame.filename)}:{frame.lineno} in {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]
    lines.append(f"  {type(error).__name__}")
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return (anonymous_traceback(cause) if cause is not None else []) + lines


def _anonymous(value: object) -> object:
    if value is None or isinstance(value, bool | int | float):
        return value
    return f"<{type(value).__name__}>"


def _known_part(filename: str) -> str:
    """Return the part of a path that everybody's installation has."""
    parts = PurePath(filename).parts
    for known in (_LIBRARIES, PACKAGE):
        if known in parts:
            return "/".join(parts[parts.index(known) + (known == _LIBRARIES) :])
    return parts[-1] if parts else filename
