"""OCOP products: how many stand at a day, of how many stars, and which of them are still valid.

A product is its name and producer in one district; ranked again, the latest decision counts. What lists do not tell of
(after the day up to which they were made, or a validity that no one stated) is unknown.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

_PRODUCT = ["unit_code", "name", "producer"]


@dataclass(frozen=True)
class Ocop:
    """`products` are the latest rankings by `day`, with is_expired at the month asked for (missing: not known).

    Where `day` is before the month, one that is expired may have been ranked again since.
    """

    day: date
    products: pd.DataFrame

    @property
    def expired(self) -> pd.DataFrame:
        return self.products[self.products["is_expired"].fillna(False).astype(bool)]

    @property
    def of_unknown_validity(self) -> pd.DataFrame:
        return self.products[self.products["is_expired"].isna()]

    def with_stars(self, stars: int) -> pd.DataFrame:
        return self.products[self.products["stars"] == stars]


def ocop(rows: pd.DataFrame, month: date) -> Ocop | None:
    """Return the products at a month, or at the day up to which lists tell; None without a list.

    `rows` is query ocop_products.
    """
    if not len(rows):
        return None
    day = min(month, rows["told_until"].iloc[0].date())
    ranked = _ranked(rows, day)
    products = ranked.drop_duplicates(_PRODUCT, keep="last").reset_index(drop=True)
    expired = (products["valid_until"] < pd.Timestamp(month)).astype("boolean")
    return Ocop(day, products.assign(is_expired=expired.mask(products["valid_until"].isna())))


def first_in_year(rows: pd.DataFrame, year: int, month: date) -> pd.DataFrame:
    """Return the first rankings of the products that were new in a year, up to a month."""
    firsts = _ranked(rows, month).drop_duplicates(_PRODUCT)
    return firsts[firsts["decision_date"].dt.year == year]


def _ranked(rows: pd.DataFrame, day: date) -> pd.DataFrame:
    told = rows[rows["name"].notna() & (rows["decision_date"] <= pd.Timestamp(day))]
    return told.sort_values(["decision_date", "decision_no"], kind="stable")
