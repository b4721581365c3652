"""The log's file names nobody; this run's lines are whole, and stay in memory."""

import ast
import logging
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from classroom_monitor.errors import CameraProblem
from classroom_monitor.program_log import ProgramLog, anonymous_message

PACKAGE = Path(__file__).resolve().parents[1] / "classroom_monitor"
PRIVATE = "Miller's course, /home/miller/x, rtsp://miller:secret@10.0.0.7/"
logger = logging.getLogger("classroom_monitor.planted")


@pytest.fixture
def log(tmp_path: Path) -> Iterator[ProgramLog]:
    """A log that listens."""
    with ProgramLog(tmp_path / "log") as listening:
        yield listening


def kept(log: ProgramLog) -> str:
    """Return all that reached the disk."""
    return "\n".join(path.read_text(encoding="utf-8") for path in log.folder.iterdir())


def test_texts_stay_in_memory_and_numbers_are_kept(log: ProgramLog) -> None:
    logger.info("camera %s gave %d frames in %.2f s", PRIVATE, 25, 1.5)
    assert PRIVATE in log.lines()[-1]
    assert "camera <str> gave 25 frames in 1.50 s" in log.kept_lines()[-1]
    assert "miller" not in kept(log).lower()


def test_of_an_exception_its_kind_and_place_are_kept(log: ProgramLog) -> None:
    try:
        try:
            raise KeyError(PRIVATE)
        except KeyError as error:
            raise CameraProblem(f"cannot open {PRIVATE}") from error
    except CameraProblem:
        logger.exception("capture failed")
    assert "cannot open Miller" in "\n".join(log.lines())
    text = kept(log)
    assert "KeyError" in text
    assert "CameraProblem" in text
    assert "test_program_log.py" in text
    assert "miller" not in text.lower()
    assert str(Path(__file__).parent) not in text


def test_messages_of_libraries_are_not_kept(log: ProgramLog) -> None:
    logging.getLogger("somelibrary.part").error("cannot read Miller's notes")
    assert "ERROR somelibrary.part: (a message of a library)" in log.kept_lines()[-1]
    assert "miller" not in kept(log).lower()


def test_a_message_that_does_not_fit_its_values_is_kept_as_its_template() -> None:
    record = logging.makeLogRecord(
        {"name": "classroom_monitor.planted", "msg": "%d frames", "args": (PRIVATE,)}
    )
    assert anonymous_message(record) == "%d frames"


def test_a_long_log_loses_its_oldest_part(log: ProgramLog, monkeypatch: pytest.MonkeyPatch) -> None:
    assert log._file is not None
    monkeypatch.setattr(log._file, "maxBytes", 1000)
    for number in range(100):
        logger.info("line %d", number)
    lines = log.kept_lines()
    assert "line 99" in lines[-1]
    assert "line 0" not in lines[0]
    assert len(list(log.folder.iterdir())) == 4
    assert len(kept(log)) < 5000


def test_a_log_that_another_window_holds_goes_on(
    log: ProgramLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    def held(_source: str, _target: str) -> None:
        raise PermissionError("in use")

    assert log._file is not None
    monkeypatch.setattr(log._file, "maxBytes", 200)
    monkeypatch.setattr(log._file, "rotate", held)
    for number in range(9):
        logger.info("line %d", number)
    assert "line 8" in log.kept_lines()[-1]


def test_without_a_folder_the_program_goes_on(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with ProgramLog(tmp_path / "file") as log:
        logger.info("still here")
        assert log.kept_lines() == []
        assert "no log file" in log.lines()[0]
        assert "still here" in log.lines()[-1]


def test_it_leaves_logging_as_it_was(tmp_path: Path) -> None:
    root, package = logging.getLogger(), logging.getLogger("classroom_monitor")
    before = list(root.handlers), [handler.level for handler in root.handlers], package.level
    with ProgramLog(tmp_path):
        assert len(root.handlers) == len(before[0]) + 2
    after = list(root.handlers), [handler.level for handler in root.handlers], package.level
    assert after == before


def test_the_console_hears_no_more_than_before(tmp_path: Path) -> None:
    heard: list[str] = []

    class Console(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            heard.append(record.getMessage())

    root = logging.getLogger()
    console, level = Console(), root.level
    root.addHandler(console)
    root.setLevel(logging.WARNING)
    try:
        with ProgramLog(tmp_path) as log:
            logger.info("for the log")
            logger.warning("for both")
            assert "for the log" in log.lines()[-2]
    finally:
        root.removeHandler(console)
        root.setLevel(level)
    assert heard == ["for both"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other permissions")
def test_the_files_are_their_owners(tmp_path: Path) -> None:
    with ProgramLog(tmp_path / "log"):
        logger.warning("a line")
    (file,) = (tmp_path / "log").iterdir()
    assert file.read_text(encoding="utf-8")
    assert (tmp_path / "log").stat().st_mode & 0o077 == file.stat().st_mode & 0o077 == 0


def test_every_message_is_a_template() -> None:
    """A text that was filled in before it is logged would reach the file with what filled it."""
    wrong = []
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            owner, level = node.func.value, node.func.attr
            if not (isinstance(owner, ast.Name) and owner.id == "logger"):
                continue
            template = node.args[1 if level == "log" else 0]
            if not (isinstance(template, ast.Constant) and isinstance(template.value, str)):
                wrong.append(f"{path.relative_to(PACKAGE)}:{node.lineno}")
    assert wrong == []
