"""Holds the window's desk, and the first-start page before it for as long as it is unanswered."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from classroom_monitor.errors import EnvironmentProblem
from classroom_monitor.gui.first_start import Answer, FirstStartPage
from classroom_monitor.gui.services import Services, SessionRequest


class FirstStartGate(QStackedWidget):
    """Shows the desk, or the first-start page until that is answered or the demo is asked for.

    A session that is asked for meanwhile begins when the page has been answered.
    """

    asking = Signal(bool)
    opened = Signal(object)  # the SessionRequest that waited, or None
    demo_requested = Signal()
    notice_requested = Signal(object)  # Settings with what is chosen so far
    quit_requested = Signal()

    def __init__(self, services: Services, desk: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._waiting: SessionRequest | None = None
        self.page: FirstStartPage | None = None
        self.addWidget(desk)

    def ask(self, waiting: SessionRequest | None = None) -> None:
        """Show the page, unless it was answered; waiting is the session to begin afterwards."""
        self._waiting = waiting or self._waiting
        if not self._services.settings.answered and self.page is None:
            self._show_page()

    def let_through(self) -> None:
        """Show the desk if everything was answered, on the page or in the settings."""
        if self.page is None or not self._services.settings.answered:
            return
        self.step_aside()
        waiting, self._waiting = self._waiting, None
        self.opened.emit(waiting)

    def on_answered(self, answer: Answer) -> None:
        """Keep the answer; where that fails, say so and stay."""
        try:
            self._services.save_settings(answer.apply(self._services.settings))
        except EnvironmentProblem as problem:
            if self.page is not None:
                self.page.show_problem(problem)
            return
        self.let_through()

    def on_demo(self) -> None:
        """Begin the demo, which shows drawn people; a camera brings the page back."""
        self.step_aside()
        self.demo_requested.emit()

    def on_notice(self) -> None:
        """Ask for the notice that goes with the region that is chosen on the page."""
        settings = self._services.settings
        if self.page is not None and self.page.europe.isChecked():
            settings = replace(settings, region="eu")
        self.notice_requested.emit(settings)

    def step_aside(self) -> None:
        """Show the desk; what needs an answer asks for it again."""
        if self.page is None:
            return
        self.removeWidget(self.page)
        self.page.deleteLater()
        self.page = None
        self.asking.emit(False)

    def _show_page(self) -> None:
        self.page = FirstStartPage(self._services.settings)
        self.page.answered.connect(self.on_answered)
        self.page.demo_requested.connect(self.on_demo)
        self.page.notice_requested.connect(self.on_notice)
        self.page.quit_requested.connect(self.quit_requested)
        self.addWidget(self.page)
        self.setCurrentWidget(self.page)
        self.page.europe.setFocus(Qt.FocusReason.TabFocusReason)  # which shows it
        self.asking.emit(True)
