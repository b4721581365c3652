"""Every statement of SECURITY.md and PRIVACY.md stands beside tests that exist."""

import ast
import html
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from classroom_monitor.gui.room_notice_text import NoticeFacts, notice_html
from classroom_monitor.settings import Settings
from tests.fuzz.kinds import KINDS
from tests.supply.packages import direct_requirements

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = ("PRIVACY.md", "SECURITY.md")
UNTESTED = {
    "",
    *("Limits", "Template: impact assessment", "Template: notice to students"),
    *("Reporting a hole", "What is not defended", "Known vulnerabilities"),
    "Installing a release by hashes",
}
"""What no test can show: limits, duties, instructions, and what stands before the first heading."""

STATEMENT = re.compile(r"^- \*\*([A-Z]\d+)\*\* (.+)$")
REFERENCE = re.compile(r"\b([A-Z]\d{1,2})\b(?: to ([A-Z]\d{1,2})\b)?")
SPAN = re.compile(r"`([^`]+)`")
LOADERS = {"pickle", "marshal", "shelve", "dill", "cloudpickle", "joblib"}


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def sections(name: str) -> Iterator[tuple[str, list[str]]]:
    """Yield a document's headings of the second level, each with the lines below it."""
    for part in ("\n" + read(name)).split("\n## "):
        heading, *lines = part.splitlines()
        yield ("" if part.startswith("\n") else heading), lines


def statements(name: str) -> dict[str, tuple[str, list[str]]]:
    """Return {number: (sentence, tests)} of a document; a test is "FILE::NAME"."""
    found: dict[str, tuple[str, list[str]]] = {}
    for heading, lines in sections(name):
        if heading in UNTESTED:
            continue
        for line, following in zip(lines, [*lines[1:], ""], strict=True):
            if statement := STATEMENT.match(line):
                assert statement[1] not in found
                found[statement[1]] = (statement[2], named_tests(following))
    return found


def named_tests(line: str) -> list[str]:
    """Return the tests that the line below a statement names."""
    tests, file = [], ""
    for span in SPAN.findall(line):
        if span.endswith(".py"):
            file = span
        else:
            tests.append(f"{file}::{span}")
    return tests


@cache
def names_in(file: str) -> frozenset[str]:
    path = ROOT / file
    if not path.is_file():
        return frozenset()
    nodes = ast.parse(path.read_text(encoding="utf-8")).body
    return frozenset(node.name for node in nodes if isinstance(node, ast.FunctionDef))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_statement_has_tests_and_they_exist(name: str) -> None:
    found = statements(name)
    assert len(found) > 20
    assert [number for number, (_, tests) in found.items() if not tests] == []
    missing = {
        test
        for _, tests in found.values()
        for test in tests
        if not test.partition("::")[2].startswith("test_")
        or test.partition("::")[2] not in names_in(test.partition("::")[0])
    }
    assert missing == set()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_nothing_is_stated_without_a_number(name: str) -> None:
    stray = [
        line
        for heading, lines in sections(name)
        if heading not in UNTESTED
        for line in lines
        if line
        and not line.startswith(("### ", "  `tests/"))
        and not STATEMENT.match(line)
        and not line.startswith(("Each numbered statement", "[PRIVACY.md]"))
    ]
    assert stray == []


def test_numbers_that_are_referred_to_exist() -> None:
    known = {number for name in DOCUMENTS for number in statements(name)}
    for name in DOCUMENTS:
        for heading, lines in sections(name):
            if heading in UNTESTED:
                text = SPAN.sub("", "\n".join(lines))
                for first, last in REFERENCE.findall(text):
                    assert {first, last or first} <= known, (name, first, last)


def test_a_statement_without_a_test_would_be_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"{__name__}.ROOT", tmp_path)
    text = "# T\n\n## Some\n\n- **Z1** Said.\n\n- **Z2** Shown.\n  `tests/a.py`: `test_b`\n"
    (tmp_path / "T.md").write_text(text, encoding="utf-8")
    found = statements("T.md")
    assert found == {"Z1": ("Said.", []), "Z2": ("Shown.", ["tests/a.py::test_b"])}
    assert names_in("tests/nowhere.py") == frozenset()


def test_every_kind_of_file_that_is_fuzzed_is_stated() -> None:
    words = {"decks": "slide decks", "datasets": "data sets", "keras": "Keras weights"}
    (sentence,) = (said for said, _ in statements("SECURITY.md").values() if "forged pict" in said)
    assert [kind for kind in KINDS if words.get(kind, kind) not in sentence] == []


@pytest.mark.parametrize("counts_only", [True, False])
def test_the_notice_is_the_windows(counts_only: bool) -> None:
    page = notice_html(NoticeFacts(counts_only, Settings().group_minimum))
    title, *items = (html.unescape(text) for text in re.findall(r"<(?:h1|li)>(.+?)</", page))
    assert len(items) == 4
    expected = [f"> **{title}**", ">", *(f"> - {item}" for item in items), ">"]
    assert "\n".join([*expected, "> Questions or objections: ______"]) in read("PRIVACY.md")
    assert "Questions or objections:" in page


def test_moods_of_single_faces_are_not_asked_for_by_default() -> None:
    assert Settings().moods_on_faces is False


def test_the_face_finders_library_is_pinned() -> None:
    (pinned,) = (one for one in direct_requirements() if one.name == "mediapipe")
    assert pinned == Requirement("mediapipe==0.10.33")


def test_no_code_of_the_program_unpickles() -> None:
    found = [
        path.name
        for path in sorted((ROOT / "classroom_monitor").rglob("*.py"))
        if any(unpickles(node) for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    ]
    assert found == []


@pytest.mark.parametrize(
    "code", ["import pickle", "from joblib import load", "np.load(p, allow_pickle=True)", "eval(p)"]
)
def test_code_that_unpickles_would_be_found(code: str) -> None:
    assert any(unpickles(node) for node in ast.walk(ast.parse(code)))


def unpickles(node: ast.AST) -> bool:
    """Whether a piece of code loads code from data, or evaluates it."""
    if isinstance(node, ast.Import):
        return any(alias.name.partition(".")[0] in LOADERS for alias in node.names)
    if isinstance(node, ast.ImportFrom):
        return (node.module or "").partition(".")[0] in LOADERS
    if isinstance(node, ast.keyword):
        return node.arg == "allow_pickle" and not _is_false(node.value)
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"eval", "exec"}
    )


def _is_false(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is False
