"""Counting for the page Khám phá: rows of a query -> the cells of a table, each with what it is made of.

A cell carries numerator, denominator, how many units it is of and how many of them are unknown. Units alone are summed:
a row is told for one month or one budget year at one cut-off, and where neither is asked for, the rows are of one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from ntm.metrics.explore import TIMES, Measure
from ntm.metrics.share import shares_pct

PARTS = ["numerator", "denominator", "unknown", "units"]
_UNIT = ("unit_code", "name", "kind", "district_code", "district_name")


def facts(rows: pd.DataFrame, measure: Measure) -> pd.DataFrame:
    """Return the rows of a query explore_<subject> with the columns of PARTS; credit is left out where it is not meant.

    Where a source is asked for (column source_code is a dimension) the caller passes a measure with credit.
    """
    if measure.subject == "money" and not measure.with_credit:
        rows = only(rows, ~rows["is_credit"].fillna(False).astype(bool))
    numerator = rows["amount_vnd_million" if measure.subject == "money" else measure.numerator].astype(float)
    if measure.subject == "criteria":
        told = (rows["met"] + rows["not_met"]).astype(float)
        return rows.assign(
            numerator=numerator.where(told > 0), denominator=told, unknown=rows["unknown"], units=rows["communes"]
        )
    base = rows[measure.denominator].astype(float) if measure.denominator else pd.Series(np.nan, rows.index)
    unknown = numerator.isna() | (base.isna() if measure.denominator else False)
    # Who is unknown is in no denominator.
    return rows.assign(numerator=numerator, denominator=base.mask(unknown), unknown=unknown.astype(int), units=1)


def only(rows: pd.DataFrame, is_kept: pd.Series) -> pd.DataFrame:
    """Return the rows of money that are kept. A unit of which none is kept stays, with one row that tells nothing."""
    kept = rows[is_kept]
    gone = rows[~rows["unit_code"].isin(kept["unit_code"])].drop_duplicates("unit_code")
    # What only the rows kept have is missing in the others.
    return pd.concat([kept, gone[[column for column in _UNIT if column in gone]]], ignore_index=True)


def cells(told: pd.DataFrame, measure: Measure, keys: Sequence[str]) -> pd.DataFrame:
    """Return one row for each combination of `keys` with PARTS, value and `until`, the latest day that it is told at.

    Rows without a key (a unit that tells no source, no year) make no cell: see `silent`. Without keys it is one row.
    """
    rows = told.dropna(subset=[key for key in keys if key != "nature"])
    if "nature" in keys:
        rows = rows.assign(nature=rows["nature"].fillna(""))
    by: list[Any] = list(keys) or [pd.Series(0, rows.index, name="all")]
    groups = rows.groupby(by, sort=False, observed=True)
    sums = groups[["numerator", "denominator"]].sum(min_count=1)
    counts = groups[["unknown", "units"]].sum()
    table = sums.join(counts).assign(until=groups["period_end"].max()).reset_index(drop=not keys)
    table[["numerator", "denominator"]] = table[["numerator", "denominator"]].astype(float).round(6)
    if measure.blanks:
        table["numerator"] = table["numerator"].mask(table["unknown"] > 0)
    return table.assign(value=_values(table, measure))


def _values(table: pd.DataFrame, measure: Measure) -> pd.Series:
    if measure.kind == "share":
        return shares_pct(table["numerator"], table["denominator"])
    if measure.kind == "mean":
        return table["numerator"] / table["denominator"].where(table["denominator"] > 0)
    return table["numerator"]


def silent(told: pd.DataFrame) -> tuple[str, ...]:
    """Return the names of the units of which nothing is told, in the order of the rows."""
    if "name" not in told or told["name"].isna().all():
        return ()
    known = told.groupby("unit_code", sort=False)["numerator"].count()
    names = told.drop_duplicates("unit_code").set_index("unit_code")["name"]
    return tuple(str(names[code]) for code in known.index[known == 0])


def last_of_years(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the last month of each year: a year's figure is its state then, and no sum of months."""
    years = rows["period_end"].dt.year
    last = rows.groupby(years)["period_end"].transform("max")
    return rows[rows["period_end"] == last].assign(year=years)


def same_set(rows: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """Return the rows under the criteria set of the last month, and how many months of other sets were left out."""
    if not len(rows):
        return rows, 0
    last = rows.loc[rows["period_end"] == rows["period_end"].max(), "set_code"]
    kept = rows[rows["set_code"].isin(last)]
    return kept, rows["period_end"].nunique() - kept["period_end"].nunique()


def per_commune(rows: pd.DataFrame, measure: Measure) -> pd.Series:
    """Return the measure of each commune of the rows of query explore_communes at one month; missing is unknown.

    Raises ValueError for a measure that a single commune has no value of.
    """
    if measure.commune is None:
        raise ValueError(measure.key)
    value = rows[measure.commune["column"]].astype(float)
    return shares_pct(value, rows[measure.commune["base"]]) if "base" in measure.commune else value


def bins(values: pd.Series) -> tuple[list[float], bool]:
    """Return the edges of bins for the values that are known, and whether each bin is one whole number.

    Bins are of a round width, at most thirteen; whole numbers close together have one each. Raises ValueError without
    a known value.
    """
    known = values.dropna().to_numpy(dtype=float)
    if not len(known):
        raise ValueError("no value is known")
    low, high = float(known.min()), float(known.max())
    if bool((known == known.round()).all()) and high - low <= 25:
        return [float(edge) for edge in np.arange(low - 0.5, high + 1.0)], True
    span = high - low or 1.0
    power = 10.0 ** np.floor(np.log10(span / 4))
    step = float(next(power * by for by in (1, 2, 5, 10) if span / (power * by) <= 12))
    # Rounded: 0.3 is at the edge 3 * 0.1, which floats put above it.
    first, last = (np.floor(round(end / step, 9)) for end in (low, high))
    return [round(float(edge), 9) for edge in np.arange(first, last + 2) * step], False


def is_over_time(keys: Sequence[str]) -> bool:
    """Tell whether a table goes over months or years."""
    return any(key in TIMES for key in keys)
