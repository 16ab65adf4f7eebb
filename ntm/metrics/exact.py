"""Sums of money that are right to the last đồng: what is printed as a total or written to a file is never a float."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

import pandas as pd

from ntm.model import is_missing


def exact(value: object) -> Decimal | None:
    """Return an amount of the warehouse as it is written there; None when it is missing.

    Frames hold DECIMAL(18,6) as floats. Below a thousand million million đồng the shortest text of such a float is the
    decimal itself.
    """
    if isinstance(value, Decimal) or is_missing(value):
        return value if isinstance(value, Decimal) and value.is_finite() else None
    return Decimal(repr(float(value)))  # type: ignore[arg-type]


def exact_sum(values: pd.Series | Iterable[object]) -> Decimal:
    """Return the sum of the amounts that are known; zero of none."""
    return sum((amount for value in values if (amount := exact(value)) is not None), Decimal(0))
