"""All that is known of one commune-level unit at a month, asked once for the card and for the commune's page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import pandas as pd

from ntm.metrics.arrears import Arrears, arrears_of
from ntm.metrics.funding import by_year_until
from ntm.metrics.history import unmet_since
from ntm.metrics.slippage import slippage
from ntm.metrics.watch import watch_lists
from ntm.model import is_missing
from ntm.ui.cache import read
from ntm.ui.filters import Place


@dataclass(frozen=True)
class CommuneFacts:
    """`unit` is a row of commune_units; `rows` those of communes: one, or none for phường and thị trấn.

    The frames are read when they are first asked for.
    """

    place: Place
    unit: pd.Series
    rows: pd.DataFrame

    @property
    def standing(self) -> pd.Series | None:
        """The commune's row at the month; None for phường and thị trấn."""
        return self.rows.iloc[0] if len(self.rows) else None

    @property
    def code(self) -> str:
        return str(self.unit["unit_code"])

    @property
    def name(self) -> str:
        return str(self.unit["name"])

    @property
    def month(self) -> date:
        return self.place.month

    @property
    def set_code(self) -> str | None:
        """Criteria set in use at the month."""
        if self.standing is None or is_missing(self.standing["set_code"]):
            return None
        return str(self.standing["set_code"])

    @property
    def is_recognition_known(self) -> bool:
        """Whether a list of recognitions tells of the commune; of phường and thị trấn no month says so."""
        return self.standing is not None and self.standing["standard"] != "unknown"

    @cached_property
    def is_to_consider(self) -> bool:
        """Whether the data put the commune on the list of those whose withdrawal is to be considered (watch_lists)."""
        if not len(self.rows):
            return False
        masks = {f"{name}_mask": self.rows[name].map(_mask) for name in ("unmet", "unknown")}
        found = watch_lists(self.rows.assign(**masks))["withdrawal"].iloc[0]
        return not is_missing(found) and bool(found)

    @cached_property
    def criteria(self) -> pd.DataFrame:
        """The criteria at the latest report, with since when those not met are so (unmet_since)."""
        rows = self._read("commune_criteria")
        if not (rows["outcome"] == "not_met").any():
            return rows.assign(since=pd.Series(dtype="datetime64[us]"), before=None, before_day=None)
        return rows.merge(unmet_since(self.history, self.set_code), on="criterion_no", how="left")

    @cached_property
    def history(self) -> pd.DataFrame:
        return self._read("commune_history")

    @cached_property
    def decisions(self) -> pd.DataFrame:
        return self._read("commune_recognitions")

    @cached_property
    def money(self) -> pd.DataFrame:
        return self._read("commune_money")

    @cached_property
    def yearly(self) -> pd.DataFrame:
        """Money by year and stage up to the month, without credit (by_year_until)."""
        return by_year_until(self.money, self.month)

    @cached_property
    def arrears_rows(self) -> pd.DataFrame:
        return self._read("commune_arrears")

    @cached_property
    def arrears(self) -> Arrears | None:
        return arrears_of(self.arrears_rows)

    @cached_property
    def works(self) -> pd.DataFrame:
        return self._read("commune_works")

    @cached_property
    def named(self) -> pd.DataFrame:
        """Plans that name the commune."""
        return self._read("commune_targets")

    @cached_property
    def plans(self) -> pd.DataFrame:
        """One row for each standard that plans name it for, with what slipped (slippage)."""
        return slippage(self.named, self.decisions, self.month, is_known=self.is_recognition_known)

    @cached_property
    def parts(self) -> pd.DataFrame:
        return self._read("commune_parts")

    def _read(self, query: str) -> pd.DataFrame:
        return read(query, unit=self.code, month=self.month)


def commune_facts(place: Place, units: pd.DataFrame, communes: pd.DataFrame, code: str) -> CommuneFacts:
    """Return the facts of a unit from the rows of commune_units and communes. Raises IndexError for an unknown code."""
    unit = units[units["unit_code"] == code].iloc[0]
    return CommuneFacts(place, unit, communes[communes["unit_code"] == code])


def _mask(numbers: object) -> int:
    """Return the numbers of criteria as the bits of one number, as watch_lists takes them."""
    return sum(1 << int(number) for number in numbers) if isinstance(numbers, Iterable) else 0
