"""All that is known of one district at a month, asked once for its page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import pandas as pd

from ntm.metrics.binding import binding_criteria
from ntm.metrics.funding import by_year_until
from ntm.metrics.standing import Standing, standing_at
from ntm.ui.cache import read
from ntm.ui.filters import Place


@dataclass(frozen=True)
class DistrictFacts:
    """A district of the place's province. The frames are read when they are first asked for."""

    province_place: Place
    code: str
    name: str

    @property
    def place(self) -> Place:
        """The place narrowed to this district."""
        return replace(self.province_place, district=self.code, district_name=self.name)

    @property
    def month(self) -> date:
        return self.province_place.month

    @cached_property
    def months(self) -> pd.DataFrame:
        """Standing month by month up to the month looked at; rows of standing_by_month."""
        rows = read("standing_by_month", unit=self.code)
        return rows[rows["period_end"] <= pd.Timestamp(self.month)]

    @cached_property
    def standing(self) -> Standing | None:
        return standing_at(self.months, self.month)

    @cached_property
    def communes(self) -> pd.DataFrame:
        return read("communes", **self.place.scope)

    @cached_property
    def criteria(self) -> pd.DataFrame:
        """One row for each commune and criterion of the set in use (commune_outcomes)."""
        return read("commune_outcomes", **self.place.scope)

    @cached_property
    def missed(self) -> pd.DataFrame:
        """The criteria that some communes miss or do not tell (binding_criteria)."""
        return binding_criteria(self.criteria)

    @cached_property
    def decisions(self) -> pd.DataFrame:
        """Decisions about the district and the units in it, those about the district first."""
        return read("district_recognitions", **self.place.scope)

    @cached_property
    def money(self) -> pd.DataFrame:
        return read("funding", unit=self.code, month=self.month)

    @cached_property
    def yearly(self) -> pd.DataFrame:
        """Money by year and stage up to the month, without credit (by_year_until)."""
        return by_year_until(self.money, self.month)
