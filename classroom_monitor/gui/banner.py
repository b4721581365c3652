"""A message inside the window: a slim strip that never takes the focus or blocks anything."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from classroom_monitor.gui.palette import Tone
from classroom_monitor.gui.theme import restyle

_SYMBOLS = {Tone.INFO: "i", Tone.GOOD: "✓", Tone.WARNING: "!", Tone.ERROR: "✕"}


class Banner(QFrame):
    """One line (wrapped if need be) with a tone, hidden until it has something to say."""

    dismissed = Signal()  # by the user

    def __init__(self, parent: QWidget | None = None, *, closable: bool = True) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self._action: Callable[[], None] | None = None
        self._symbol = QLabel()
        self._text = QLabel()
        self._text.setTextFormat(Qt.TextFormat.PlainText)  # messages name what users named
        self._text.setWordWrap(True)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._button = QPushButton()
        self._button.clicked.connect(self.on_action)
        self._close = QPushButton(self.tr("Dismiss"))
        self._close.setVisible(closable)
        self._close.clicked.connect(self.on_dismiss)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.clear)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 8, 6)
        row.setSpacing(10)
        for widget in (self._symbol, self._text, self._button, self._close):
            row.addWidget(widget)
        self.hide()

    @property
    def message(self) -> str:
        """The line shown, or "" while hidden."""
        return self._text.text() if not self.isHidden() else ""

    def say(
        self,
        tone: Tone,
        text: str,
        *,
        action: tuple[str, Callable[[], None]] | None = None,
        for_ms: int = 0,
    ) -> None:
        """Show a message, with a button that does something and a time limit where given."""
        self._symbol.setText(_SYMBOLS[tone])
        restyle(self, "tone", tone.value)
        restyle(self._symbol, "tone", tone.value)
        self._text.setText(text)
        self.setAccessibleName(text)
        self._action = action[1] if action else None
        self._button.setText(action[0] if action else "")
        self._button.setVisible(action is not None)
        self.show()
        self._timer.stop()
        if for_ms:
            self._timer.start(for_ms)

    def clear(self) -> None:
        """Take the message away."""
        self._timer.stop()
        self.hide()

    def on_dismiss(self) -> None:
        """Take the message away, because the user has read it."""
        self.clear()
        self.dismissed.emit()

    def on_action(self) -> None:
        """Do what the button offers, and take the message away."""
        action = self._action
        self.clear()
        if action is not None:
            action()
