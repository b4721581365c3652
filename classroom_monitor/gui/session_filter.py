"""Which of the listed sessions a search and a course leave over, and in which order."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSortFilterProxyModel, Qt

from classroom_monitor.contracts import SessionInfo
from classroom_monitor.gui.formats import date_and_time
from classroom_monitor.gui.session_list_model import SORT_ROLE, Column, SessionTableModel

_Index = QModelIndex | QPersistentModelIndex


class SessionFilter(QSortFilterProxyModel):
    """Leaves over the sessions of a course that have every word of a search somewhere."""

    def __init__(self, source: SessionTableModel) -> None:
        super().__init__(source)
        self._words: tuple[str, ...] = ()
        self._course: str | None = None
        self._source = source
        self.setSourceModel(source)
        self.setSortRole(SORT_ROLE)
        self.sort(Column.DATE, Qt.SortOrder.DescendingOrder)

    def search(self, text: str) -> None:
        """Leave over what has these words in title, course, notes, source or date."""
        self._words = tuple(text.casefold().split())
        self.invalidate()

    def choose_course(self, course: str | None) -> None:
        """Leave over one course's sessions ("" for those without one), or all for None."""
        self._course = course
        self.invalidate()

    def infos(self) -> tuple[SessionInfo, ...]:
        """Return the sessions that are left over, in the order shown."""
        rows = (self.mapToSource(self.index(row, 0)).row() for row in range(self.rowCount()))
        return tuple(self._source.info(row) for row in rows)

    def filterAcceptsRow(self, source_row: int, source_parent: _Index) -> bool:
        """Whether a session is left over."""
        info = self._source.info(source_row)
        if self._course is not None and info.course.casefold() != self._course.casefold():
            return False
        date = date_and_time(info.started_at)
        text = " ".join((info.title, info.course, info.notes, info.source, date)).casefold()
        return all(word in text for word in self._words)
