"""What the window's menus offer: an entry is a line here."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from classroom_monitor.gui.actions import DIGITS, Command, Menu
from classroom_monitor.gui.help_boxes import show_about
from classroom_monitor.gui.window_pages import page_keys

if TYPE_CHECKING:
    from classroom_monitor.gui.main_window import MainWindow


def window_menus(window: MainWindow) -> tuple[Menu, ...]:
    """Return the menus from left to right; the last one is there before the first start, too."""
    return _session(window), _view(window), _help(window)


def _session(window: MainWindow) -> Menu:
    live = window.live
    digits = tuple(
        Command(_tr("Marker {0}").format(digit), partial(live.on_digit, digit), digit)
        for digit in DIGITS
    )
    return Menu(
        _tr("&Session"),
        (
            Command(_tr("&Start or stop"), window.on_start_stop, "F5"),
            Command(_tr("Chec&k the room"), window.on_check_room, "F6"),
            Command(_tr("&Pause or resume"), live.controls.on_pause, "P"),
            Command(_tr("Set a &marker"), live.controls.on_mark, "M"),
            Command(_tr("Type a marker te&xt"), window.on_type_marker, "Shift+M"),
            Menu(_tr("Set a &numbered marker"), digits),
            Command(_tr("Start a t&opic"), window.on_type_topic, "T"),
            None,
            Command(_tr("&Export…"), window.on_export, "Ctrl+E"),
            Command(_tr("&Back up all sessions…"), window.backups.back_up),
            Command(_tr("&Restore from a backup…"), window.backups.restore),
            None,
            Command(_tr("Se&ttings…"), window.on_settings, "Ctrl+,"),
            Command(_tr("&Quit"), window.on_quit, "Ctrl+Q"),
        ),
    )


def _view(window: MainWindow) -> Menu:
    pages = tuple(
        Command(name, partial(window.show_page, number), page_keys(number))
        for number, name in enumerate(window.pages.names)
    )
    small = Command(_tr("Small &window over the slides"), window.on_small_view, "F9")
    refresh = Command(_tr("Refresh &cameras or sessions"), window.on_refresh, "Ctrl+R")
    return Menu(_tr("&View"), (*pages, None, small, refresh))


def _help(window: MainWindow) -> Menu:
    return Menu(
        _tr("&Help"),
        (
            Command(_tr("&Keys…"), window.on_keys, "F1"),
            Command(_tr("&Notice for the room…"), window.on_notice),
            Command(_tr("&Log…"), window.on_log),
            Command(_tr("&About…"), partial(show_about, window)),
        ),
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("Menus", text)
