"""Periods and days in office prose (forms.md, cases 49-54)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.clean.periods import Period, find_day, find_period, impossible_date, read_date
from etl.context import Options
from tests.etl.findings import Reader, codes, facts, message, only_issue, row_counts
from tests.etl.workbooks import KIEU_MAU, matrix, recognition, recognitions

DAYS = st.dates(date(2000, 1, 1), date(2050, 12, 31))
ROW = [1, "Xã Vị Tân", "x", "x", "x", "x"]


def period(start: tuple[int, int, int], end: tuple[int, int, int]) -> Period:
    return Period(date(*start), date(*end))


JUNE = period((2022, 6, 1), (2022, 6, 30))
TO_JUNE = period((2022, 1, 1), (2022, 6, 30))
WHOLE_YEAR = period((2022, 1, 1), (2022, 12, 31))


@pytest.mark.case(49)
@pytest.mark.case(50)
@pytest.mark.case(51)
@pytest.mark.case(52)
@pytest.mark.case(54)
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(Số liệu đến 30/6/2022)", TO_JUNE),
        ("30.6.2022", TO_JUNE),
        ("30-6-2022", TO_JUNE),
        ("ngày 30 tháng 6 năm 2022", TO_JUNE),
        ("7/6/2022", period((2022, 1, 1), (2022, 6, 7))),
        ("06/2022", JUNE),
        ("tháng 6/2022", JUNE),
        ("tháng 6 năm 2022", JUNE),
        ("T6/2022", JUNE),
        ("tháng 6.2022", JUNE),
        ("NTM_T6.2022", JUNE),
        ("tieu_chi_2022_06", JUNE),
        ("đến hết tháng 6/2022", JUNE),
        ("Quý II/2022", period((2022, 4, 1), (2022, 6, 30))),
        ("Q2/2022", period((2022, 4, 1), (2022, 6, 30))),
        ("quý 2 năm 2022", period((2022, 4, 1), (2022, 6, 30))),
        ("Quý IV năm 2022", period((2022, 10, 1), (2022, 12, 31))),
        ("6 tháng đầu năm 2022", TO_JUNE),
        ("6T/2022", TO_JUNE),
        ("6T đầu năm 2022", TO_JUNE),
        ("6 tháng cuối năm 2022", period((2022, 7, 1), (2022, 12, 31))),
        ("9 tháng năm 2022", period((2022, 1, 1), (2022, 9, 30))),
        ("11 tháng năm 2022", period((2022, 1, 1), (2022, 11, 30))),
        ("ước 12 tháng năm 2022", WHOLE_YEAR),
        ("năm 2022", WHOLE_YEAR),
        ("ngày   tháng   năm 2022", None),
        ("Hậu Giang, ngày …. tháng …. năm 2022", None),
        ("ngày 12 tháng     năm 2022", None),
        ("31/11/2016", None),
        ("30/2/2022", None),
        ("tháng 13/2022", None),
        ("2021-2025", None),
        ("GIAI ĐOẠN 2021-2025, NĂM 2022", WHOLE_YEAR),
        ("(Quyết định số 318/QĐ-TTg ngày 08/3/2022)", None),
        ("theo Quyết định 318/QĐ-TTg ngày 08 tháng 3 năm 2022", None),
        ("Quyết định số 51/2025/QĐ-TTg ngày 29/12/2025", None),
        ("(Kèm theo Báo cáo số 12/BC-VPĐP ngày 15/7/2022)", None),
        ("Kế hoạch số 45/KH-UBND ngày 30/6/2022, số liệu đến 31/12/2022", WHOLE_YEAR),
        ("chi_tieu_2022", None),
    ],
)
def test_period_of_a_text(text: str, expected: Period | None) -> None:
    assert find_period(text) == expected


@given(DAYS, st.sampled_from(["{0.day}/{0.month}/{0.year}", "{0.day:02}.{0.month:02}.{0.year}"]))
def test_day_is_read_as_it_was_written(day: date, writing: str) -> None:
    text = writing.format(day)
    assert read_date(text) == find_day(f"12/QĐ-UBND ngày {text}") == day
    stated = find_period(f"(Số liệu đến {text})")
    assert stated == Period(date(day.year, 1, 1), day)


@pytest.mark.case(49)
@given(DAYS)
def test_day_of_the_spreadsheet(day: date) -> None:
    """Stored as a date, or as the number of days that Excel counts."""
    assert read_date(datetime(day.year, day.month, day.day)) == read_date(day) == day
    assert read_date((day - date(1899, 12, 30)) // timedelta(days=1)) == day


@given(st.text(max_size=40))
def test_no_text_breaks_the_reading(text: str) -> None:
    found = find_period(text)
    assert found is None or found.start <= found.end
    impossible_date(text)


@pytest.mark.parametrize("value", ["31/11/2016", "30/2/2022", "6/2022", "2022", 17, "", None, 2022.5])
def test_what_is_no_day_is_none(value: object) -> None:
    assert read_date(value) is None


def test_period_of_the_cut_off_line_counts_before_title_and_file(read: Reader) -> None:
    book = matrix(ROW, title=f"{KIEU_MAU} NĂM 2021", cut_off="(Số liệu đến 31/3/2022)")
    assert read(book, "tieu_chi_2020_05.xlsx").period_end == date(2022, 3, 31)


def test_cut_off_is_the_day_behind_its_words(read: Reader) -> None:
    reading = read(matrix(ROW, cut_off="So với 31/12/2021, tính đến ngày 30/6/2022"))
    assert reading.period_end == date(2022, 6, 30)


def test_period_of_the_file_name_counts_last(read: Reader) -> None:
    assert read(matrix(ROW, cut_off=""), "tieu_chi_2022_05.xlsx").period_end == date(2022, 5, 31)


@pytest.mark.case(51)
def test_sheet_without_a_period_is_refused_unless_one_is_given(read: Reader) -> None:
    """The date of the signature was left blank."""
    book = matrix(ROW, cut_off="", below=("Hậu Giang, ngày     tháng     năm 2022",))
    issue = only_issue(reading := read(book))
    assert (issue.code, issue.severity, reading.facts) == ("PERIOD_UNKNOWN", "block", {})
    assert "Số liệu đến" in message(issue)
    assert read(book, "b.xlsx", Options(period="6/2022")).period_end == date(2022, 6, 30)


@pytest.mark.case(52)
def test_impossible_cut_off_is_not_mended_nor_replaced(read: Reader) -> None:
    """The title has a year, but the sheet means another day."""
    book = matrix(ROW, title=f"{KIEU_MAU} NĂM 2016", cut_off="(Số liệu đến 31/11/2016)")
    issue = only_issue(reading := read(book, "tieu_chi_2016_11.xlsx"))
    assert (issue.code, issue.severity, reading.period_end) == ("PERIOD_INVALID", "block", None)
    assert "'31/11/2016'" in message(issue)
    assert "Sửa ngày" in message(issue)


@pytest.mark.case(52)
@pytest.mark.parametrize("day", ["31/11/2016", "30/2/2022", None])
def test_impossible_day_sets_its_row_aside(read: Reader, day: object) -> None:
    """It is not mended; a recognition without its day cannot be loaded."""
    reading = read(recognitions(recognition(day=day), recognition("Xã Hoả Lựu")))
    assert facts(reading, "unit_code") == ["31336"]
    issue = only_issue(reading)
    assert (issue.code, issue.cell, issue.severity) == ("DATE_NEEDED", "G8", "block")
    assert f"'{day or '…'}'" in message(issue)
    assert row_counts(reading) == (2, 1, 1)


@pytest.mark.case(53)
def test_result_of_one_year_is_decided_in_the_next(read: Reader) -> None:
    reading = read(recognitions(recognition(day="9/8/2023", year=2022)))
    assert facts(reading, "result_year", "decision_date") == [(2022, date(2023, 8, 9))]


@pytest.mark.case(54)
@pytest.mark.parametrize("year", ["2021-2025", "2023-2025"])
def test_span_of_years_is_no_year(read: Reader, year: str) -> None:
    reading = read(recognitions(recognition(year=year)))
    assert (facts(reading, "result_year"), codes(reading)) == ([None], ["RESULT_YEAR_SPAN"])
    assert only_issue(reading).severity == "note"
