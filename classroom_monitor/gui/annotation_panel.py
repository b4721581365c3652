"""A table of annotations with its buttons beside it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from classroom_monitor.gui.annotation_table import AnnotationTable


class AnnotationPanel(QWidget):
    """Puts editing and removing below a table's own buttons; both need a selected row."""

    def __init__(self, table: AnnotationTable, buttons: Sequence[QPushButton]) -> None:
        super().__init__()
        self._table = table
        self.edit = panel_button(
            self.tr("&Edit…"), self.tr("Change the selected row (F2 types over it)")
        )
        self.remove = panel_button(self.tr("&Remove"), self.tr("Remove the selected rows (Delete)"))
        self.edit.clicked.connect(table.ask_to_edit)
        self.remove.clicked.connect(table.remove_chosen)
        table.selectionModel().selectionChanged.connect(self.on_selected)
        table.items.modelReset.connect(self.on_selected)
        column = QVBoxLayout()
        for button in (*buttons, self.edit, self.remove):
            column.addWidget(button)
        column.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 0)
        row.addWidget(table, 1)
        row.addLayout(column)
        self.on_selected()

    def on_selected(self) -> None:
        """Allow what can be done with the selected rows."""
        chosen = self._table.chosen()
        self.edit.setEnabled(len(chosen) == 1)
        self.remove.setEnabled(bool(chosen))


def panel_button(text: str, explanation: str) -> QPushButton:
    """Return a button with a tooltip."""
    button = QPushButton(text)
    button.setToolTip(explanation)
    return button
