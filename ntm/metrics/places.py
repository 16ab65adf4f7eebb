"""Money of communes and of works: what was allocated and disbursed where, and for which criterion.

A rate is over money allocated to the same unit from the same sources at the same cut-off; the query sees to that.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pandas as pd

from ntm.metrics.exact import exact_sum
from ntm.metrics.share import Share, share, shares_pct

STAGES = ("plan", "allocated", "disbursed", "executed")
"""Stages of works that stand side by side."""
_WORK = ("unit_code", "unit_name", "district_name", "work", "category", "criterion_no")
_DECIMALS = 6
"""Of an amount in the warehouse: rounded to them, a sum of a few floats is the decimal again."""


@dataclass(frozen=True)
class PlacesTotal:
    """Allocated and disbursed money of the units that are told of, in million đồng, without credit.

    `rate` is that of the `rate_units` units that tell both at `rate_until`, the latest cut-off of any of them.
    """

    told: int
    unknown: int
    allocated: Decimal
    disbursed: Decimal
    until: date | None
    rate: Share
    rate_units: int
    rate_until: date | None


def with_rates(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the units of query places_money that money is told of, with rate_pct and is_over; the most money first.

    is_over flags that more was disbursed than allocated: a rate above 100% is shown as it is.
    """
    told = rows[rows["allocated"].notna() | rows["disbursed"].notna()].copy()
    told["rate_pct"] = shares_pct(told["rate_disbursed"], told["rate_allocated"])
    told["is_over"] = told["rate_disbursed"] > told["rate_allocated"]
    return told.sort_values(["allocated", "unit_code"], ascending=[False, True], na_position="last", ignore_index=True)


def without_money(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the units of query places_money that no money is told of: unknown, which is not nothing."""
    return rows[rows["allocated"].isna() & rows["disbursed"].isna()]


def places_total(rows: pd.DataFrame) -> PlacesTotal:
    """Return the sums over the units of query places_money."""
    told = with_rates(rows)
    until = told["rate_until"].max()
    same = told[told["rate_until"] == until]
    days = pd.concat([told["allocated_until"], told["disbursed_until"]]).dropna()
    return PlacesTotal(
        told=len(told),
        unknown=len(rows) - len(told),
        allocated=exact_sum(told["allocated"]),
        disbursed=exact_sum(told["disbursed"]),
        until=days.max().date() if len(days) else None,
        rate=share(
            exact_sum(same["rate_disbursed"]) if len(same) else None,
            exact_sum(same["rate_allocated"]) if len(same) else None,
            "share.of_allocated",
        ),
        rate_units=len(same),
        rate_until=None if pd.isna(until) else until.date(),
    )


def by_work(rows: pd.DataFrame) -> pd.DataFrame:
    """Return one row for each work of query places_works, with a column for each of STAGES, and period_end, the latest.

    A stage that is not told is missing. A work of several sources is one row.
    """
    keyed = rows.assign(**{key: rows[key].astype(object).where(rows[key].notna(), "") for key in _WORK})
    amounts = keyed.pivot_table(
        index=list(_WORK), columns="stage", values="amount_vnd_million", aggfunc="sum", sort=False, observed=True
    )
    amounts = amounts.round(_DECIMALS).reindex(columns=list(STAGES))
    amounts["period_end"] = keyed.groupby(list(_WORK), sort=False, observed=True)["period_end"].max()
    works = amounts.rename_axis(columns=None).reset_index()
    return works.assign(**{key: works[key].where(works[key] != "", None) for key in _WORK})


def by_criterion(rows: pd.DataFrame) -> pd.DataFrame:
    """Return criterion_no, works, units and the exact sum of each of STAGES; works without a criterion come last.

    A stage that no work of the criterion tells is missing.
    """
    known = {str(number) for number in rows["criterion_no"].dropna()}
    numbers: list[str | None] = [*sorted(known, key=lambda number: (not number.isdigit(), number.zfill(3)))]
    if rows["criterion_no"].isna().any():
        numbers.append(None)
    table = []
    for number in numbers:
        found = rows[rows["criterion_no"].isna() if number is None else rows["criterion_no"] == number]
        amounts = {
            stage: float(exact_sum(of_stage)) if len(of_stage) else None
            for stage in STAGES
            for of_stage in [found.loc[found["stage"] == stage, "amount_vnd_million"]]
        }
        works = found.drop_duplicates(["unit_code", "work", "category"])
        table.append({"criterion_no": number, "works": len(works), "units": found["unit_code"].nunique(), **amounts})
    found = pd.DataFrame(table, columns=["criterion_no", "works", "units", *STAGES])
    return found.astype(dict.fromkeys(STAGES, "float64"))
