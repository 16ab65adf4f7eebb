"""Numbers in both ways of writing: what is written is read back, and what has two readings is left open."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.clean.money import is_thousandfold, money_factor, take_apart
from etl.clean.numbers import (
    ENGLISH,
    VIETNAMESE,
    clear_styles,
    is_ambiguous,
    read_number,
    read_percent,
    read_share,
)

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


@pytest.mark.case(30)
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
    share = read_share(value)
    assert (share and (share.part, share.whole)) == expected


@pytest.mark.case(34)
@pytest.mark.case(35)
@given(st.lists(AMOUNTS, min_size=1, max_size=8), st.sampled_from([format_vi, format_en]))
def test_column_is_right_or_left_open_and_never_wrong_by_a_thousand(
    numbers: list[Decimal], write: Callable[[Decimal], str]
) -> None:
    """As a column is read: its clear cells decide, else nothing does."""
    texts = [write(number) for number in numbers]
    styles = clear_styles(texts)
    style = next(iter(styles)) if len(styles) == 1 else None
    for number, text in zip(numbers, texts, strict=True):
        found = read_number(text, style)
        assert found in (number, None)
        assert (found is None) == (style is None and is_ambiguous(text))


@pytest.mark.case(41)
@pytest.mark.case(44)
@given(
    AMOUNTS.map(abs),
    st.sampled_from(["", "trên ", "gần ", "khoảng ", "≈ ", ">= ", "xấp xỉ\u00a0"]),
    st.sampled_from(["", " tỷ", " tr.đ", " triệu đồng"]),
)
def test_words_around_a_number_do_not_change_it(number: Decimal, before: str, unit: str) -> None:
    written = take_apart(f"{before}{format_vi(number)}{unit}")
    assert written.read(VIETNAMESE) == number
    assert written.is_approximate == bool(before)
    assert written.factor == (money_factor(unit) if unit else None)


@given(st.text(max_size=30))
def test_no_text_breaks_what_takes_amounts_apart(text: str) -> None:
    written = take_apart(text)
    assert written.factor is None or written.factor > 0


@pytest.mark.case(43)
@given(AMOUNTS.filter(bool), st.decimals(min_value=Decimal("0.92"), max_value=Decimal("1.08"), places=3))
def test_a_mistaken_unit_is_seen_whichever_amount_has_it(amount: Decimal, change: Decimal) -> None:
    other = amount * change
    assert is_thousandfold(amount * 1000, other)
    assert is_thousandfold(other, amount * 1000)
    assert not is_thousandfold(amount, other)
    assert not is_thousandfold(amount * 100, other)


@pytest.mark.parametrize("pair", [(0, 0), (0, 5), (5, 0), (899, 1), (1101, 1)])
def test_what_is_no_thousandfold(pair: tuple[int, int]) -> None:
    assert not is_thousandfold(*map(Decimal, pair))


@pytest.mark.case(42)
@pytest.mark.parametrize(
    ("text", "million"),
    [
        *((f"{scale} đồng", "1000") for scale in ("tỷ", "Tỉ", "1.000.000.000")),
        *((text, "1") for text in ("triệu", "Tr.đ", "trđ", "Tr. đồng", "Triệu VNĐ", "TRIỆU ĐỒNG", "1.000.000 đồng")),
        *(
            (text, "0.001")
            for text in ("1.000 đồng", "1000 đồng", "1.000 đ", "1000đ", "nghìn đồng", "ngàn đồng", "1,000 VND")
        ),
        *((text, "0.000001") for text in ("đồng", "VNĐ", "đ", "Đồng Việt Nam")),
        *((text, None) for text in ("10.000 đồng", "USD", "nghìn", "xã", "", "100 đồng", "%")),
    ],
)
def test_units_of_money(text: str, million: str | None) -> None:
    assert money_factor(text) == (Decimal(million) if million else None)


@pytest.mark.case(37)
@pytest.mark.parametrize(
    ("value", "is_share", "percent"),
    [
        (0.745, True, "74.5"),
        ("74,5%", False, "74.5"),
        ("74,5 %", True, "74.5"),
        (74.5, False, "74.5"),
        ("x", False, None),
    ],
)
def test_percentages(value: object, is_share: bool, percent: str | None) -> None:
    assert read_percent(value, is_share=is_share) == (Decimal(percent) if percent else None)
