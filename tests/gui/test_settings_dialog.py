"""All settings: shown, bounded, explained, imported, exported and reset."""

from dataclasses import fields, replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from classroom_monitor.errors import EnvironmentProblem
from classroom_monitor.gui.main_window import MainWindow
from classroom_monitor.gui.palette import Tone
from classroom_monitor.gui.room_notice import RoomNotice
from classroom_monitor.gui.settings_dialog import SettingsDialog
from classroom_monitor.settings import Region, Settings, load_settings, save_settings
from tests.fakes.services import FakeServices

CHANGED = Settings(
    region="other",
    informed=True,
    mode="near",
    group_minimum=8,
    rate_hz=2.5,
    moods_on_faces=True,
    model="/models/mine",
    finder="yunet",
    engine="litert-float32",
    store_dir="/sessions",
    models_dir="/models",
    face_models_dir="/faces",
    resolution="1280x720",
    timeline_style="lines",
    bands=False,
    smoothing_s=30,
    alerts=False,
    alert_negative_rise=0.155,
    alert_coverage=0.4,
    alert_after_s=90,
    marker_labels="question, exercise",
    retention_days=400,
    retention_by_course="Physics: 30; Law: EU: 0",
)
REMEMBERED = {"window", "source", "title", "course"}
"""What the window and the fields before a session keep by themselves."""


def make_dialog(qtbot: QtBot, settings: Settings) -> SettingsDialog:
    """Return a dialog that the test cleans up."""
    dialog = SettingsDialog(settings)
    qtbot.addWidget(dialog)
    return dialog


def test_every_setting_is_shown_and_comes_back_as_it_was(qtbot: QtBot) -> None:
    """A field that the dialog doesn't show keeps the default of what reset puts there."""
    dialog = make_dialog(qtbot, CHANGED)
    assert dialog.chosen() == CHANGED
    left = {
        field.name for field in fields(Settings) if getattr(CHANGED, field.name) == field.default
    }
    assert left == REMEMBERED | {"lawful_exception", "retention_agreed"}


def test_reset_shows_the_defaults_but_keeps_what_was_stated(qtbot: QtBot) -> None:
    dialog = make_dialog(qtbot, replace(CHANGED, title="Statistics"))
    dialog.reset.click()
    assert dialog.chosen() == Settings(region="other", informed=True)
    assert "defaults" in dialog.news.message


def test_numbers_keep_to_their_bounds_and_say_them(qtbot: QtBot) -> None:
    dialog = make_dialog(qtbot, CHANGED)
    live = dialog.live
    for field, least, most, said in (
        (live.smoothing, 1, 120, "1 to 120 s, default 15 s."),
        (live.after, 10, 1800, "10 to 1800 s, default 60 s."),
        (live.negative_rise, 5, 100, "5 to 100 %, default 15 %."),
        (live.coverage, 0, 95, "0 to 95 %, default 50 %."),
        (dialog.use.group_minimum, 1, 1000, "1 to 1000, default 5."),
    ):
        field.setValue(-1)
        assert field.value() == least
        field.setValue(10**6)
        assert field.value() == most
        assert said in field.accessibleDescription()


def test_a_share_that_is_changed_is_in_whole_per_cent(qtbot: QtBot) -> None:
    dialog = make_dialog(qtbot, CHANGED)
    dialog.live.negative_rise.setValue(20)
    assert dialog.chosen().alert_negative_rise == 0.2


def test_alerts_that_are_off_have_no_limits_to_set(qtbot: QtBot) -> None:
    dialog = make_dialog(qtbot, CHANGED)
    assert not dialog.live.coverage.isEnabled()
    dialog.live.alerts.click()
    assert dialog.live.coverage.isEnabled()


def test_courses_that_cannot_be_read_are_said_and_not_kept(qtbot: QtBot) -> None:
    dialog = make_dialog(qtbot, CHANGED)
    assert dialog.keeping.courses.toPlainText() == "Physics: 30\nLaw: EU: 0"
    dialog.keeping.courses.setPlainText("Physics: soon")
    assert not dialog.save.isEnabled()
    assert "Physics: soon" in dialog.missing.text()
    dialog.keeping.courses.setPlainText("")
    assert dialog.save.isEnabled()


def test_leaving_counts_only_takes_a_statement_and_its_confirmation(qtbot: QtBot) -> None:
    dialog = make_dialog(qtbot, Settings(region="eu"))
    dialog.show()
    assert dialog.save.isEnabled()
    assert not dialog.use.confirmed.isVisible()
    QTest.keyClicks(dialog.use.exception, "safety study")
    assert not dialog.save.isEnabled()
    assert "Confirm" in dialog.missing.text()
    dialog.use.confirmed.click()
    assert dialog.save.isEnabled()
    QTest.keyClicks(dialog.use.exception, " two")
    assert not dialog.save.isEnabled()  # other words are another statement


def test_a_statement_made_earlier_need_not_be_confirmed_again(qtbot: QtBot) -> None:
    stated = Settings(region="eu", lawful_exception="safety study")
    dialog = make_dialog(qtbot, stated)
    assert dialog.save.isEnabled()
    assert dialog.chosen() == stated


def test_outside_the_eu_people_are_told(qtbot: QtBot) -> None:
    dialog = make_dialog(qtbot, Settings(region="eu"))
    dialog.use.region.setCurrentIndex(dialog.use.region.findData("other"))
    assert not dialog.save.isEnabled()
    assert "told" in dialog.missing.text()
    dialog.use.informed.click()
    assert dialog.save.isEnabled()


def test_settings_that_cannot_be_kept_stay_in_the_dialog(qtbot: QtBot) -> None:
    def refuse(_settings: Settings) -> None:
        raise EnvironmentProblem("cannot save the settings: the disk is full")

    dialog = SettingsDialog(CHANGED, None, refuse)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.live.smoothing.setValue(44)
    dialog.save.click()
    assert dialog.isVisible()
    assert dialog.news.message == "cannot save the settings: the disk is full"
    assert dialog.chosen().smoothing_s == 44


def open_settings(window: MainWindow) -> SettingsDialog:
    """Open the settings through the window."""
    window.on_settings()
    dialog = window.findChild(SettingsDialog)
    assert dialog is not None
    return dialog


def choose_file(qtbot: QtBot, dialog: SettingsDialog, path: Path) -> None:
    """Answer the question for a file, as a user does who types its path."""
    qtbot.waitUntil(lambda: dialog.findChild(QLineEdit, "fileNameEdit") is not None)
    name = dialog.findChild(QLineEdit, "fileNameEdit")
    assert isinstance(name, QLineEdit)
    name.setText(str(path))
    QTest.keyClick(name, Qt.Key.Key_Return)


def test_settings_are_exported_as_they_stand_in_the_dialog(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    dialog = open_settings(window)
    dialog.live.smoothing.setValue(44)
    dialog.give.click()
    choose_file(qtbot, dialog, tmp_path / "mine.json")
    qtbot.waitUntil(lambda: "Written" in dialog.news.message)
    assert load_settings(tmp_path / "mine.json").smoothing_s == 44
    dialog.reject()


def test_imported_settings_are_shown_and_kept_by_save(
    qtbot: QtBot, window: MainWindow, services: FakeServices, tmp_path: Path
) -> None:
    save_settings(CHANGED, tmp_path / "theirs.json")
    dialog = open_settings(window)
    dialog.take.click()
    choose_file(qtbot, dialog, tmp_path / "theirs.json")
    qtbot.waitUntil(lambda: dialog.live.smoothing.value() == 30)
    assert services.settings.smoothing_s == 15
    dialog.save.click()
    assert services.settings == CHANGED


def test_a_file_that_is_none_is_said_in_the_dialog(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    (tmp_path / "odd.json").write_text("no settings", encoding="utf-8")
    dialog = open_settings(window)
    dialog.take.click()
    choose_file(qtbot, dialog, tmp_path / "odd.json")
    qtbot.waitUntil(lambda: "odd.json" in dialog.news.message)
    assert dialog.news.property("tone") == Tone.ERROR.value
    dialog.reject()


def test_the_notice_opens_from_the_settings(qtbot: QtBot, window: MainWindow) -> None:
    dialog = open_settings(window)
    dialog.use.notice.click()
    notice = dialog.findChild(RoomNotice)
    assert notice is not None
    notice.accept()
    dialog.reject()


@pytest.mark.parametrize("region", ["unset", "eu", "other"])
def test_a_region_that_was_chosen_cannot_be_forgotten(qtbot: QtBot, region: Region) -> None:
    dialog = make_dialog(qtbot, Settings(region=region))
    offered = [dialog.use.region.itemData(row) for row in range(dialog.use.region.count())]
    assert offered == [*(["unset"] if region == "unset" else []), "eu", "other"]
