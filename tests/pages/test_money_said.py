"""Sentences about money say what their figures say: who is last, what is an estimate, up to which day."""

from __future__ import annotations

import pandas as pd
import pytest

from ntm.i18n import translator
from ntm.metrics.funding import by_year_until
from ntm.metrics.payments import ranking
from ntm.ui.commune_card_money import money_lines
from ntm.ui.funding_sentences import behind, stage_sentence
from tests.unit.test_metrics_funding import DECEMBER, JUNE, amount, money
from tests.unit.test_metrics_payments import district

VI = translator("vi")


@pytest.mark.parametrize(
    ("disbursed", "named", "are_equal"),
    [
        ((1, 5, 5), ["A"], False),
        ((1, 2, 5, 5), ["A", "B"], False),
        ((5, 5, 5), ["A", "B", "C"], True),
        ((1, 2, 3, 4), ["A", "B", "C"], False),
    ],
)
def test_districts_are_equal_only_where_all_rates_are(
    disbursed: tuple[int, ...], named: list[str], are_equal: bool
) -> None:
    rows = [district(name, 10, paid) for name, paid in zip("ABCD", disbursed, strict=False)]
    said = behind(VI, ranking(pd.DataFrame(rows)), 2022)
    assert ("bằng nhau" in said) is are_equal
    assert [name for name in "ABCD" if f"**{name}**" in said] == named


def test_a_district_that_nothing_was_allocated_to_is_not_said_to_be_at_another_cut_off() -> None:
    rows = [district("A", 10, 1), district("B", 10, 2), district("C", 0, 0)]
    said = behind(VI, ranking(pd.DataFrame(rows)), 2022)
    assert "mốc khác" not in said
    assert "Vốn giao bằng 0 nên không có tỷ lệ:** C" in said


def test_an_estimate_is_said_to_be_one() -> None:
    estimate = money(amount("disbursed", 80, kind="estimate"))
    assert "Giải ngân (ước thực hiện) năm 2022" in stage_sentence(VI, estimate, 2022, "disbursed", DECEMBER)
    for rows in (money(amount("disbursed", 80)), money(amount("plan", 80, kind="plan"))):
        stage = rows["stage"].iloc[0]
        assert stage_sentence(VI, rows, 2022, stage, DECEMBER).startswith(f"{VI(f'stage.{stage}')} năm 2022")


def test_amounts_of_a_commune_have_each_its_own_day_and_equal_parts_are_not_told_twice() -> None:
    rows = money(amount("allocated", 0.3), amount("disbursed", 0.1), amount("mobilised", 9, cutoff=JUNE))
    (said,) = money_lines(VI, rows, by_year_until(rows, DECEMBER), DECEMBER)
    assert "huy động 9 triệu đồng (30/6/2022)" in said
    assert "(31/12/2022)" in said
    assert said.count("triệu đồng") == 3, "the parts of the rate are the amounts that are said"
    (same,) = money_lines(VI, rows[:2], by_year_until(rows[:2], DECEMBER), DECEMBER)
    assert same.endswith("đến 31/12/2022.")
