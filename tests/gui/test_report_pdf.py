"""The PDF: one page where it fits, more where it must, no fonts, threads."""

from __future__ import annotations

import re
import threading
from dataclasses import replace

import pytest
from PySide6.QtGui import QFontDatabase
from pytestqt.qtbot import QtBot

from classroom_monitor.contracts import Annotations, Marker, Segment
from classroom_monitor.errors import EnvironmentProblem
from classroom_monitor.gui.report_pdf import report_pdf
from classroom_monitor.gui.services import StoredSession
from classroom_monitor.sessions.report_content import make_report
from tests.sessions.lecture_sample import lecture


def pages(pdf: bytes) -> int:
    assert pdf.startswith(b"%PDF-")
    assert pdf.rstrip().endswith(b"%%EOF")
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def with_segments(count: int) -> StoredSession:
    session = lecture(minutes=30)
    starts = [1800 * number / count for number in range(count)]
    segments = tuple(Segment(n, at_s, f"Topic {n} " * 4) for n, at_s in enumerate(starts, start=1))
    return replace(session, annotations=Annotations(segments=segments))


@pytest.mark.parametrize("counts_only", [False, True])
def test_a_lecture_is_one_page(qtbot: QtBot, counts_only: bool) -> None:
    pdf = report_pdf(make_report(lecture(minutes=75, counts_only=counts_only)))
    assert pages(pdf) == 1
    assert len(pdf) < 500_000


def test_texts_shrink_before_a_second_page_is_begun(qtbot: QtBot) -> None:
    assert pages(report_pdf(make_report(with_segments(9)))) == 1
    assert pages(report_pdf(make_report(with_segments(60)))) > 1


def test_long_and_odd_texts_leave_a_pdf(qtbot: QtBot) -> None:
    session = lecture(minutes=5)
    odd = "<b>&\x00\ud800 " + "x" * 3000
    hostile = StoredSession(
        replace(session.info, title=odd, course=odd, source=odd),
        session.points,
        Annotations((Marker(1, 5.0, odd),), (Segment(1, 0.0, odd),)),
    )
    assert pages(report_pdf(make_report(hostile))) >= 1


def test_a_machine_without_fonts_says_so(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFontDatabase, "families", lambda: [])
    with pytest.raises(EnvironmentProblem, match="no fonts"):
        report_pdf(make_report(lecture(minutes=5)))


def test_a_thread_can_write_one(qtbot: QtBot) -> None:
    made: list[bytes] = []
    report = make_report(lecture(minutes=5))
    thread = threading.Thread(target=lambda: made.append(report_pdf(report)))
    thread.start()
    thread.join(60)
    assert pages(made[0]) == 1
