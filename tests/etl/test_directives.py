"""Tasks that documents give: due dates that recur keep their words, ids stay the same when a list is sent again."""

from __future__ import annotations

from datetime import date

import pytest

from tests.etl.findings import Reader, Warehouse, facts, only_issue, row_counts
from tests.etl.list_books import directives
from tests.etl.workbooks import Row

DONE = date(2023, 4, 10)


def directive(
    task: str | None = "Xây dựng kế hoạch duy trì các tiêu chí",
    due: object = "trước ngày 15/4/2023",
    done: object = None,
    state: str | None = None,
    document: str | None = "Thông báo số 12/TB-UBND ngày 05/4/2023",
) -> Row:
    return [1, document, task, "UBND các huyện", due, done, state]


@pytest.mark.parametrize(
    ("due", "day", "rule"),
    [
        ("trước ngày 15/4/2023", date(2023, 4, 15), "trước ngày 15/4/2023"),
        (date(2023, 4, 15), date(2023, 4, 15), None),
        (45031, date(2023, 4, 15), None),
        ("tháng 6/2023", date(2023, 6, 30), "tháng 6/2023"),
        ("trước ngày 20 hằng tháng", None, "trước ngày 20 hằng tháng"),
        ("hàng tháng, năm 2023", None, "hàng tháng, năm 2023"),
        ("trước ngày 15/4 hằng năm", None, "trước ngày 15/4 hằng năm"),
        ("thường xuyên", None, "thường xuyên"),
    ],
)
def test_recurring_due_date_names_no_day(read: Reader, due: object, day: date | None, rule: str | None) -> None:
    reading = read(directives(directive(due=due)))
    assert (facts(reading, "due_date", "due_rule"), reading.issues) == ([(day, rule)], [])


@pytest.mark.parametrize(
    ("done", "state", "done_date", "known"),
    [
        (None, None, None, None),
        (DONE, None, DONE, "done"),
        ("10.4.2023", "Đã hoàn thành", DONE, "done"),
        (None, "Đã hoàn thành ngày 10/4/2023", DONE, "done"),
        ("Đã hoàn thành", None, None, "done"),
        (None, "Đang thực hiện", None, "in_progress"),
        (None, "Quá hạn", None, "overdue"),
    ],
)
def test_day_and_state_of_a_task(
    read: Reader, done: object, state: str | None, done_date: date | None, known: str | None
) -> None:
    """An empty day is an open task; none is made up for one that is only said to be done."""
    reading = read(directives(directive(done=done, state=state)))
    assert (facts(reading, "done_date", "state"), reading.issues) == ([(done_date, known)], [])


def test_group_row_cites_the_document(read: Reader) -> None:
    rows = [["I", "Thông báo số 7/TB-UBND ngày 01/3/2023"], directive(document=None), directive("Báo cáo")]
    assert facts(read(directives(*rows)), "document") == [
        "Thông báo số 7/TB-UBND ngày 01/3/2023",
        "Thông báo số 12/TB-UBND ngày 05/4/2023",
    ]


@pytest.mark.case(52)
def test_impossible_due_day_is_asked_about_and_kept_in_words(read: Reader) -> None:
    reading = read(directives(directive(due="30/2/2023")))
    issue = only_issue(reading)
    assert (issue.code, issue.severity, issue.cell) == ("DATE_INVALID", "ask", "E8")
    assert (facts(reading, "due_date", "due_rule"), row_counts(reading)) == ([(None, "30/2/2023")], (1, 1, 0))


def test_row_without_a_task_is_set_aside(read: Reader) -> None:
    issue = only_issue(reading := read(directives(directive(task=None))))
    assert (issue.code, issue.cell, row_counts(reading)) == ("CELL_NEEDED", "C8", (1, 0, 1))


def test_task_sent_again_is_the_same_task(read: Reader, warehouse: Warehouse) -> None:
    """Sent in September with another due date, in another row, in capitals: one task, told twice."""
    again = [2, *directive(task="XÂY DỰNG KẾ HOẠCH DUY TRÌ CÁC TIÊU CHÍ", due="30/9/2023", done=DONE)[1:]]
    books = {
        "6.xlsx": directives(directive(), cut_off="(Số liệu đến 30/6/2023)"),
        "9.xlsx": directives(directive("Việc khác"), again, cut_off="(Số liệu đến 30/9/2023)"),
    }
    query = "select count(*), count(distinct directive_id), max(done_date) from directive"
    assert warehouse(books).execute(query).fetchall() == [(3, 2, DONE)]
