"""Place and month: the filters that all pages share. They lie in the URL, so a view is sent as a link."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import streamlit as st

from ntm.errors import NtmError
from ntm.i18n import Translator
from ntm.settings import settings
from ntm.ui.cache import as_day, read

WIDTH = 260
"""Width of a filter in pixels: two stand side by side on a tablet, one below the other on a phone."""
MONTH, DISTRICT, PROVINCE = "month", "district", "province"
"""Keys of the filters, and their names in the URL."""
_MONTH = "%m/%Y"


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
    province, province_name = choose_province(t)
    months = tuple(as_day(value) for value in read("months", province=province)["period_end"])
    labels = {_month_label(month): month for month in months}
    chosen = st.selectbox(t("filter.month"), list(labels), key=MONTH, bind="query-params", width=WIDTH)
    district = None
    districts = _districts(province)
    if with_district and districts:
        district = st.selectbox(
            t("filter.district"),
            list(districts),
            index=None,
            placeholder=t("filter.whole_province"),
            key=DISTRICT,
            bind="query-params",
            width=WIDTH,
        )
    return Place(
        province=province,
        province_name=province_name,
        district=districts[district] if district else None,
        district_name=district,
        month=labels[chosen],
        months=months,
    )


def choose_province(t: Translator) -> tuple[str, str]:
    """Return code and name of the province: the only one with data, else the one chosen. Raises NtmError without any.

    The choice begins with the province of the settings.
    """
    provinces = provinces_with_data()
    if not provinces:
        raise NtmError("warehouse.no_months")
    code = _province(provinces, t)
    return code, provinces[code]


def _province(provinces: dict[str, str], t: Translator) -> str:
    codes = list(provinces)
    first = codes.index(settings().province) if settings().province in codes else 0
    if len(codes) == 1:
        return codes[0]
    labels = [province_label(code, provinces) for code in codes]
    chosen = st.sidebar.selectbox(t("filter.province"), labels, index=first, key=PROVINCE, bind="query-params")
    return codes[labels.index(chosen)]


def provinces_with_data() -> dict[str, str]:
    """Return the names of the provinces that there are months of, by code."""
    return {str(row.province_code): str(row.name) for row in read("provinces").itertuples(index=False)}


def set_place(province: str, district: str | None = None) -> None:
    """Set the filters to a province with data, or to one of its districts; to be called before they are shown."""
    provinces = provinces_with_data()
    if len(provinces) > 1:
        st.session_state[PROVINCE] = province_label(province, provinces)
    names = {code: name for name, code in _districts(province).items()}
    st.session_state[DISTRICT] = names.get(district or "")


def set_month(month: date) -> None:
    """Set the filter to a month; to be called before it is shown."""
    st.session_state[MONTH] = _month_label(month)


def month_at() -> date | None:
    """Return a day of the month that the filter stands at, before it is shown; None on the first visit."""
    label = st.session_state.get(MONTH)
    return datetime.strptime(label, _MONTH).date() if label else None


def _month_label(month: date) -> str:
    return month.strftime(_MONTH)


def province_label(code: str, provinces: dict[str, str]) -> str:
    """Return the words by which a province is chosen and stands in the URL."""
    return f"{provinces[code]} ({code})"


def _districts(province: str) -> dict[str, str]:
    return {str(row.name): str(row.unit_code) for row in read("districts", province=province).itertuples()}
