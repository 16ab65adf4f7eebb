"""What units owe for works of the Programme (nợ đọng xây dựng cơ bản): how much, since when, and what it hinders.

The rules and bands stand in arrears.yml with their documents. What a unit owes that no list tells of is unknown, never
nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from ntm.metrics.exact import exact_sum
from ntm.metrics.standing import STANDARDS
from ntm.yaml_files import read_yaml

UNKNOWN = "unknown"
PERIODS = ("before", "since", UNKNOWN)
"""When building began: before the programme's period, in it, or in a year that the list does not say."""
_PATH = Path(__file__).with_suffix(".yml")
_DECIMALS = 6
"""Of an amount in the warehouse: rounded to them, a sum of a few floats is the decimal again."""


@dataclass(frozen=True)
class Arrears:
    """What the latest list tells: `amount` in million đồng (0: the list names nothing), `works` that it names."""

    told_until: date
    amount: float
    works: int


def arrears_of(rows: pd.DataFrame) -> Arrears | None:
    """Return what rows of commune_arrears tell; None when no list tells of the unit.

    Where a list states the unit's total beside its works, the total counts and nothing is added twice.
    """
    told_until = rows["told_until"].iloc[0]
    if pd.isna(told_until):
        return None
    owed = rows.dropna(subset=["amount_vnd_million"])
    is_total = owed["work"].isna()
    counted = owed[is_total] if is_total.any() else owed
    return Arrears(told_until.date(), float(counted["amount_vnd_million"].sum()), int((~is_total).sum()))


@dataclass(frozen=True)
class Debts:
    """What an area owes by the latest list of each of its units, in million đồng.

    `lists` gives the day of each list with the number of communes, phường and thị trấn that it counts for; `uncovered`
    are those that no list tells of. `change` is that of the units with an earlier list, None where there is none.
    """

    amount: Decimal
    works: int
    owing: int
    lists: Mapping[date, int]
    uncovered: int
    change: Decimal | None
    changed_since: date | None

    @property
    def covered(self) -> int:
        return sum(self.lists.values())


@cache
def arrears_rules() -> Mapping[str, Mapping[str, Any]]:
    """Return the rules: recognition, period, age, each with what it rests on."""
    rules: Mapping[str, Mapping[str, Any]] = read_yaml(_PATH)
    return rules


def age_bands() -> tuple[str, ...]:
    """Return the keys of the bands of age: below_<first bound>, from_<bound>…, unknown."""
    bounds = arrears_rules()["age"]["bounds"]
    return (f"below_{bounds[0]}", *(f"from_{bound}" for bound in bounds), UNKNOWN)


def by_unit(rows: pd.DataFrame) -> pd.DataFrame:
    """Return one row for each unit: told_until, amount, works, earlier_until, earlier_amount, change.

    `rows` are those of query debts. Amounts are missing where no list tells of the unit, and 0 where one tells of it
    without naming it.
    """
    units = rows.drop_duplicates("unit_code").set_index("unit_code")
    units = units[["level", "name", "is_rural_commune", "district_code", "district_name"]].copy()
    for number, prefix in ((1, ""), (2, "earlier_")):
        is_of_list = rows["list_no"] == number
        told = rows.loc[is_of_list, ["unit_code", "period_end"]].drop_duplicates("unit_code").set_index("unit_code")
        counted = rows[is_of_list & rows["is_counted"]]
        owed = np.bincount(
            units.index.get_indexer(pd.Index(counted["unit_code"])), counted["amount_vnd_million"], len(units)
        )
        units["earlier_until" if prefix else "told_until"] = told["period_end"]
        units[f"{prefix}amount"] = pd.Series(owed, units.index).round(_DECIMALS).where(units.index.isin(told.index))
    latest = _works(rows)
    of_work = units.index.get_indexer(pd.Index(latest.loc[latest["amount_vnd_million"] > 0, "unit_code"]))
    works = pd.Series(np.bincount(of_work, minlength=len(units)), units.index)
    units["works"] = works.where(units["amount"].notna())
    units["change"] = (units["amount"] - units["earlier_amount"]).round(_DECIMALS)
    return units.reset_index()


def debts(rows: pd.DataFrame) -> Debts | None:
    """Return what the units of query debts owe together; None when no list tells of any of them."""
    units = by_unit(rows)
    told = units[units["told_until"].notna()]
    if not len(told):
        return None
    counted = rows[rows["is_counted"]]
    latest = exact_sum(counted.loc[counted["list_no"] == 1, "amount_vnd_million"])
    both = set(units.loc[units["earlier_until"].notna(), "unit_code"])
    compared = counted[counted["unit_code"].isin(both)].set_index("list_no")["amount_vnd_million"]
    communes = told[told["level"] == "commune"]
    days = communes["told_until"].value_counts().sort_index(ascending=False)
    return Debts(
        amount=latest,
        works=int(units["works"].sum()),
        owing=int((communes["amount"] > 0).sum()),
        lists={pd.Timestamp(day).date(): int(count) for day, count in days.items()},  # type: ignore[arg-type]
        uncovered=int((units["told_until"].isna() & (units["level"] == "commune")).sum()),
        change=exact_sum(compared[compared.index == 1]) - exact_sum(compared[compared.index == 2]) if both else None,
        changed_since=units["earlier_until"].max().date() if both else None,
    )


def works_owed(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the works of the latest lists that are owed for, with age, band and begun (one of PERIODS).

    `age` is whole years from the year that building ended to that of the list, or from the year that it began where the
    end is not told or still to come. Missing where neither is told.
    """
    works = _works(rows)
    works = works[works["amount_vnd_million"] > 0].copy()
    year = works["period_end"].dt.year.astype("Float64")
    finished = works["finished_year"].astype("Float64")
    started = works["started_year"].astype("Float64")
    age = year - finished.where(finished <= year, started)
    works["age"] = age.where(age >= 0)
    works["band"] = works["age"].map(_band, na_action="ignore").astype(object).fillna(UNKNOWN)
    first = arrears_rules()["period"]["first_year"]
    begun = pd.Series(UNKNOWN, index=works.index, dtype=object)
    begun[(started < first).fillna(False)] = "before"
    begun[(started >= first).fillna(False)] = "since"
    works["begun"] = begun
    return works


def by_age(works: pd.DataFrame) -> pd.DataFrame:
    """Return band, works, amount_vnd_million for every band of age; rows of works_owed."""
    return _grouped(works, "band", age_bands())


def by_period(works: pd.DataFrame) -> pd.DataFrame:
    """Return begun, works, amount_vnd_million: works begun before and since the programme's period, and unknown."""
    return _grouped(works, "begun", PERIODS)


def owing_candidates(named: pd.DataFrame, rows: pd.DataFrame, year: int) -> pd.DataFrame:
    """Return the communes that plans name for a year and that do not hold the standard yet, with what they owe.

    `named` is query target_units, `rows` query debts. `amount` is missing where no list tells of the commune, so the
    plan's communes that owe are those with amount > 0. One row a commune and standard; firm plans go first.
    """
    rank = {standard: number for number, standard in enumerate(STANDARDS, start=1)}
    asked = named[named["target_year"] == year]
    asked = asked[asked["standard_now"].map(rank).fillna(0) < asked["standard"].map(rank).fillna(0)]
    asked = asked.sort_values("kind", kind="stable").drop_duplicates(["unit_code", "standard"])
    owed = by_unit(rows)[["unit_code", "amount", "works", "told_until"]]
    found = asked.merge(owed, on="unit_code", how="inner")
    return found.sort_values(["amount", "unit_code"], ascending=[False, True], na_position="last", ignore_index=True)


def _works(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[(rows["list_no"] == 1) & rows["work"].notna()]


def _band(age: float) -> str:
    bounds = arrears_rules()["age"]["bounds"]
    return next((f"from_{bound}" for bound in reversed(bounds) if age >= bound), f"below_{bounds[0]}")


def _grouped(works: pd.DataFrame, column: str, keys: tuple[str, ...]) -> pd.DataFrame:
    table = [
        {column: key, "works": len(found), "amount_vnd_million": float(exact_sum(found["amount_vnd_million"]))}
        for key in keys
        for found in [works[works[column] == key]]
    ]
    return pd.DataFrame(table, columns=[column, "works", "amount_vnd_million"])
