"""Which part of a year a heading speaks of, in a report of 30 June 2022 (forms.md, cases 47 and 50)."""

from __future__ import annotations

from datetime import date

import pytest

from etl.clean.part_of_year import part_of_year, spans_years
from etl.clean.periods import Period

JUNE = Period(date(2022, 1, 1), date(2022, 6, 30))
DECEMBER = Period(date(2022, 1, 1), date(2022, 12, 31))


@pytest.mark.case(47)
@pytest.mark.case(50)
@pytest.mark.parametrize(
    ("heading", "first", "last"),
    [
        ("Kế hoạch năm 2022", (2022, 1, 1), (2022, 12, 31)),
        ("Kế hoạch năm...", (2022, 1, 1), (2022, 12, 31)),
        ("Cả năm 2023", (2023, 1, 1), (2023, 12, 31)),
        ("KQ huy động 6T/năm 2022", (2022, 1, 1), (2022, 6, 30)),
        ("6T - Kết quả huy động / Tổng số", (2022, 1, 1), (2022, 6, 30)),
        ("TH 9 tháng năm 2021", (2021, 1, 1), (2021, 9, 30)),
        ("KH 6T cuối năm...", (2022, 7, 1), (2022, 12, 31)),
        ("KH cuối năm", (2022, 7, 1), (2022, 12, 31)),
        ("Quý II", (2022, 4, 1), (2022, 6, 30)),
        ("Q3/2021", (2021, 7, 1), (2021, 9, 30)),
        ("Giải ngân trong tháng / Tháng 2", (2022, 2, 1), (2022, 2, 28)),
        ("Tháng / 11", (2022, 11, 1), (2022, 11, 30)),
        ("T6/2022", (2022, 6, 1), (2022, 6, 30)),
        ("Giải ngân năm 2021 / Tháng 5", (2021, 5, 1), (2021, 5, 31)),
        ("Lũy kế đến 31/5/2022", (2022, 1, 1), (2022, 5, 31)),
        ("Lũy kế đến 31/5", (2022, 1, 1), (2022, 5, 31)),
        ("KQ đến 31/12 năm trước", (2021, 1, 1), (2021, 12, 31)),
    ],
)
def test_part_of_year(heading: str, first: tuple[int, int, int], last: tuple[int, int, int]) -> None:
    assert part_of_year(heading, JUNE) == Period(date(*first), date(*last))


def test_six_months_or_year_of_a_template_is_what_the_report_has_reached() -> None:
    assert part_of_year("KQ huy động 6T/năm", DECEMBER) == DECEMBER


@pytest.mark.parametrize("heading", ["Giải ngân", "Số tiền", "Tháng 13", "Năm 2021, 2022", "31/2"])
def test_heading_that_names_no_part(heading: str) -> None:
    assert part_of_year(heading, JUNE) is None


def test_after_a_whole_year_nothing_is_left_of_it() -> None:
    assert part_of_year("Phần còn lại cuối kỳ", DECEMBER) is None


@pytest.mark.parametrize("heading", ["Vốn 2021-2025", "Giai đoạn 2021-2025", "2021 – 25", "Từ đầu chương trình"])
def test_several_years_together(heading: str) -> None:
    assert spans_years(heading)
    assert not spans_years("Kế hoạch năm 2022")
