"""Money of districts and communes whose source stands in the title alone: plan, allocated, disbursed, rate."""

from __future__ import annotations

import pytest

from tests.etl.findings import Reader, codes, facts, message, only_issue, rows_of
from tests.etl.money_books import MILLION, layered
from tests.etl.workbooks import Row, form

TITLE = "TÌNH HÌNH GIẢI NGÂN VỐN NGÂN SÁCH TRUNG ƯƠNG NĂM 2022 TỈNH HẬU GIANG"
HEADINGS = ("STT", "Huyện", "Kế hoạch giao", "Giải ngân", "Tỷ lệ giải ngân (%)")
VI_THUY: Row = (1, "Huyện Vị Thủy", 400, 180, 45)
CUT_OFF = "(Số liệu đến 30/6/2022)"


def book(*rows: Row, title: str = TITLE, headings: Row = HEADINGS, **parts: object) -> object:
    return form(title, headings, list(rows), **{"unit": MILLION, "cut_off": CUT_OFF, **parts})  # type: ignore[arg-type]


def test_districts_have_the_source_of_the_title(read: Reader) -> None:
    reading = read(book(VI_THUY, (2, "Huyện Châu Thành A", 100, "-", 0), (None, "Tổng cộng", 500, 180, 36)))
    assert reading.issues == []
    assert reading.form == "funding_of_one_source"
    assert facts(reading, "unit_code", "source_code", "nature", "stage", "amount_vnd_million", "cell") == [
        ("935", "central", None, "allocated", 400, "C8"),
        ("935", "central", None, "disbursed", 180, "D8"),
        ("932", "central", None, "allocated", 100, "C9"),
        ("932", "central", None, "disbursed", 0, "D9"),
    ]
    assert rows_of(reading, "stated_result", "unit_code", "value") == [("93", 500), ("93", 180)]


@pytest.mark.parametrize(
    ("title", "source", "nature"),
    [
        ("GIẢI NGÂN VỐN ĐẦU TƯ PHÁT TRIỂN NGUỒN NGÂN SÁCH TRUNG ƯƠNG TỈNH HẬU GIANG", "central", "investment"),
        ("GIẢI NGÂN VỐN SỰ NGHIỆP NGUỒN NGÂN SÁCH TRUNG ƯƠNG TỈNH HẬU GIANG", "central", "recurrent"),
        ("GIẢI NGÂN VỐN ĐẦU TƯ VÀ SỰ NGHIỆP NGUỒN NGÂN SÁCH TRUNG ƯƠNG TỈNH HẬU GIANG", "central", None),
        ("GIẢI NGÂN VỐN NGÂN SÁCH ĐỊA PHƯƠNG TỈNH HẬU GIANG", "local", None),
        ("GIẢI NGÂN VỐN NGÂN SÁCH CẤP TỈNH, TỈNH HẬU GIANG", "local_province", None),
    ],
)
def test_title_says_source_and_nature(read: Reader, title: str, source: str, nature: str | None) -> None:
    reading = read(book(VI_THUY, title=title))
    assert reading.issues == []
    assert set(facts(reading, "source_code", "nature")) == {(source, nature)}


def test_line_below_the_title_says_the_source(read: Reader) -> None:
    title = "TÌNH HÌNH GIẢI NGÂN VỐN NĂM 2022 TỈNH HẬU GIANG"
    reading = read(book(VI_THUY, title=title, cut_off="(Nguồn vốn: ngân sách trung ương; số liệu đến 30/6/2022)"))
    assert (set(facts(reading, "source_code")), reading.issues) == ({"central"}, [])


@pytest.mark.parametrize(
    "title",
    [
        "TÌNH HÌNH GIẢI NGÂN VỐN NĂM 2022 TỈNH HẬU GIANG",
        "GIẢI NGÂN VỐN NGÂN SÁCH TRUNG ƯƠNG VÀ NGÂN SÁCH ĐỊA PHƯƠNG NĂM 2022 TỈNH HẬU GIANG",
        "GIẢI NGÂN VỐN NGÂN SÁCH TRUNG ƯƠNG VÀ ĐỊA PHƯƠNG NĂM 2022 TỈNH HẬU GIANG",
        "GIẢI NGÂN VỐN NGÂN SÁCH TRUNG ƯƠNG, NGÂN SÁCH TỈNH NĂM 2022 TỈNH HẬU GIANG",
        "GIẢI NGÂN VỐN NGÂN SÁCH TRUNG ƯƠNG, VỐN LỒNG GHÉP NĂM 2022 TỈNH HẬU GIANG",
    ],
)
def test_title_of_no_source_or_of_several_refuses_the_table_once(read: Reader, title: str) -> None:
    reading = read(book(VI_THUY, title=title))
    issue = only_issue(reading)
    assert (issue.code, issue.severity, reading.facts) == ("SOURCE_NOT_STATED", "block", {})
    assert title in message(issue)


def test_headings_divide_the_source_of_the_title(read: Reader) -> None:
    paths = [("TT",), ("Huyện",), ("Kế hoạch giao", "Tổng số"), ("Kế hoạch giao", "ĐTPT"), ("Kế hoạch giao", "SN"),
             ("Giải ngân", "Tổng số"), ("Giải ngân", "ĐTPT"), ("Giải ngân", "SN")]  # fmt: skip
    reading = read(layered(paths, [[1, "Huyện Vị Thủy", 50, 30, 20, 15, 10, 5]], title=TITLE))
    assert reading.issues == []
    assert facts(reading, "source_code", "nature", "stage", "amount_vnd_million") == [
        ("central", "investment", "allocated", 30),
        ("central", "recurrent", "allocated", 20),
        ("central", "investment", "disbursed", 10),
        ("central", "recurrent", "disbursed", 5),
    ]


def test_rate_that_differs_is_asked(read: Reader) -> None:
    reading = read(book((1, "Huyện Vị Thủy", 400, 180, 54)))
    assert (only_issue(reading).code, len(facts(reading, "cell"))) == ("RATE_MISMATCH", 2)


def test_two_instalments_are_not_one_over_the_other(read: Reader) -> None:
    headings = ("STT", "Huyện", "Kế hoạch giao đợt 1", "Kế hoạch giao đợt 2", "Giải ngân")
    reading = read(book((1, "Huyện Vị Thủy", 300, 100, 180), headings=headings))
    assert (codes(reading), facts(reading, "stage")) == (["COLUMN_TWICE"], ["disbursed"])


def test_table_that_counts_communes_is_no_money(read: Reader) -> None:
    headings = ("STT", "Huyện", "Kế hoạch", "Thực hiện")
    reading = read(book((1, "Huyện Vị Thủy", 4, 2), headings=headings, title="SỐ XÃ ĐẠT CHUẨN TỈNH HẬU GIANG"))
    assert (codes(reading), reading.facts) == (["FORM_UNKNOWN"], {})
