"""No rate of disbursement over another base than its own: every combination of filters over generated money.

Each generated amount is a prime of its own, so that a quotient tells from which amounts it was made: every rate that
comes out of a public function must be the one that plain loops over the rows find.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from itertools import product
from random import Random
from typing import Any

import pandas as pd
import pytest

from ntm.metrics.payments import disbursement, disbursement_by_source, disbursement_pairs, ranking, why_no_rate
from ntm.metrics.payments_curve import curves
from ntm.metrics.payments_projection import Projection, project_rate

UNITS = ("930", "931")
YEARS = (2021, 2022)
SOURCES = ("central", "local_commune", "credit")
NATURES = ("investment", "recurrent", None)
STAGES = ("need", "plan", "allocated", "disbursed", "mobilised")
KINDS = ("actual", "estimate", "plan")
MONTHS = (3, 6, 12)
Row = dict[str, Any]


def primes() -> Iterator[int]:
    found: list[int] = []
    number = 2
    while True:
        if all(number % prime for prime in found if prime * prime <= number):
            found.append(number)
            yield number
        number += 1


def cut_off(year: int, month: int) -> date:
    return date(year, month, {3: 31, 6: 30, 12: 31}[month])


def generated(seed: int, kept: float) -> list[Row]:
    """Return money of all kinds, of which a random part is told."""
    chance, numbers = Random(seed), primes()
    rows = []
    for unit, year, back, source, nature, stage, kind, month in product(
        UNITS, YEARS, (0, 1), SOURCES, NATURES, STAGES, KINDS, MONTHS
    ):
        if chance.random() < kept:
            rows.append(
                {
                    "unit_code": unit, "year": year, "origin_year": year - back, "source_code": source,
                    "source_group": source.partition("_")[0], "is_credit": source == "credit", "nature": nature,
                    "stage": stage, "value_kind": kind, "period_end": pd.Timestamp(cut_off(year, month)),
                    "amount_vnd_million": float(next(numbers)), "is_latest": month == 12,
                }
            )  # fmt: skip
    return rows


def own_pairs(rows: list[Row], unit: str, year: int, day: date) -> dict[tuple[str, str | None], tuple[int, int]]:
    """Return (allocated, disbursed) by source and nature that share unit, year, cut-off and budget; by plain loops."""

    def told(stage: str) -> dict[tuple[str, str | None], int]:
        return {
            (row["source_code"], row["nature"]): int(row["amount_vnd_million"])
            for row in rows
            if (row["unit_code"], row["year"], row["origin_year"], row["stage"]) == (unit, year, year, stage)
            and row["period_end"] == at
            and row["value_kind"] == "actual"
            and row["source_code"] != "credit"
        }

    at = pd.Timestamp(day)
    allocated, disbursed = told("allocated"), told("disbursed")
    return {part: (allocated[part], disbursed[part]) for part in allocated.keys() & disbursed.keys()}


def listed_rows(frame: pd.DataFrame) -> list[Row]:
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]


def rate_of(pairs: Any) -> Fraction | None:
    """Return the one rate that pairs of (allocated, disbursed) may have."""
    amounts = list(pairs)
    return Fraction(sum(paid for _, paid in amounts), sum(base for base, _ in amounts)) if amounts else None


def is_same(pct: float | None, rate: Fraction | None) -> bool:
    return (pct is None) == (rate is None) and (rate is None or pct == pytest.approx(float(100 * rate), rel=1e-12))


def expected(rows: list[Row], unit: str, month: date) -> dict[tuple[str, str | None], tuple[int, int]]:
    """Return the pairs of the last cut-off of the month's year, on or before it, that has any."""
    days = [cut_off(month.year, number) for number in MONTHS if cut_off(month.year, number) <= month]
    found = [pairs for day in days if (pairs := own_pairs(rows, unit, month.year, day))]
    return found[-1] if found else {}


@pytest.mark.parametrize("with_credit", [True, False])
def test_every_combination_of_filters_gives_the_rate_over_its_own_base_or_none(with_credit: bool) -> None:
    rows = generated(1, 0.4)
    money = pd.DataFrame(rows)
    money = money if with_credit else money[~money["is_credit"]]
    stages = [set(STAGES), *({stage, "disbursed"} for stage in STAGES)]
    kinds = [set(KINDS), {"actual"}, {"estimate", "plan"}]
    said = 0
    for source, nature, stage, kind in product((None, *SOURCES), (None, *NATURES[:2]), stages, kinds):
        narrowed = money[
            (money["unit_code"] == UNITS[0]) & money["stage"].isin(stage) & money["value_kind"].isin(kind)
            & ((money["source_code"] == source) | (source is None)) & ((money["nature"] == nature) | (nature is None))
        ]  # fmt: skip
        left: list[Row] = listed_rows(narrowed)
        for month in (date(2022, 8, 31),):
            pairs = expected(left, UNITS[0], month)
            found = disbursement(narrowed, month.year, month)
            assert is_same(found.rate.pct if found else None, rate_of(pairs.values()))
            assert (why_no_rate(narrowed, month.year, month) is None) == bool(pairs)
            assert not pairs or ({"allocated", "disbursed"} <= stage and "actual" in kind and source != "credit")
            said += bool(pairs)
    assert said, "the generated money has rates at all"


@pytest.mark.parametrize("seed", range(2))
def test_every_rate_of_every_public_function_is_over_its_own_base(seed: int) -> None:
    rows = generated(seed, 0.5)
    money = pd.DataFrame(rows)
    for unit, month in product(UNITS, (date(2021, 12, 31), date(2022, 8, 31), date(2022, 12, 31))):
        own = money[money["unit_code"] == unit]
        pairs, year = expected(rows, unit, month), month.year
        told = disbursement_pairs(own, year, month)
        assert len(pairs) == (0 if told is None else len(told))
        by_source = disbursement_by_source(own, year, month)
        for row in () if by_source is None else listed_rows(by_source):
            of_group = [pair for (source, _), pair in pairs.items() if source.startswith(row["source_group"])]
            assert is_same(row["rate_pct"], rate_of(of_group))
        found = curves(own, YEARS, month)
        for curve in found.values():
            for rate in curve.rates:
                assert is_same(rate.rate.pct, rate_of(own_pairs(rows, unit, curve.year, rate.cutoff).values()))
        this = found[year]
        projection = project_rate(this, [curve for curve in found.values() if curve.year < year])
        assert not isinstance(projection, Projection), "one earlier year is too few"


@pytest.mark.parametrize("source", [None, "central", "local", "credit"])
@pytest.mark.parametrize("nature", [None, "investment", "recurrent"])
def test_a_ranking_has_only_rates_of_the_districts_own_money(source: str | None, nature: str | None) -> None:
    rows = generated(3, 0.4)
    listed = [
        {
            "unit_code": unit, "name": unit, "period_end": pd.Timestamp(cut_off(2022, month)), "source_code": part[0],
            "source_group": part[0].partition("_")[0], "nature": part[1], "allocated": pair[0], "disbursed": pair[1],
        }
        for unit, month in product(UNITS, MONTHS)
        for part, pair in own_pairs(rows, unit, 2022, cut_off(2022, month)).items()
    ]  # fmt: skip
    for row in ranking(pd.DataFrame(listed), source=source, nature=nature).pipe(listed_rows):
        if pd.isna(row["period_end"]):
            assert pd.isna(row["rate_pct"])
            continue
        pairs = own_pairs(rows, row["unit_code"], 2022, row["period_end"].date())
        kept = [
            pair
            for (code, kind), pair in pairs.items()
            if source in (None, code.partition("_")[0]) and nature in (None, kind)
        ]
        assert is_same(row["rate_pct"], rate_of(kept))
