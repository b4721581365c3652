"""Asks for a passphrase: a new one twice, a known one once."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from classroom_monitor.gui.theme import SPACING_PX, Caption
from classroom_monitor.sealed import LEAST_CHARACTERS

_WIDTH_PX = 420


class PassphraseDialog(QDialog):
    """What was typed is forgotten with the dialog."""

    def __init__(self, title: str, new: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._new = new
        self.setWindowTitle(title)
        self.words, self.again = _field(), _field()
        self.said = Caption("")
        self.said.setWordWrap(True)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        accepts = QDialogButtonBox.ButtonRole.AcceptRole
        self.ok = self._buttons.addButton(self.tr("&Go on"), accepts)
        self.ok.setDefault(True)
        self._lay_out()
        for field in (self.words, self.again):
            field.textChanged.connect(self.on_typed)
        self.on_typed()

    @property
    def passphrase(self) -> str:
        """What was typed."""
        return self.words.text()

    def on_typed(self) -> None:
        """Go on once it is long enough and the same twice."""
        missing = self._missing() if self._new else ""
        lost = self.tr("Without it nobody can open the backup, and there is no way back.")
        self.said.setText(missing or (lost if self._new else ""))
        self.ok.setEnabled(bool(self.passphrase) and not missing)

    def _missing(self) -> str:
        if len(self.passphrase) < LEAST_CHARACTERS:
            return self.tr("{0} characters or more, several words say.").format(LEAST_CHARACTERS)
        if self.again.text() != self.passphrase:
            return self.tr("Type the same passphrase twice.")
        return ""

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.addRow(self.tr("&Passphrase"), self.words)
        self.words.setAccessibleName(self.tr("Passphrase"))
        self.again.setAccessibleName(self.tr("Passphrase again"))
        if self._new:
            form.addRow(self.tr("&Again"), self.again)
        self.again.setVisible(self._new)
        column = QVBoxLayout(self)
        column.setSpacing(SPACING_PX)
        column.addLayout(form)
        column.addWidget(self.said)
        column.addWidget(self._buttons)
        self.setMinimumWidth(_WIDTH_PX)


def _field() -> QLineEdit:
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    return field
