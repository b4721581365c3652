"""Starts Qt and runs the window."""

from __future__ import annotations

import gc
import logging
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from types import TracebackType

from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QObject, QSettings, QTimer, Signal
from PySide6.QtWidgets import QApplication

from classroom_monitor.gui.interrupts import interrupts_call
from classroom_monitor.gui.main_window import MainWindow
from classroom_monitor.gui.services import DEMO_SOURCE, Services, SessionRequest
from classroom_monitor.gui.translation import install_translation, translations_dir
from classroom_monitor.settings import settings_path

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class WindowOptions:
    """How the window begins.

    start is a session to begin at once; other than the demo, it waits until the first-start page
    has been answered. close_after_s closes the window after that many seconds, which saves what
    runs; where that fails it says so for as long again. on_first_show is called in the window's
    thread once the window is on screen.
    """

    start: SessionRequest | None = None
    close_after_s: float | None = None
    on_first_show: Callable[[], None] | None = None


class UncaughtErrors(QObject):
    """Brings exceptions that no slot caught to the log and to the window; what runs goes on."""

    raised = Signal(object)  # Exception

    def hook(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """Take an exception as sys.excepthook does, from any thread."""
        if isinstance(error, Exception):
            self.raised.emit(error)
        else:
            sys.__excepthook__(kind, error, trace)

    def thread_hook(self, caught: threading.ExceptHookArgs) -> None:
        """Take what ended a thread, as threading.excepthook does."""
        if caught.exc_value is not None and caught.exc_type is not SystemExit:
            self.hook(caught.exc_type, caught.exc_value, caught.exc_traceback)


def make_application(argv: Sequence[str]) -> QApplication:
    """Return the Qt application, which follows the system's palette and font."""
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    application = QApplication(list(argv))
    application.setApplicationName("classroom-monitor")
    application.setApplicationDisplayName("Classroom Monitor")
    application.setStyle("Fusion")
    _keep_qt_settings_here()
    install_translation(application, QLocale.system(), translations_dir())
    return application


def _keep_qt_settings_here() -> None:
    """Let Qt's file dialog remember folders among the program's settings, where they are in files.

    Otherwise it does so in a file that all of the user's Qt programs share.
    """
    folder = str(settings_path().parent)
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, folder)


def run_window(services: Services, options: WindowOptions) -> int:
    """Show the window until it is closed; needs make_application. Returns Qt's exit code."""
    window = MainWindow(services)
    errors = UncaughtErrors()
    errors.raised.connect(window.on_problem)
    before, before_in_threads = sys.excepthook, threading.excepthook
    sys.excepthook, threading.excepthook = errors.hook, errors.thread_hook
    window.first_shown.connect(lambda: _begin(window, options))
    if options.start is not None and options.start.source == DEMO_SOURCE:
        window.gate.step_aside()
    window.show()
    try:
        with interrupts_call(window.close):
            return QApplication.exec()
    finally:
        sys.excepthook, threading.excepthook = before, before_in_threads
        window.deleteLater()  # now, and not in whichever order Python ends in
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _begin(window: MainWindow, options: WindowOptions) -> None:
    # Garbage is looked for while a long session is read, with every thread waiting: twice as long
    # where it is looked for among all that the program is made of (tests.review_speed).
    gc.freeze()
    if options.start is not None:
        window.live.start(options.start)
    if options.close_after_s is not None:
        close_later = partial(
            QTimer.singleShot, round(1000 * options.close_after_s), window, window.close
        )
        window.closing.staying.connect(close_later)
        close_later()
    if options.on_first_show is not None:
        options.on_first_show()
