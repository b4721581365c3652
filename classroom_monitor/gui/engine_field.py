"""The choice of the engine that runs the model's network."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QComboBox

from classroom_monitor.contracts import EngineName


def engine_field(chosen: EngineName) -> QComboBox:
    """Return a choice of engines, their names in the settings as the data of its entries."""
    field = QComboBox()
    field.setAccessibleName(_tr("Engine"))
    field.addItem(_tr("Automatic: the GPU if there is one"), "auto")
    field.addItem(_tr("GPU (Keras)"), "keras-gpu")
    field.addItem(_tr("CPU, whole numbers: quick"), "litert-int8")
    field.addItem(_tr("CPU, exact"), "litert-float32")
    field.setCurrentIndex(field.findData(chosen))
    field.setToolTip(
        _tr(
            "What computes the moods, from the next session on. Where it fails or isn't there, "
            "the next one goes on, and the status line says so."
        )
    )
    return field


def _tr(text: str) -> str:
    return QCoreApplication.translate("EngineField", text)
