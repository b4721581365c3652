"""The settings of the live desk: how the timeline is drawn, and when it says something."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from classroom_monitor.gui.settings_rows import (
    PercentField,
    SettingsForm,
    bounds_text,
    choice,
    percent_text,
    switch_text,
    whole_number,
)
from classroom_monitor.settings import Settings

_LONGEST_LABELS = 400


class LivePart(QWidget):
    """Timeline, alerts and the markers of the keys 1 to 9."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.style_field = choice(
            ((self.tr("Stacked shares"), "stacked"), (self.tr("Lines"), "lines"))
        )
        self.bands = QCheckBox(self.tr("Show how &sure the shares are"))
        self.smoothing = whole_number("smoothing_s", self.tr(" s"))
        self.alerts = QCheckBox(self.tr("&Quiet alerts"))
        self.negative_rise = PercentField("alert_negative_rise")
        self.coverage = PercentField("alert_coverage")
        self.after = whole_number("alert_after_s", self.tr(" s"))
        self.marker_labels = QLineEdit(maxLength=_LONGEST_LABELS)
        self.marker_labels.setPlaceholderText(self.tr("question, exercise, discussion"))
        self.alerts.toggled.connect(self.on_alerts)
        self._lay_out()

    def fill(self, settings: Settings) -> None:
        """Show these settings."""
        self.style_field.setCurrentIndex(self.style_field.findData(settings.timeline_style))
        self.bands.setChecked(settings.bands)
        self.smoothing.setValue(settings.smoothing_s)
        self.alerts.setChecked(settings.alerts)
        self.negative_rise.show_share(settings.alert_negative_rise)
        self.coverage.show_share(settings.alert_coverage)
        self.after.setValue(settings.alert_after_s)
        self.marker_labels.setText(settings.marker_labels)
        self.on_alerts()

    def apply(self, settings: Settings) -> Settings:
        """Return the settings with what this part shows."""
        return replace(
            settings,
            timeline_style=self.style_field.currentData(),
            bands=self.bands.isChecked(),
            smoothing_s=self.smoothing.value(),
            alerts=self.alerts.isChecked(),
            alert_negative_rise=self.negative_rise.share,
            alert_coverage=self.coverage.share,
            alert_after_s=self.after.value(),
            marker_labels=self.marker_labels.text().strip(),
        )

    def on_alerts(self) -> None:
        """Let the alerts' limits rest while there are none."""
        for field in (self.negative_rise, self.coverage, self.after):
            field.setEnabled(self.alerts.isChecked())

    def _lay_out(self) -> None:
        form = SettingsForm(self)
        form.add(
            self.tr("&Timeline"),
            self.style_field,
            self.tr("How the three shares are drawn. Default: stacked."),
        )
        form.add(
            "",
            self.bands,
            self.tr("A band around each line, wider with fewer faces. ") + switch_text("bands"),
        )
        form.add(
            self.tr("S&moothing"),
            self.smoothing,
            self.tr("Over how many seconds the lines and the present figure are averaged. ")
            + bounds_text("smoothing_s", self.tr(" s")),
        )
        form.add(
            "",
            self.alerts,
            self.tr("A line in the window, without a sound. ") + switch_text("alerts"),
        )
        self._lay_out_alerts(form)
        form.add(
            self.tr("Mar&ker keys 1 to 9"),
            self.marker_labels,
            self.tr("What they set, separated by commas. Keys without a text set their number."),
        )

    def _lay_out_alerts(self, form: SettingsForm) -> None:
        form.add(
            self.tr("&Rise of negative"),
            self.negative_rise,
            self.tr("So far above its usual part of the room. ")
            + percent_text("alert_negative_rise"),
        )
        form.add(
            self.tr("&Coverage below"),
            self.coverage,
            self.tr("So few of the expected faces can be used. ") + percent_text("alert_coverage"),
        )
        form.add(
            self.tr("A&fter"),
            self.after,
            self.tr("How long it lasts before it is said. ")
            + bounds_text("alert_after_s", self.tr(" s")),
        )
