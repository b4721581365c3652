"""Every text that the window shows can be translated, and the file for translators has it."""

import ast
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QTableView,
    QTabWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from classroom_monitor.gui.main_window import MainWindow
from classroom_monitor.gui.room_notice import RoomNotice
from classroom_monitor.gui.settings_dialog import SettingsDialog
from classroom_monitor.gui.translation import NAME, install_translation, translations_dir
from classroom_monitor.settings import Settings
from tests.fakes.services import FakeServices
from tests.gui.scenes import SCENES, Scene, close
from tests.translations import GUI, release, spelled_out, texts, update

GERMAN = QLocale(QLocale.Language.German)
OF_QT = {"Speichern", "Abbrechen", "Nach links scrollen", "Nach rechts scrollen"}
"""What Qt's own German translation says."""

OF_PYQTGRAPH = {"Export..."}  # in a menu that the window doesn't show
OF_THE_FAKES = {"Lecture hall camera"}  # a camera's own name

_WORD = re.compile(r"[^\W\d_]{2}")
_KEYS = re.compile(r"(Ctrl|Shift|Alt)\+.$")
_HORIZONTAL = Qt.Orientation.Horizontal


def test_the_file_for_translators_is_up_to_date(tmp_path: Path) -> None:
    """If not: python -m tests.translations."""
    update(tmp_path / "new.ts")
    assert texts(translations_dir() / f"{NAME}.ts") == texts(tmp_path / "new.ts")


def test_the_modules_own_short_form_is_spelled_out() -> None:
    source = (
        "a = _tr('x')\nb = self._tr('\\N{BULLET}')\n\n\ndef _tr(text: str) -> str:\n"
        '    return QCoreApplication.translate("Here", text)\n'
    )
    assert spelled_out(source).startswith(
        "a = QCoreApplication.translate(\"Here\", 'x')\nb = self._tr('•')"
    )


def test_what_is_translated_is_literal() -> None:
    """lupdate reads no expressions: such a text would stay English."""
    wrong = []
    for path in sorted(GUI.rglob("*.py")):
        for node in ast.walk(ast.parse(spelled_out(path.read_text(encoding="utf-8")))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            if ast.unparse(node.func) not in ("self.tr", "QCoreApplication.translate"):
                continue
            text = node.args[0 if node.func.attr == "tr" else 1]
            if not (isinstance(text, ast.Constant) and isinstance(text.value, str)):
                wrong.append(f"{path.relative_to(GUI)}: {ast.unparse(node)}")
    assert wrong == []


def test_without_a_translation_the_window_is_english(qapp: QApplication, tmp_path: Path) -> None:
    assert install_translation(qapp, GERMAN, tmp_path) == ()


@pytest.fixture
def bracketed(qapp: QApplication, tmp_path: Path) -> Iterator[None]:
    """A translation to German that puts every text into brackets."""
    template = ElementTree.parse(translations_dir() / f"{NAME}.ts")
    root = template.getroot()
    root.set("language", "de")
    for message in root.iter("message"):
        translation = message.find("translation")
        assert translation is not None
        translation.text = f"⟦{message.findtext('source')}⟧"
        translation.attrib.pop("type", None)
    template.write(tmp_path / f"{NAME}_de.ts", encoding="utf-8", xml_declaration=True)
    release(tmp_path / f"{NAME}_de.ts", tmp_path / f"{NAME}_de.qm")
    translators = install_translation(qapp, GERMAN, tmp_path)
    assert translators
    yield
    for translator in translators:
        qapp.removeTranslator(translator)
        translator.deleteLater()


def shown_texts(widget: QWidget) -> Iterator[str]:
    """Yield what a widget says to eyes and to screen readers."""
    yield widget.toolTip()
    yield widget.accessibleName()
    yield widget.windowTitle()
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    if isinstance(widget, QLineEdit):
        yield widget.placeholderText()
    if isinstance(widget, QComboBox):
        yield from (widget.itemText(row) for row in range(widget.count()))
    if isinstance(widget, QTabWidget):
        yield from (widget.tabText(tab) for tab in range(widget.count()))
    if isinstance(widget, QTableView) and widget.model() is not None:
        model = widget.model()
        for column in range(model.columnCount()):
            header = model.headerData(column, _HORIZONTAL)
            yield "" if header is None else str(header)


def untranslated(window: QWidget) -> set[str]:
    """Return the texts with words in them that no translation has touched."""
    found = {text for widget in window.findChildren(QWidget) for text in shown_texts(widget)}
    found |= {action.text() for action in window.findChildren(QAction)}
    words = {text for text in found if "⟦" not in text and _WORD.search(text)}
    same_everywhere = {text for text in words if _KEYS.match(text) or Path(text).is_absolute()}
    return words - same_everywhere - OF_QT - OF_PYQTGRAPH - OF_THE_FAKES


@pytest.mark.usefixtures("bracketed")
@pytest.mark.parametrize("scene", SCENES)
def test_every_state_of_the_window_can_be_translated(
    request: pytest.FixtureRequest, qtbot: QtBot, services: FakeServices, scene: Scene
) -> None:
    window = request.getfixturevalue("window")  # made once the translation is there
    root = scene(qtbot, window, services)
    assert untranslated(root.window()) == set()
    close(root, window)


@pytest.mark.usefixtures("bracketed")
@pytest.mark.parametrize("settings", [Settings(), Settings(region="eu")])
def test_counts_only_and_the_first_start_page_can_be_translated(
    qtbot: QtBot, earlier_threads: set[threading.Thread], settings: Settings
) -> None:
    window = MainWindow(FakeServices(settings))
    qtbot.addWidget(window)
    dialogs = (SettingsDialog(settings, window), RoomNotice(settings, window))
    assert untranslated(window) == set()
    for dialog in dialogs:
        dialog.deleteLater()
    qtbot.waitUntil(lambda: set(threading.enumerate()) <= earlier_threads)
