"""Brings the texts for translators up to date, and compiles translations.

    python -m tests.translations             the English texts, for Qt Linguist
    python -m tests.translations de          the same, keeping what was translated to German so far
    python -m tests.translations --release   every translated language, for the window to load

Qt's lupdate reads the sources. It doesn't follow the modules' own short `_tr`, which stands for
QCoreApplication.translate with the module's context, and no characters by their names: lupdate is
given copies that spell them out.
"""

import argparse
import re
import subprocess
import sys
import tempfile
import unicodedata
from pathlib import Path
from xml.etree import ElementTree

import PySide6

from classroom_monitor.gui.translation import NAME, translations_dir

GUI = Path(__file__).resolve().parents[1] / "classroom_monitor" / "gui"
_CONTEXT = re.compile(
    r'def _tr\(text: str\) -> str:\n(?:    """.*"""\n)?    return '
    r'QCoreApplication\.translate\("(\w+)", text\)'
)
_CHARACTER = re.compile(r"\\N\{([A-Z0-9 -]+)\}")
_CALL = re.compile(r"(?<!def )(?<![\w.])_tr\(")

Texts = set[tuple[str, str]]
"""Contexts and the texts in them."""


def spelled_out(source: str) -> str:
    """Return a module with each `_tr`, and each character's name, as what it stands for."""
    source = _CHARACTER.sub(lambda name: unicodedata.lookup(name.group(1)), source)
    context = _CONTEXT.search(source)
    if context is None:
        return source
    head, tail = source[: context.start()], source[context.end() :]
    call = f'QCoreApplication.translate("{context.group(1)}", '
    return _CALL.sub(call, head) + _CALL.sub(call, tail)


def update(target: Path) -> None:
    """Write the texts of the window into a .ts file, keeping the translations that it holds."""
    with tempfile.TemporaryDirectory() as folder:
        copies = []
        for module in sorted(GUI.rglob("*.py")):
            copy = Path(folder) / module.relative_to(GUI)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(spelled_out(module.read_text(encoding="utf-8")), encoding="utf-8")
            copies.append(str(copy))
        _qt_tool("lupdate", "-locations", "none", "-no-obsolete", *copies, "-ts", str(target))


def release(source: Path, target: Path) -> None:
    """Compile a .ts file into a .qm file."""
    _qt_tool("lrelease", str(source), "-qm", str(target))


def texts(path: Path) -> Texts:
    """Return what a .ts file holds."""
    root = ElementTree.parse(path).getroot()
    return {
        (context.findtext("name", ""), message.findtext("source", ""))
        for context in root.iter("context")
        for message in context.iter("message")
    }


def _qt_tool(name: str, *arguments: str) -> None:
    tool = Path(PySide6.__file__).parent / (f"{name}.exe" if sys.platform == "win32" else name)
    ran = subprocess.run(
        [str(tool), *arguments], capture_output=True, text=True, timeout=120, check=False
    )
    if ran.returncode:
        raise SystemExit(ran.stdout + ran.stderr)


def main() -> None:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(description="The window's texts, for translators.")
    parser.add_argument("language", nargs="?", help="such as de; without it, the English texts")
    parser.add_argument("--release", action="store_true", help="compile all translations")
    chosen = parser.parse_args()
    folder = translations_dir()
    if chosen.release:
        for source in sorted(folder.glob(f"{NAME}_*.ts")):
            release(source, source.with_suffix(".qm"))
        return
    name = f"{NAME}_{chosen.language}.ts" if chosen.language else f"{NAME}.ts"
    update(folder / name)


if __name__ == "__main__":
    main()
