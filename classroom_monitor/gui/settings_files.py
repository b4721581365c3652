"""The settings of where sessions and added models are kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QWidget

from classroom_monitor.gui.settings_rows import SettingsForm
from classroom_monitor.settings import (
    Settings,
    default_face_models_dir,
    default_models_dir,
    default_store_dir,
)


class FolderField(QWidget):
    """A folder to type or to choose; empty for the usual one, which stands there in grey."""

    def __init__(self, name: str, usual: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._usual = usual
        self.path = QLineEdit()
        self.path.setPlaceholderText(str(usual))
        self.path.setAccessibleName(name)
        self.path.setClearButtonEnabled(True)
        self.choose = QPushButton(self.tr("Choose…"))
        self.choose.setAccessibleName(self.tr("Choose: {0}").format(name))
        self.choose.clicked.connect(self.on_choose)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.path, 1)
        row.addWidget(self.choose)
        self.setFocusProxy(self.path)

    @property
    def setting(self) -> str:
        """What the field puts into the settings."""
        return self.path.text().strip()

    def on_choose(self) -> None:
        """Ask for a folder, without blocking what runs."""
        dialog = QFileDialog(self, self._name, self.setting or str(self._usual))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self.path.setText)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


class FilesPart(QWidget):
    """The folders of sessions, bundles and the added face model."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.store = FolderField(self.tr("Folder of the sessions"), default_store_dir())
        self.models = FolderField(self.tr("Folder of added models"), default_models_dir())
        self.face_models = FolderField(
            self.tr("Folder of an added face model"), default_face_models_dir()
        )
        form = SettingsForm(self)
        form.add(
            self.tr("&Sessions"),
            self.store,
            self.tr(
                "From the next session on; earlier ones stay where they are. A folder on this"
                " computer, not on a network."
            ),
        )
        form.add(self.tr("Added &models"), self.models, self.tr("Where bundles that you add are."))
        form.add(
            self.tr("Added &face model"), self.face_models, self.tr("Where YuNet's file is kept.")
        )

    def fill(self, settings: Settings) -> None:
        """Show these settings."""
        self.store.path.setText(settings.store_dir)
        self.models.path.setText(settings.models_dir)
        self.face_models.path.setText(settings.face_models_dir)

    def apply(self, settings: Settings) -> Settings:
        """Return the settings with what this part shows."""
        return replace(
            settings,
            store_dir=self.store.setting,
            models_dir=self.models.setting,
            face_models_dir=self.face_models.setting,
        )
