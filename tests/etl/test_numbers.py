"""Numbers in both ways of writing: what is written is read back, and what has two readings is left open."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.clean.numbers import ENGLISH, VIETNAMESE, clear_styles, is_ambiguous, read_number, read_share

AMOUNTS = st.decimals(min_value=-(10**11), max_value=10**11, places=6).map(Decimal.normalize)


def format_vi(number: Decimal) -> str:
    return format_en(number).translate(str.maketrans(",.", ".,"))


def format_en(number: Decimal) -> str:
    return f"{number:,f}"


@given(AMOUNTS)
def test_number_is_read_as_it_was_written(number: Decimal) -> None:
    assert read_number(format_vi(number), VIETNAMESE) == number
    assert read_number(format_en(number), ENGLISH) == number
    assert read_number(f" {format_vi(number)}\u00a0", VIETNAMESE) == number


@given(AMOUNTS)
def test_without_a_style_a_number_is_right_or_left_open(number: Decimal) -> None:
    for text in (format_vi(number), format_en(number)):
        assert read_number(text) in (number, None)
        assert (read_number(text) is None) == is_ambiguous(text)


@given(st.integers() | st.floats(allow_nan=False, allow_infinity=False))
def test_number_of_the_spreadsheet_is_that_number(value: float) -> None:
    number = read_number(value)
    assert isinstance(number, Decimal)
    assert float(number) == float(value)


@given(st.text(max_size=20))
def test_no_text_breaks_the_reading(text: str) -> None:
    number = read_number(text)
    assert number is None or number.is_finite()


@pytest.mark.parametrize(
    "value", [None, True, False, "", "x", "12,5 tỷ", "1.2.3", "1..2", "12/19", float("nan"), float("inf")]
)
def test_what_is_no_number_is_none(value: object) -> None:
    assert read_number(value) is None


@pytest.mark.parametrize(
    ("texts", "styles"),
    [
        (["217.040"], set()),
        (["217.040", "1234", "x", None, 5], set()),
        (["217.040", "6.259.605"], {VIETNAMESE}),
        (["217.040", "18,2"], {VIETNAMESE}),
        (["217.040", "16.13"], {ENGLISH}),
        (["217.040", "0.745"], {ENGLISH}),  # groups of three do not begin with a zero
        (["16.13", "18,2"], {VIETNAMESE, ENGLISH}),
    ],
)
def test_styles_of_the_clear_cells(texts: list[object], styles: set[str]) -> None:
    assert clear_styles(texts) == styles


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (17, (17, None)),
        (17.0, (17, None)),
        ("17", (17, None)),
        ("17 TC", (17, None)),
        ("17/19", (17, 19)),
        ("17/19 tiêu chí", (17, 19)),
        ("17,5", None),
        (17.5, None),
        ("x", None),
        (None, None),
    ],
)
def test_share_of_a_total_column(value: object, expected: tuple[int, int | None] | None) -> None:
    """Forms.md, case 30."""
    share = read_share(value)
    assert (share and (share.part, share.whole)) == expected
