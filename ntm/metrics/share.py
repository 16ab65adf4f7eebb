"""A percentage that carries what it is made of: no share is shown without its numerator and denominator."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from ntm.model import is_missing


@dataclass(frozen=True)
class Share:
    """numerator of denominator; `definition` is the key of the text that says of what."""

    numerator: float | None
    denominator: float | None
    definition: str

    @property
    def pct(self) -> float | None:
        """Percent 0-100; None when a part is unknown or the denominator is zero."""
        if self.numerator is None or not self.denominator:
            return None
        return 100 * self.numerator / self.denominator


def share(numerator: object, denominator: object, definition: str) -> Share:
    """Return the share of two values of a frame; what is missing there stays unknown."""
    return Share(
        None if is_missing(numerator) else float(numerator),  # type: ignore[arg-type]
        None if is_missing(denominator) else float(denominator),  # type: ignore[arg-type]
        definition,
    )


def shares_pct(numerators: pd.Series, denominators: pd.Series | float) -> pd.Series:
    """Return the percent 0-100 of each row, whose numerator and denominator stand beside it in the same frame.

    Missing where a part is unknown or the denominator is not above zero.
    """
    parts = numerators.astype(float)
    base = denominators.astype(float) if isinstance(denominators, pd.Series) else pd.Series(denominators, parts.index)
    return 100 * parts / base.where(base > 0)


def fits(quoted: float, pct: float) -> bool:
    """Tell whether a quoted percentage is the rounded or the cut-off share, at the decimals that it is quoted with."""
    decimals = max(0, -int(Decimal(str(quoted)).normalize().as_tuple().exponent))
    scale = 10**decimals
    return quoted in (round(pct, decimals), math.floor(pct * scale) / scale)
