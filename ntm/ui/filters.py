"""Place and month: the filters that all pages share. They lie in the URL, so a view is sent as a link."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import streamlit as st

from ntm.errors import NtmError
from ntm.i18n import Translator
from ntm.settings import settings
from ntm.ui.cache import as_day, read

WIDTH = 260
"""Width of a filter in pixels: two stand side by side on a tablet, one below the other on a phone."""


@dataclass(frozen=True)
class Place:
    """The province and month looked at, and the district when one is chosen."""

    province: str
    province_name: str
    district: str | None
    district_name: str | None
    month: date
    months: tuple[date, ...]

    @property
    def unit(self) -> str:
        """Code of the district, or of the province when no district is chosen."""
        return self.district or self.province

    @property
    def name(self) -> str:
        return self.district_name or self.province_name

    @property
    def earlier_month(self) -> date | None:
        """The month before the one looked at; None for the first."""
        return next((month for month in self.months if month < self.month), None)

    @property
    def scope(self) -> dict[str, str | date | None]:
        """The values that queries on communes take."""
        return {"province": self.province, "district": self.district, "month": self.month}


def place_and_month(t: Translator, *, with_district: bool = True) -> Place:
    """Show the filters and return what they stand at. Raises NtmError when there are no months."""
    provinces = {str(row.province_code): str(row.name) for row in read("provinces").itertuples(index=False)}
    if not provinces:
        raise NtmError("warehouse.no_months")
    province = _province(provinces, t)
    months = tuple(as_day(value) for value in read("months", province=province)["period_end"])
    labels = {f"{month:%m/%Y}": month for month in months}
    chosen = st.selectbox(t("filter.month"), list(labels), key="month", bind="query-params", width=WIDTH)
    district = None
    districts = {str(row.name): str(row.unit_code) for row in read("districts", province=province).itertuples()}
    if with_district and districts:
        district = st.selectbox(
            t("filter.district"),
            list(districts),
            index=None,
            placeholder=t("filter.whole_province"),
            key="district",
            bind="query-params",
            width=WIDTH,
        )
    return Place(
        province=province,
        province_name=provinces[province],
        district=districts[district] if district else None,
        district_name=district,
        month=labels[chosen],
        months=months,
    )


def _province(provinces: dict[str, str], t: Translator) -> str:
    """Return the province: the only one with data, else the one chosen, beginning with that of the settings."""
    codes = list(provinces)
    first = codes.index(settings().province) if settings().province in codes else 0
    if len(codes) == 1:
        return codes[0]
    labels = [f"{name} ({code})" for code, name in provinces.items()]
    chosen = st.sidebar.selectbox(t("filter.province"), labels, index=first, key="province", bind="query-params")
    return codes[labels.index(chosen)]
