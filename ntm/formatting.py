"""Numbers, shares, money and dates as people in the office write them, in either language.

The unknown is always a dash with a word beside it where there is room, never zero and never an empty place.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal

from babel.numbers import format_decimal

from ntm.model import is_missing

UNKNOWN = "–"
_THOUSAND_BILLION = Decimal(1_000_000)  # in million đồng
_BILLION = Decimal(1_000)
_MOST_DECIMALS = 4  # of a percentage
_VIETNAM = timedelta(hours=7)  # ahead of UTC, the whole year
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True)
class Format:
    """Writes values in one language ('vi' or 'en')."""

    language: str

    def number(self, value: float | Decimal | None, decimals: int = 0) -> str:
        """Return a number with a fixed count of decimals: 6.259.605 or 18,2 in Vietnamese."""
        return self._written(value, decimals, "0")

    def plain(self, value: float | Decimal | None, decimals: int = 2) -> str:
        """Return a number with the decimals that it has, at most `decimals`: 51, 18,2 or 73,08."""
        return self._written(value, decimals, "#")

    def _written(self, value: float | Decimal | None, decimals: int, digit: str) -> str:
        if value is None or is_missing(value):
            return UNKNOWN
        pattern = "#,##0" + ("." + digit * decimals if decimals else "")
        return format_decimal(_rounded(value, decimals), format=pattern, locale=self.language)

    def share(self, pct: float | Decimal | None, decimals: int = 1) -> str:
        """Return a percentage given as 0-100, with more decimals where it would be taken for all or nothing: 99,97%."""
        if pct is None or is_missing(pct):
            return UNKNOWN
        while decimals < _MOST_DECIMALS and pct not in (0, 100) and _rounded(pct, decimals) in (0, 100):
            decimals += 1
        if pct not in (0, 100) and (nearest := _rounded(pct, decimals)) in (0, 100):
            pct = _rounded(pct, decimals, ROUND_DOWN if pct < nearest else ROUND_UP)
        return self.number(pct, decimals) + "%"

    def signed(self, value: float | None, decimals: int = 0) -> str:
        """Return a change with its sign; zero is written without one."""
        if value is None or is_missing(value):
            return UNKNOWN
        sign = "+" if value > 0 else "−" if value < 0 else ""
        return sign + self.number(abs(value), decimals)

    def money(self, vnd_million: float | Decimal | None) -> str:
        """Return an amount given in million đồng, in the unit that it is spoken of: triệu, tỷ, nghìn tỷ đồng."""
        if vnd_million is None or is_missing(vnd_million):
            return UNKNOWN
        amount = Decimal(str(vnd_million))
        if abs(amount) >= _THOUSAND_BILLION:
            unit = {"vi": "nghìn tỷ đồng", "en": "trillion VND"}
            return f"{self.number(amount / _THOUSAND_BILLION, 2)} {unit[self.language]}"
        if abs(amount) >= _BILLION:
            unit = {"vi": "tỷ đồng", "en": "billion VND"}
            return f"{self.number(amount / _BILLION, 1)} {unit[self.language]}"
        unit = {"vi": "triệu đồng", "en": "million VND"}
        return f"{self.number(amount)} {unit[self.language]}"

    def day(self, value: date | None) -> str:
        """Return a day: 30/6/2022, or 30 June 2022 in English."""
        if value is None or is_missing(value):
            return UNKNOWN
        if self.language == "vi":
            return f"{value.day}/{value.month}/{value.year}"
        return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"

    def time(self, value: datetime | None) -> str:
        """Return a moment given in UTC by the clocks of Vietnam: 10:49 ngày 30/6/2022, or 30 June 2022, 10:49."""
        if value is None or is_missing(value):
            return UNKNOWN
        there = value + _VIETNAM
        return f"{there:%H:%M} ngày {self.day(there)}" if self.language == "vi" else f"{self.day(there)}, {there:%H:%M}"

    def month(self, value: date | None) -> str:
        """Return a month: tháng 6/2022, or June 2022 in English."""
        if value is None or is_missing(value):
            return UNKNOWN
        if self.language == "vi":
            return f"tháng {value.month}/{value.year}"
        return f"{_MONTHS[value.month - 1]} {value.year}"


def _rounded(value: float | Decimal, decimals: int, rounding: str = ROUND_HALF_UP) -> Decimal:
    """Round as spreadsheets do: halves up, and a float by the 15 digits that it holds for sure."""
    exact = value if isinstance(value, Decimal) else Decimal(format(value, ".15g"))
    return exact.quantize(Decimal(1).scaleb(-decimals), rounding)
