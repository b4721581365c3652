"""Shows the window's texts in the system's language, where somebody has translated them.

The texts are English in the code. translations/ holds them as Qt Linguist reads them; a language
is there once a translated file has been compiled into it as classroom_monitor_<language>.qm.
"""

from __future__ import annotations

import logging
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

logger = logging.getLogger(__name__)

NAME = "classroom_monitor"


def translations_dir() -> Path:
    """Return the folder of the translations that come with the program."""
    return Path(__file__).resolve().parent / "translations"


def install_translation(
    application: QCoreApplication, locale: QLocale, folder: Path
) -> tuple[QTranslator, ...]:
    """Translate what is shown from now on into the locale's language, if folder holds it.

    Qt's own buttons come along, so that no dialog speaks two languages. Returns what was
    installed, () for English.
    """
    own = _translator(application, locale, NAME, str(folder))
    if own is None:
        return ()
    qt_folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    of_qt = _translator(application, locale, "qtbase", qt_folder)
    logger.info("texts are translated, Qt's as well: %s", of_qt is not None)
    return (own,) if of_qt is None else (own, of_qt)


def _translator(
    application: QCoreApplication, locale: QLocale, name: str, folder: str
) -> QTranslator | None:
    translator = QTranslator(application)
    if not translator.load(locale, name, "_", folder):
        translator.deleteLater()
        return None
    application.installTranslator(translator)
    return translator
