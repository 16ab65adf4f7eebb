from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pandas as pd
import pytest

from ntm.formatting import UNKNOWN, Format
from ntm.model import is_missing

VI, EN = Format("vi"), Format("en")
MISSING = [None, float("nan"), pd.NA, pd.NaT]


@pytest.mark.parametrize(
    ("value", "decimals", "vi", "en"),
    [
        (6259605, 0, "6.259.605", "6,259,605"),
        (Decimal("6259605.000000"), 0, "6.259.605", "6,259,605"),
        (18.2, 1, "18,2", "18.2"),
        (18, 1, "18,0", "18.0"),
        (17.509804, 1, "17,5", "17.5"),
        (0, 0, "0", "0"),
        (-1234.5, 1, "-1.234,5", "-1,234.5"),
    ],
)
def test_numbers_have_the_separators_of_the_language(value: float | Decimal, decimals: int, vi: str, en: str) -> None:
    assert (VI.number(value, decimals), EN.number(value, decimals)) == (vi, en)


@pytest.mark.parametrize(("value", "text"), [(51, "51"), (18.20, "18,2"), (73.084, "73,08"), (0.0, "0")])
def test_plain_numbers_have_no_decimals_that_say_nothing(value: float, text: str) -> None:
    assert VI.plain(value) == text


def test_shares_are_given_as_percent() -> None:
    assert VI.share(100 * 38 / 51) == "74,5%"
    assert EN.share(100 * 38 / 51) == "74.5%"
    assert VI.share(80, 0) == "80%"


@pytest.mark.parametrize(
    ("pct", "said"),
    [
        (100, "100,0%"), (0, "0,0%"), (99.9, "99,9%"), (99.97, "99,97%"), (0.04, "0,04%"), (100.03, "100,03%"),
        (-0.01, "-0,01%"), (99.9999999, "99,9999%"), (0.0000001, "0,0001%"),
    ],
)  # fmt: skip
def test_a_share_is_all_or_nothing_only_where_it_is(pct: float, said: str) -> None:
    assert VI.share(pct) == said


@pytest.mark.parametrize(
    ("value", "decimals", "said"),
    [(2.5, 0, "3"), (-2.5, 0, "-3"), (72.25, 1, "72,3"), (1.005, 2, "1,01"), (Decimal("6259605.5"), 0, "6.259.606")],
)
def test_halves_are_rounded_up_as_spreadsheets_do(value: float | Decimal, decimals: int, said: str) -> None:
    assert VI.number(value, decimals) == said


@pytest.mark.parametrize(("value", "text"), [(2, "+2"), (-0.69, "−0,7"), (0, "0,0")])
def test_changes_carry_their_sign_and_zero_carries_none(value: float, text: str) -> None:
    assert VI.signed(value, 0 if value == 2 else 1) == text


@pytest.mark.parametrize(
    ("amount", "vi", "en"),
    [
        (999, "999 triệu đồng", "999 million VND"),
        (1_000, "1,0 tỷ đồng", "1.0 billion VND"),
        (670_223, "670,2 tỷ đồng", "670.2 billion VND"),
        (Decimal(6_259_605), "6,26 nghìn tỷ đồng", "6.26 trillion VND"),
        (-2_000, "-2,0 tỷ đồng", "-2.0 billion VND"),
        (0, "0 triệu đồng", "0 million VND"),
    ],
)
def test_money_is_in_the_unit_that_it_is_spoken_of(amount: float | Decimal, vi: str, en: str) -> None:
    assert (VI.money(amount), EN.money(amount)) == (vi, en)


def test_days_and_months_are_written_as_people_write_them() -> None:
    day = date(2022, 6, 30)
    assert (VI.day(day), EN.day(day)) == ("30/6/2022", "30 June 2022")
    assert (VI.month(day), EN.month(day)) == ("tháng 6/2022", "June 2022")
    assert VI.day(pd.Timestamp(day)) == "30/6/2022"


def test_moments_are_told_by_the_clocks_of_vietnam() -> None:
    moment = datetime(2022, 6, 29, 18, 5)  # UTC
    assert (VI.time(moment), EN.time(moment)) == ("01:05 ngày 30/6/2022", "30 June 2022, 01:05")


@pytest.mark.parametrize("value", MISSING)
def test_the_unknown_is_a_dash_in_every_look(value: None) -> None:
    written = [
        VI.number(value), VI.plain(value), VI.share(value), VI.signed(value), VI.money(value), VI.day(value),
        VI.month(value),
    ]  # fmt: skip
    assert written == [UNKNOWN] * len(written)


@pytest.mark.parametrize("value", [0, 0.0, "", False, Decimal(0)])
def test_zero_and_empty_text_are_not_missing(value: object) -> None:
    assert not is_missing(value)


@pytest.mark.parametrize("value", MISSING)
def test_every_kind_of_nothing_in_a_frame_is_missing(value: object) -> None:
    assert is_missing(value)
