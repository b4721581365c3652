"""The table of segments on windows of any width."""

from pytestqt.qtbot import QtBot

from classroom_monitor.gui.segment_table import SegmentRows, segment_table


def test_columns_give_way_to_the_titles(qtbot: QtBot) -> None:
    table = segment_table()
    qtbot.addWidget(table)
    table.resize(1200, 200)
    table.show()
    qtbot.waitExposed(table)
    assert not table.isColumnHidden(SegmentRows.LENGTH)
    assert not table.isColumnHidden(SegmentRows.SEEN)

    table.resize(830, 200)

    qtbot.waitUntil(lambda: table.isColumnHidden(SegmentRows.LENGTH))
    assert table.isColumnHidden(SegmentRows.SEEN)
    qtbot.waitUntil(lambda: table.columnWidth(SegmentRows.TITLE) > 150)
