"""What the map page shows of what: its filters and choices, which lie in the URL, and where a click leads."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from ntm.charts.map_layers import Criterion, LayerEntry, Level, layers_for
from ntm.i18n import Translator
from ntm.model import is_missing
from ntm.ui import reform_view
from ntm.ui.cache import read
from ntm.ui.choices import choose_one, switch_one
from ntm.ui.filters import WIDTH, Place, month_at, place_and_month, provinces_with_data, set_month, set_place
from ntm.ui.map import map_click, map_frame
from ntm.ui.unit_search import SearchUnit, unit_choice, unit_search

MAP, OTHER_MAP, SEARCH = "commune_map", "other_map", "map_search"
_UNIT, AREA, _LAYER = "map_unit", "area", "layer"
AREAS: dict[str, tuple[Level, bool]] = {
    "communes": ("commune", False),
    "districts": ("district", False),
    "provinces": ("province", True),
    "country_districts": ("district", True),
    "country_communes": ("commune", True),
}
"""What the map is of -> the level of its units, and whether they are the whole country's."""
COMPARISONS = ("none", "month", "layer")
_LEVELS: dict[int, Level] = {2: "province", 3: "district", 5: "commune"}
"""Digits of a code of the General Statistics Office -> the level of its unit."""


@dataclass(frozen=True)
class View:
    """One map: of which units, at which month, showing what. `unit` is the commune chosen."""

    place: Place
    area: str
    is_today: bool
    entry: LayerEntry
    criterion: Criterion | None
    earlier: date | None
    unit: str | None = None

    @property
    def level(self) -> Level:
        return AREAS[self.area][0]

    @property
    def is_country(self) -> bool:
        return AREAS[self.area][1]

    @property
    def province(self) -> str | None:
        """The province whose units are drawn; None for the country's."""
        return None if self.is_country else self.place.province

    @property
    def month(self) -> date:
        return self.place.month


def follow_clicks() -> None:
    """Go where the last click on a map or choice in the search leads; to be called before any filter is shown."""
    for key in (MAP, OTHER_MAP):
        is_clicked, code = map_click(key)
        if is_clicked:
            _go_to(code)
        if frame := map_frame(key):
            set_month(date.fromisoformat(frame))
    is_chosen, code = unit_choice(SEARCH)
    if is_chosen:
        _go_to(code)


def choose_view(t: Translator) -> tuple[View, View | None]:
    """Show the filters of the map; return what they stand at, and the map to be compared with it, if any.

    Raises NtmError when there are no months.
    """
    place = place_and_month(t)
    first = st.container(horizontal=True, width="content", vertical_alignment="bottom")
    with st.popover(t("map.more"), width="content"):
        area = _area(t, place)
        is_today = area == "communes" and reform_view.switch(t, place.month)
        with first:
            level, is_country = AREAS[area]
            without = _without(None if is_country else place.province, place.month)
            entry = _layer(t, level, _LAYER, t("map.layer"), without=without, is_disabled=is_today)
            view = View(place, area, is_today, entry, None, place.earlier_month)
            view = view if is_today else _with_needs(t, view, "")
        return view, None if is_today else _choose_other(t, view)


def _choose_other(t: Translator, view: View) -> View | None:
    words = {choice: t(f"map.compare_{choice}") for choice in COMPARISONS}
    how = switch_one(t("map.compare"), words, key="compare")
    if how == "month" and len(view.place.months) > 1:
        months = {f"{month:%m/%Y}": month for month in view.place.months if month != view.month}
        _drop_unless(months, "other_month")
        index = _year_before(list(months.values()), view.month)
        label = st.selectbox(t("map.other_month"), list(months), index=index, key="other_month", bind="query-params")
        return replace(view, place=replace(view.place, month=months[label]))
    if how == "layer":
        without = {view.entry.key} | _without(view.province, view.month)
        entry = _layer(t, view.level, "other_layer", t("map.other_layer"), without=without)
        return _with_needs(t, replace(view, entry=entry, criterion=None), "other_")
    return None


def search(t: Translator, view: View, units: pd.DataFrame) -> View:
    """Show the search for a unit and return the view with the commune chosen, by it, the map or the link."""
    with st.container(width=WIDTH):
        found = unit_search(
            t,
            units=_findable(view, units),
            selected=st.session_state.get(_UNIT),
            label=t("map.search"),
            key=SEARCH,
            parameter="unit",
        )
    st.session_state[_UNIT] = found
    return replace(view, unit=found)


def breadcrumb(t: Translator, view: View, units: pd.DataFrame) -> None:
    """Show the way from the country to the commune chosen; each step leads back to its own map."""
    place = view.place
    steps = [(t("map.country"), "", "")]
    if not view.is_country:
        steps.append((place.province_name, place.province, ""))
        steps += [(name, place.province, code) for code, name in _district_of(view, units).items()]
        steps += [(name, "", "") for name in units.loc[units["unit_code"] == view.unit, "name"]]
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="map_breadcrumb"):
        for number, (name, province, district) in enumerate(steps[:-1]):
            st.button(name, key=f"map_step_{number}", type="tertiary", on_click=_go_up, args=(province, district))
            st.markdown("›", width="content")
        st.markdown(f"**{steps[-1][0]}**", width="content")


def _district_of(view: View, units: pd.DataFrame) -> dict[str, str]:
    """Return the district of the commune chosen, else the one looked at; empty where neither is."""
    chosen = units[units["unit_code"] == view.unit]
    if view.level == "commune" and not view.is_today and len(chosen):
        row = chosen.iloc[0]
        return {} if is_missing(row["district_name"]) else {str(row["district_code"]): str(row["district_name"])}
    return {view.place.district: str(view.place.district_name)} if view.place.district else {}


def _findable(view: View, units: pd.DataFrame) -> tuple[SearchUnit, ...]:
    """Return the units that can be found on the map: its own, and those that it is made of."""
    communes = units if view.level == "commune" else read("commune_units", province=view.province, day=view.month)
    others = (
        []
        if view.is_today
        else [
            read("map_units", level=level, province=view.province, day=view.month)
            for level in (("district", "province") if view.is_country else ("district",))
        ]
    )
    return tuple(
        SearchUnit(str(row["unit_code"]), str(row["name"]), _place_of(row, view.is_country))
        for frame in (communes, *others)
        for row in frame.to_dict("records")
    )


def _place_of(row: Mapping[Hashable, Any], with_province: bool) -> str:
    names = (row.get("district_name"), row.get("province_name") if with_province else None)
    return ", ".join(str(name) for name in names if not is_missing(name))


def _area(t: Translator, place: Place) -> str:
    has_districts = bool(len(read("map_units", level="district", province=place.province, day=place.month)))
    areas = [area for area, (level, _) in AREAS.items() if has_districts or level != "district"]
    return choose_one(t("map.area"), {area: t(f"map.area_{area}") for area in areas}, key=AREA)


def _layer(
    t: Translator, level: Level, key: str, label: str, *, without: Collection[str] = (), is_disabled: bool = False
) -> LayerEntry:
    entries = {entry.key: entry for entry in layers_for(level) if entry.key not in without}
    words = {name: t(entry.label) for name, entry in entries.items()}
    return entries[choose_one(label, words, key=key, is_disabled=is_disabled)]


def _without(province: str | None, month: date) -> set[str]:
    """Return the layers that cannot be shown: that of a criterion where no set in use lists its criteria."""
    is_listed = len(read("map_criteria", province=province, month=month)) > 0
    return set() if is_listed else {entry.key for entry in layers_for("commune") if "criterion" in entry.needs}


def _with_needs(t: Translator, view: View, prefix: str) -> View:
    """Return the view with what its layer needs beside the month."""
    if "criterion" in view.entry.needs:
        view = replace(view, criterion=_criterion(t, view, f"{prefix}criterion"))
    if "earlier" in view.entry.needs:
        months = {f"{month:%m/%Y}": month for month in view.place.months if month < view.month}
        if months:
            key = f"{prefix}earlier"
            _drop_unless(months, key)
            index = _year_before(list(months.values()), view.month)
            label = st.selectbox(t("map.earlier"), list(months), index=index, key=key, bind="query-params", width=WIDTH)
            view = replace(view, earlier=months[label])
    return view


def _criterion(t: Translator, view: View, key: str) -> Criterion | None:
    rows = read("map_criteria", province=view.province, month=view.month)
    name = "name_vi" if t.language == "vi" else "name_en"
    criteria = {
        str(row["criterion_no"]): Criterion(str(row["set_code"]), int(row["criterion_no"]), str(row[name]))
        for row in rows.to_dict("records")
    }
    words = {number: f"{number}. {item.name}" for number, item in criteria.items()}
    return criteria[choose_one(t("map.criterion"), words, key=key)] if criteria else None


def _year_before(months: Sequence[date], month: date) -> int:
    """Return the place of the month a year before, of months newest first; else that of the oldest."""
    wanted = (month.year - 1, month.month)
    return next((place for place, other in enumerate(months) if (other.year, other.month) <= wanted), len(months) - 1)


def _drop_unless(options: Collection[str], key: str) -> None:
    """Forget what a choice stands at where that is no longer offered."""
    if key in st.session_state and st.session_state[key] not in options:
        del st.session_state[key]


def _go_to(code: str | None) -> None:
    """Go down to a unit: a commune is chosen, a district or a province is opened if there are months of it."""
    st.session_state[_UNIT] = None
    day = month_at()
    if code is None or day is None:
        return
    level = _LEVELS[len(code)]
    query = "commune_units" if level == "commune" else "map_units"
    values = {} if level == "commune" else {"level": level}
    units = read(query, province=None, day=day, **values)
    found = units[units["unit_code"] == code]
    if not len(found):
        st.session_state[_UNIT] = code if st.session_state.get(AREA) == "communes" else None
        return
    province = str(found.iloc[0]["province_code"])
    if province not in provinces_with_data():
        return
    if level == "commune":
        st.session_state[_UNIT] = code
        if st.session_state.get(AREA) == "communes":
            return
    st.session_state[AREA] = "communes"
    set_place(province, code if level == "district" else None)


def _go_up(province: str, district: str) -> None:
    """Go back to the whole of a district, of a province, or of the country where neither is given."""
    st.session_state[_UNIT] = None
    if not province:
        st.session_state[AREA] = "provinces"
    else:
        st.session_state[AREA] = "communes"
        set_place(province, district)
