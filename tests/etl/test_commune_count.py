"""The count form: districts × bands of criteria, bands of any bounds; totals, means, shares and dates."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from openpyxl import Workbook

from etl.clean.bands import Band, gaps, overlaps, read_band
from etl.clean.date_shares import recovered_share
from etl.clean.numbers import Share
from tests.etl.criteria_books import DEM, headed
from tests.etl.findings import Reader, Warehouse, codes, message, only_issue, row_counts, rows_of
from tests.etl.workbooks import Row

BANDS = ("19 TC", "15-18", "10-14", "5-9", "<5")
VI_THUY = (1, "Huyện Vị Thủy")


def count_form(*rows: Row, bands: tuple[object, ...] = BANDS, title: str = DEM, **more: object) -> Workbook:
    """Ordinal, district, total, bands, mean, share."""
    paths = [("TT",), ("Huyện",), ("Tổng số xã",), *(("Số xã đạt", band) for band in bands), ("TC BQ/xã",)]
    return headed([*paths, ("Tỷ lệ đạt chuẩn",)], rows, title=title, remark="", **more)  # type: ignore[arg-type]


def counts(reading: object, *columns: str) -> list[tuple[object, ...]]:
    return rows_of(reading, "commune_count", *(columns or ("band_low", "band_high", "communes")))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("19 TC", (19, 19)), ("Đạt 19 tiêu chí", (19, 19)), ("19/19", (19, 19)), ("15-18", (15, 18)),
        ("15 – 18 TC", (15, 18)), ("17 đến 18", (17, 18)), ("từ 15 đến 18", (15, 18)), ("05-09", (5, 9)),
        ("<5", (0, 4)), ("dưới 8", (0, 7)), ("Dưới 11 tiêu chí", (0, 10)), ("trên 15", (16, 19)), ("> 15", (16, 19)),
        ("15 trở lên", (15, 19)), ("Từ 15 tiêu chí trở lên", (15, 19)), ("≥ 15", (15, 19)), ("5 trở xuống", (0, 5)),
        ("Số xã đạt từ 10 đến 14 tiêu chí", (10, 14)), ("10 đến dưới 15", (10, 14)), ("18 TC", (18, 18)),
        ("20-25", None), ("18-15", None), ("2021-2025", None), ("Huyện Vị Thủy", None), ("", None), ("17/19", None),
    ],
)  # fmt: skip
def test_band_is_read_by_its_meaning(text: str, expected: tuple[int, int] | None) -> None:
    assert read_band(text, 19) == (Band(*expected) if expected else None)


def test_bands_that_overlap_or_leave_numbers_out() -> None:
    assert overlaps([Band(15, 19), Band(19, 19), Band(0, 14)]) == [(Band(15, 19), Band(19, 19))]
    assert gaps([Band(19, 19), Band(10, 14), Band(0, 4)], 19) == [Band(5, 9), Band(15, 18)]


def test_counts_with_their_bands_and_what_stands_beside_them(read: Reader) -> None:
    reading = read(
        count_form([*VI_THUY, 9, 5, 3, 1, 0, "-", 17.5, "55,5%"], [2, "TX. Long Mỹ", 5, 5, 0, 0, 0, 0, 19, 100])
    )
    assert reading.issues == []
    assert counts(reading)[:5] == [(19, 19, 5), (15, 18, 3), (10, 14, 1), (5, 9, 0), (0, 4, 0)]
    assert counts(reading, "unit_code", "set_code", "value_kind", "period_end", "cell")[0] == (
        "935", "XA_NTM_2021_2025", "actual", date(2022, 6, 30), "D9",
    )  # fmt: skip
    stated = [(metric, float(str(value))) for metric, value in rows_of(reading, "stated_result", "metric", "value")]
    assert stated[:3] == [("communes", 9), ("criteria_met_mean", 17.5), ("full_communes_pct", 55.5)]


@pytest.mark.parametrize(
    "bands", [("17-18", "19 TC", "dưới 17"), ("19", "8-9", "10 đến 18", "dưới 8"), ("đủ 19", "dưới 19")]
)
def test_bands_of_any_bounds(read: Reader, bands: tuple[str, ...]) -> None:
    reading = read(count_form([*VI_THUY, len(bands), *[1] * len(bands)], bands=bands))
    assert (reading.issues, len(counts(reading))) == ([], len(bands))


def test_overlapping_bands_are_asked_and_not_added_up(read: Reader) -> None:
    reading = read(count_form([*VI_THUY, 9, 5, 8, 1], bands=("19 TC", "trên 14", "0-14")))
    issue = only_issue(reading)
    assert (issue.code, issue.severity, len(counts(reading))) == ("BANDS_OVERLAP", "ask", 3)
    assert "15-19 / 19" in message(issue)


def test_numbers_that_no_band_holds_are_said(read: Reader) -> None:
    issue = only_issue(read(count_form([*VI_THUY, 9, 5, 4], bands=("19 TC", "15-18"))))
    assert (issue.code, issue.severity, "0-14" in message(issue)) == ("BANDS_LEAVE_OUT", "note", True)


def test_bands_that_do_not_add_up_are_asked_and_both_kept(read: Reader) -> None:
    reading = read(count_form([*VI_THUY, 10, 5, 3, 1, 0, 0]))
    issue = only_issue(reading)
    assert (issue.code, issue.cell, issue.severity) == ("BAND_SUM_MISMATCH", "C9", "ask")
    assert "ghi 10, cộng các mức được 9" in message(issue)
    assert rows_of(reading, "stated_result", "metric", "value") == [("communes", 10)]


@pytest.mark.parametrize(
    ("mean", "is_possible"), [(17.5, True), (18.2, True), (18.4, False), (14, False), ("16,7", True)]
)
def test_mean_that_the_bands_cannot_have_is_asked(read: Reader, mean: object, is_possible: bool) -> None:
    """5 × 19 + 3 × 15…18 + 1 × 10…14 over 9 communes: 16.67 to 18.11, one decimal cut off."""
    reading = read(count_form([*VI_THUY, 9, 5, 3, 1, 0, 0, mean]))
    assert codes(reading) == ([] if is_possible else ["MEAN_OUT_OF_BANDS"])


@pytest.mark.case(39)
@pytest.mark.parametrize(
    ("share", "is_right"),
    [("51,2", True), ("51,3%", True), (51.26, True), ("51", False), ("61/119", True), (0.5126, True)],
)
def test_share_cut_off_instead_of_rounded_is_right(read: Reader, share: object, is_right: bool) -> None:
    """An Giang: 61 of 119 is 51.26%, published as 51.2."""
    book = count_form([*VI_THUY, 119, 61, 58, 0, 0, 0, None, share])
    book.active["J9"].number_format = "0.0%" if share == 0.5126 else "General"
    reading = read(book)
    assert codes(reading) == ([] if is_right else ["SHARE_MISMATCH"])
    kept = [
        value for metric, value in rows_of(reading, "stated_result", "metric", "value") if metric == "full_communes_pct"
    ]
    assert len(kept) == 1


@pytest.mark.case(38)
@pytest.mark.parametrize("cell", ["5/9", "5 xã/9 xã", "5 xã", 5, "05"])
def test_count_in_any_writing(read: Reader, cell: object) -> None:
    reading = read(count_form([*VI_THUY, 9, cell, 4, 0, 0, 0]))
    assert (reading.issues, counts(reading)[0]) == ([], (19, 19, 5))


@pytest.mark.case(38)
@pytest.mark.parametrize(
    ("total", "cell", "number_format", "part", "typed"),
    [
        (19, datetime(2019, 12, 1), "mmm-yy", 12, "12/19"),
        (10, datetime(2022, 10, 9), "d-mmm", 9, "9/10"),
        (10, datetime(2022, 9, 10), "d-mmm", 9, "9/10"),
        (9, datetime(2022, 9, 5), "dd/mm/yyyy", 5, "5/9"),
        (19, datetime(2019, 12, 1), "dd/mm/yyyy", 12, "12/19"),
        (9, datetime(1900, 1, 5), "dd/mm/yyyy", 5, "5"),
    ],
)
def test_count_that_became_a_date_is_recovered_and_asked(
    read: Reader, total: int, cell: datetime, number_format: str, part: int, typed: str
) -> None:
    """'12/19' typed into Excel becomes 1 December 2019, '9/10' a day of this year."""
    book = count_form([*VI_THUY, total, cell, total - part, 0, 0, 0])
    book.active["D9"].number_format = number_format
    reading = read(book)
    assert counts(reading)[0] == (19, 19, part)
    issue = only_issue(reading)
    assert (issue.code, issue.cell, issue.severity) == ("COUNT_FROM_DATE", "D9", "ask")
    assert f"'{typed}'" in message(issue)


@pytest.mark.case(38)
def test_date_of_which_nobody_can_tell_what_was_typed_is_not_loaded(read: Reader) -> None:
    """1 December 2019, shown in full, without a total beside it: '1/12' or '12/19'."""
    book = count_form([*VI_THUY, None, datetime(2019, 12, 1), 3, 1, 0, 0])
    book.active["D9"].number_format = "dd/mm/yyyy"
    reading = read(book)
    assert counts(reading) == [(15, 18, 3), (10, 14, 1), (5, 9, 0), (0, 4, 0)]
    issue = only_issue(reading)
    assert (issue.code, issue.cell, issue.severity) == ("DATE_FOR_COUNT", "D9", "block")
    assert recovered_share(datetime(2019, 12, 1), "dd/mm/yyyy", 19) == Share(12, 19)


@pytest.mark.case(38)
def test_band_that_became_a_date_in_the_heading(read: Reader) -> None:
    book = count_form([*VI_THUY, 9, 5, 3, 1, 0, 0], bands=("19 TC", "15-18", "10-14", datetime(2022, 9, 5), "<5"))
    book.active["G7"].number_format = "d-mmm"
    reading = read(book)
    assert counts(reading)[3] == (5, 9, 0)
    assert (only_issue(reading).code, only_issue(reading).cell) == ("COUNT_FROM_DATE", "G7")


@pytest.mark.case(40)
def test_blank_count_is_not_zero(read: Reader) -> None:
    reading = read(count_form([*VI_THUY, 9, 5, None, 4, "-", 0], [2, "Huyện Phụng Hiệp"]))
    assert counts(reading) == [(19, 19, 5), (10, 14, 4), (5, 9, 0), (0, 4, 0)]
    assert (codes(reading), row_counts(reading)) == (["COUNTS_NOT_REPORTED"], (2, 1, 1))


@pytest.mark.case(9)
def test_total_row_is_compared_and_not_loaded(read: Reader) -> None:
    rows: list[Row] = [[*VI_THUY, 9, 5, 3, 1, 0, 0], [2, "Huyện Phụng Hiệp", 12, 10, 2, 0, 0, 0]]
    reading = read(count_form(*rows, ["Tổng cộng", None, 21, 15, 5, 2, 0, 0]))
    assert len(counts(reading)) == 10
    issue = only_issue(reading)
    assert (issue.code, issue.cell, issue.severity) == ("BAND_TOTAL_MISMATCH", "F11", "ask")
    assert "10-14: 2/1" in message(issue)


def test_form_of_the_province_alone(read: Reader) -> None:
    reading = read(count_form([None, "Toàn tỉnh", 51, 35, 10, 6, 0, 0]))
    assert (reading.issues, counts(reading, "unit_code", "communes")[0]) == ([], ("93", 35))


def test_count_form_without_a_set_is_refused(read: Reader) -> None:
    reading = read(count_form([*VI_THUY, 9, 5, 3, 1, 0, 0], title="TỔNG HỢP SỐ XÃ ĐẠT TIÊU CHÍ NTM TỈNH HẬU GIANG"))
    assert (only_issue(reading).code, reading.facts) == ("SET_UNKNOWN", {})


def test_counts_lead_to_their_cells_in_the_warehouse(warehouse: Warehouse) -> None:
    database = warehouse({"dem.xlsx": count_form([*VI_THUY, 9, 5, 3, 1, 0, 0, 17.5])})
    query = "select band_low, communes, cell from commune_count where unit_code = '935' order by band_low desc"
    assert database.execute(query).fetchall()[:2] == [(19, 5, "D9"), (15, 3, "E9")]
