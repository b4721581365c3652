"""The first page of all: what the program is and isn't, and where it is used."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from classroom_monitor.gui.banner import Banner
from classroom_monitor.gui.first_start_text import elsewhere_text, europe_text, principles
from classroom_monitor.gui.page_area import PageArea
from classroom_monitor.gui.palette import Tone
from classroom_monitor.gui.theme import SPACING_PX, Card, set_text_size
from classroom_monitor.settings import Region, Settings

_WIDEST_PX, _NARROWEST_PX = 820, 320
_FIRST = 1000
"""How much more than the empty space around it the text gets of the window's height."""

_TITLE_SCALE = 1.5
_QUESTION_SCALE = 1.15


@dataclass(frozen=True, slots=True)
class Answer:
    """What the first page was answered with."""

    region: Region
    informed: bool

    def apply(self, settings: Settings) -> Settings:
        """Return the settings with this answer; an exception stated earlier stays."""
        informed = self.informed or settings.informed
        return replace(settings, region=self.region, informed=informed)


class FirstStartPage(QWidget):
    """Asks once where the program is used; nothing is chosen beforehand."""

    answered = Signal(object)  # Answer
    demo_requested = Signal()
    notice_requested = Signal()
    quit_requested = Signal()

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.problem = Banner()
        self.europe = QRadioButton(self.tr("In the &European Union"))
        self.elsewhere = QRadioButton(self.tr("E&lsewhere"))
        self.europe_text = _paragraph(europe_text())
        self.europe_text.setOpenExternalLinks(True)
        self.europe_text.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse
            | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.elsewhere_text = _paragraph(elsewhere_text())
        self.informed = QCheckBox(self.tr("&Those present are told before every session"))
        self.demo = QPushButton(self.tr("Look at the &demo first"))
        self.demo.setToolTip(self.tr("A drawn lecture, without a camera"))
        self.notice = QPushButton(self.tr("&Notice for the room…"))
        self.notice.setToolTip(self.tr("A page to show or print, which tells those present"))
        self.quit = QPushButton(self.tr("Quit"))
        self.quit.setShortcut(QKeySequence("Ctrl+Q"))
        self.go_on = QPushButton(self.tr("&Continue"))
        self.go_on.setDefault(True)
        self._regions = QButtonGroup(self)
        self._lay_out()
        self._connect()
        self._begin_with(settings)

    def answer(self) -> Answer | None:
        """Return what is answered so far, None while something is missing."""
        if self.europe.isChecked():
            return Answer("eu", informed=False)
        if self.elsewhere.isChecked() and self.informed.isChecked():
            return Answer("other", informed=True)
        return None

    def show_problem(self, problem: Exception) -> None:
        """Say why the answer could not be kept."""
        self.problem.say(Tone.ERROR, str(problem))

    def fit_width(self, width_px: int) -> None:
        """Keep the lines short enough to read, and the buttons close below them."""
        self._card.setFixedWidth(min(_WIDEST_PX, max(_NARROWEST_PX, width_px - 2 * SPACING_PX)))
        self._area.setMaximumHeight(self._down.totalHeightForWidth(width_px))

    def on_changed(self) -> None:
        """Show what goes with the chosen region, and whether all is answered."""
        self.europe_text.setVisible(self.europe.isChecked())
        self.elsewhere_text.setVisible(self.elsewhere.isChecked())
        self.informed.setVisible(self.elsewhere.isChecked())
        self.go_on.setEnabled(self.answer() is not None)
        QTimer.singleShot(0, self, self.on_new_height)  # once what is shown is laid out

    def on_new_height(self) -> None:
        """Follow the text, and bring the statement into sight on a small screen."""
        self.fit_width(self._area.viewport().width())
        if self.elsewhere.isChecked():
            self._area.ensureWidgetVisible(self.informed, 0, SPACING_PX)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on with Enter, unless it is meant for another button."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not isinstance(self.focusWidget(), QPushButton):
            self.on_continue()
            return
        super().keyPressEvent(event)

    def on_continue(self) -> None:
        """Hand on a complete answer."""
        answer = self.answer()
        if answer is not None:
            self.problem.clear()
            self.answered.emit(answer)

    def _begin_with(self, settings: Settings) -> None:
        """Show what was answered already, on the command line, say."""
        self.elsewhere.setChecked(settings.region == "other")
        self.on_changed()

    def _connect(self) -> None:
        self._regions.buttonToggled.connect(self.on_changed)
        self.informed.toggled.connect(self.on_changed)
        self.go_on.clicked.connect(self.on_continue)
        self.demo.clicked.connect(self.demo_requested)
        self.notice.clicked.connect(self.notice_requested)
        self.quit.clicked.connect(self.quit_requested)

    def _lay_out(self) -> None:
        title = QLabel(self.tr("What this program is, and what it isn't"))
        set_text_size(title, _TITLE_SCALE, bold=True)
        title.setWordWrap(True)
        question = QLabel(self.tr("Where is it used?"))
        set_text_size(question, _QUESTION_SCALE, bold=True)
        self._card = Card()
        inside = QVBoxLayout(self._card)
        inside.setContentsMargins(32, 28, 32, 24)
        inside.setSpacing(SPACING_PX)
        inside.addWidget(self.problem)
        inside.addWidget(title)
        inside.addLayout(_principles())
        inside.addSpacing(SPACING_PX)
        inside.addWidget(question)
        for region, text in (
            (self.europe, self.europe_text),
            (self.elsewhere, self.elsewhere_text),
        ):
            self._regions.addButton(region)
            inside.addWidget(region)
            inside.addWidget(text)
        inside.addWidget(self.informed)
        column = QVBoxLayout(self)
        column.addStretch(1)
        column.addWidget(self._scrolled(), _FIRST)
        column.addWidget(self._buttons())
        column.addStretch(1)

    def _scrolled(self) -> PageArea:
        """The card in the middle of what scrolls on a small screen."""
        middle = QWidget()
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(self._card)
        across.addStretch(1)
        self._down = QVBoxLayout(middle)
        self._down.addLayout(across)
        self._area = PageArea(middle, self.fit_width)
        return self._area

    def _buttons(self) -> QWidget:
        """Below the part that scrolls: in sight on a small screen, too."""
        bar = QWidget()
        row = QHBoxLayout(bar)
        row.addStretch(1)
        row.addWidget(self.demo)
        row.addWidget(self.notice)
        row.addSpacing(4 * SPACING_PX)
        row.addWidget(self.quit)
        row.addWidget(self.go_on)
        row.addStretch(1)
        return bar


def _principles() -> QGridLayout:
    rows = QGridLayout()
    rows.setHorizontalSpacing(SPACING_PX)
    rows.setVerticalSpacing(SPACING_PX // 2)
    rows.setColumnStretch(1, 1)
    for row, text in enumerate(principles()):
        rows.addWidget(QLabel("•"), row, 0, Qt.AlignmentFlag.AlignTop)
        rows.addWidget(_paragraph(text), row, 1)
    return rows


def _paragraph(text: str) -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    return label
