"""The choices of the models that sessions use: what tells moods apart, and what finds faces."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QWidget

from classroom_monitor.gui.plain_tip import plain_tip
from classroom_monitor.gui.services import ModelOption

_SETTING = Qt.ItemDataRole.UserRole
_PROBLEM = Qt.ItemDataRole.UserRole + 1
_NAME_CHARACTERS = 40
_LEAST_CHARACTERS = 24


class ModelField(QComboBox):
    """Offers models by name and version; those that cannot be used stand there greyed, with why."""

    def __init__(self, chosen: str, parent: QWidget | None = None) -> None:
        """Show the setting as it is until show_options brings the models there are."""
        super().__init__(parent)
        self._items = QStandardItemModel(self)
        self.setModel(self._items)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(_LEAST_CHARACTERS)
        self.setAccessibleName(self._title())
        self.setAccessibleDescription(self._explanation())
        self.setToolTip(self._explanation())
        self._items.appendRow(self._item(ModelOption(chosen, chosen, "", "")))

    @property
    def setting(self) -> str:
        """What the choice puts into the settings."""
        return str(self.currentData(_SETTING))

    @property
    def problem(self) -> str:
        """Why the model that is chosen now cannot be used, or ""."""
        return str(self.currentData(_PROBLEM))

    def choose(self, setting: str) -> None:
        """Choose what a setting names; one that isn't offered yet is shown as it is."""
        if self.findData(setting, _SETTING) < 0:
            self._items.appendRow(self._item(ModelOption(setting, setting, "", "")))
        self.setCurrentIndex(self.findData(setting, _SETTING))

    def show_options(self, options: Sequence[ModelOption]) -> None:
        """Offer these models; the choice stays, be it usable or not."""
        chosen = self.setting
        is_open = self.view().isVisible()
        self.hidePopup()  # an open list would keep the height of its former rows
        self._items.clear()
        for option in options:
            self._items.appendRow(self._item(option))
        self.setCurrentIndex(max(0, self.findData(chosen, _SETTING)))
        if is_open:
            self.showPopup()

    def _item(self, option: ModelOption) -> QStandardItem:
        item = QStandardItem(self._text(option))
        item.setData(option.setting, _SETTING)
        item.setData(option.problem, _PROBLEM)
        item.setToolTip(plain_tip(option.problem or option.name))
        item.setData(option.problem, Qt.ItemDataRole.AccessibleDescriptionRole)
        item.setEnabled(not option.problem)
        return item

    def _text(self, option: ModelOption) -> str:
        name = f"{option.name[:_NAME_CHARACTERS]} {option.version}".strip()
        if option.problem:
            return self.tr("{0} (cannot be used)").format(name)
        if option.setting:
            return name
        return self.tr("{0} (default)").format(name) if name else self.tr("Default")

    def _title(self) -> str:
        return self.tr("Model")

    def _explanation(self) -> str:
        return self.tr(
            "The model that tells the moods apart, from the next session on."
            " 'classroom-monitor models add' adds one."
        )


class FinderField(ModelField):
    """Offers what can find faces."""

    def _text(self, option: ModelOption) -> str:
        if option.setting == "mediapipe":
            return self.tr("MediaPipe (default)")
        name = f"YuNet {option.version}".strip()
        return self.tr("{0} (cannot be used)").format(name) if option.problem else name

    def _title(self) -> str:
        return self.tr("Face finder")

    def _explanation(self) -> str:
        return self.tr(
            "What finds faces, from the next session on. YuNet finds more small faces;"
            " 'classroom-monitor models add' adds its file."
        )
