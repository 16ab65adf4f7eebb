"""What a deck is asked for on the page: level and unit, years, sections, and the snapshot. All lie in the URL."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd
import streamlit as st

from ntm.errors import NtmError
from ntm.i18n import Translator
from ntm.reports.deck.choice import Choice, years_of
from ntm.reports.deck.story import SECTIONS
from ntm.ui.cache import as_day, read, snapshot
from ntm.ui.choices import choose_one, choose_several, switch_one
from ntm.ui.filters import choose_province, provinces_with_data, set_place
from ntm.ui.frozen import build_text, freeze, is_current, thaw
from ntm.warehouse import kept_snapshots

SPANS = {"2021-2025": "conference.five_years", "2021-2023": "conference.three_years"}
"""Years that the programme is reviewed over, besides each year of its own -> text key."""
_LEVEL, _DISTRICT, _COMMUNE, _YEARS, _SECTIONS, _BUILD = (
    "deck_level",
    "deck_district",
    "deck_commune",
    "deck_years",
    "deck_sections",
    "deck_build",
)


def choose(t: Translator) -> Choice:
    """Show the choices and return what they stand at. Raises NtmError when there are no data."""
    province, _ = choose_province(t)
    months = [as_day(day) for day in read("months", province=province)["period_end"]]
    if not months:
        raise NtmError("warehouse.no_months")
    levels = {level: t(f"conference.level_{level}") for level in ("province", "district", "commune")}
    level = switch_one(t("conference.level"), levels, key=_LEVEL)
    unit = province if level == "province" else _unit_below(t, province, level, max(months))
    years = choose_one(t("conference.years"), _years(t, months), key=_YEARS)
    sections = choose_several(
        t("conference.sections"),
        {name: t(f"deck.section.{name}") for name in SECTIONS},
        key=_SECTIONS,
        placeholder=t("conference.all_sections"),
    )
    _choose_build(t)
    return Choice(unit, *years_of(years), sections or tuple(SECTIONS))


def take(choice: Choice) -> None:
    """Set the choices to those of a saved deck; to be called before they are shown."""
    code = choice.unit
    province = next((name for name in provinces_with_data() if code == name), None)
    state: dict[str, object] = {_LEVEL: "province"}
    for found in [province] if province else provinces_with_data():
        districts = set(read("districts", province=found)["unit_code"])
        communes = _communes(found, max(as_day(day) for day in read("months", province=found)["period_end"]))
        inside = communes[communes["unit_code"] == code]
        if code in districts:
            state |= {_LEVEL: "district", _DISTRICT: code}
        elif len(inside):
            state |= {_LEVEL: "commune", _DISTRICT: str(inside["district_code"].iloc[0]), _COMMUNE: code}
        if province or code in districts or len(inside):
            set_place(found)
            break
    first, last = choice.first_year, choice.last_year
    state[_YEARS] = str(last) if first == last else f"{first}-{last}"
    state[_SECTIONS] = [] if set(choice.sections) == set(SECTIONS) else list(choice.sections)
    st.session_state.update(state)


def _unit_below(t: Translator, province: str, level: str, day: date) -> str:
    communes = _communes(province, day)
    districts = _names(read("districts", province=province))
    if not districts or not len(communes):
        raise NtmError("conference.no_units")
    district = choose_one(t("filter.district"), districts, key=_DISTRICT)
    if level == "district":
        return district
    inside = _names(communes[communes["district_code"] == district])
    if not inside:
        raise NtmError("conference.no_members", place=districts[district])
    return choose_one(t("column.commune"), inside, key=_COMMUNE)


def _communes(province: str, day: date) -> pd.DataFrame:
    units = read("commune_units", province=province, day=day)
    return units[units["is_rural_commune"].astype(bool)]


def _names(rows: pd.DataFrame) -> dict[str, str]:
    return dict(zip(rows["unit_code"].astype(str), rows["name"].astype(str), strict=True))


def _years(t: Translator, months: list[date]) -> Mapping[str, str]:
    """Return the periods that there are months of: the spans first, then the years, the newest first."""
    told = {month.year for month in months}
    spans = {code: t(key) for code, key in SPANS.items() if told & set(range(years_of(code)[0], years_of(code)[1] + 1))}
    return spans | {str(year): str(year) for year in sorted(told, reverse=True)}


def _choose_build(t: Translator) -> None:
    """Ask for the snapshot; another one than the current is then looked at on every page, until it is put back."""
    kept, now = kept_snapshots(), snapshot().build_id
    if len(kept) < 2:
        return
    st.session_state[_BUILD] = now
    current = t("conference.build_current")
    st.selectbox(
        t("conference.build"),
        kept,
        format_func=lambda code: f"{current}: {build_text(t, code)}" if is_current(code) else build_text(t, code),
        key=_BUILD,
        on_change=_look_at,
        width=460,
    )


def _look_at() -> None:
    chosen = st.session_state[_BUILD]
    if is_current(chosen):
        thaw()
    else:
        freeze(chosen)
