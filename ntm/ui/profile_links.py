"""Ways to a commune, a district and the map: the choice of a unit, and links that keep language, province and month."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from ntm.i18n import Translator
from ntm.model import is_missing
from ntm.ui.filters import WIDTH, Place
from ntm.ui.language import KEY as LANGUAGE
from ntm.ui.pages import FOLDER

_KEPT = (LANGUAGE, "province", "month")
COMMUNE, DISTRICT = "commune", "district"


def unit_label(row: Mapping[Hashable, Any] | pd.Series) -> str:
    """Return the name by which a unit is chosen and stands in the URL; `row` is one of commune_units."""
    within = row["unit_code"] if is_missing(row["district_name"]) else row["district_name"]
    return f"{row['name']} ({within})"


def choose_communes(t: Translator, units: pd.DataFrame) -> tuple[str | None, str | None]:
    """Show the choice of a unit and of another to compare it with; return their codes."""
    codes = {unit_label(row): str(row["unit_code"]) for row in units.to_dict("records")}
    chosen = _choice(t("profile.commune"), t("profile.choose_commune"), list(codes), COMMUNE)
    others = [label for label in codes if label != chosen]
    other = _choice(t("profile.compare"), t("profile.choose_other"), others, "with_commune") if chosen else None
    return codes.get(chosen or ""), codes.get(other or "")


def choose_other_district(t: Translator, districts: Mapping[str, str], district: str) -> str | None:
    """Show the choice of a district to compare one with; return its code. `districts` gives codes by name."""
    others = [name for name, code in districts.items() if code != district]
    other = _choice(t("profile.compare"), t("profile.choose_other"), others, "with_district")
    return districts.get(other or "")


def _choice(label: str, placeholder: str, options: list[str], key: str) -> str | None:
    return st.selectbox(label, options, index=None, placeholder=placeholder, key=key, bind="query-params", width=WIDTH)


def commune_link(t: Translator, place: Place, unit: Mapping[Hashable, Any] | pd.Series, label: str) -> None:
    """Show a link to the page of a unit (a row of commune_units) at the month looked at."""
    _link("commune.py", label, place, **{COMMUNE: unit_label(unit)})


def district_link(t: Translator, place: Place, name: str, label: str | None = None) -> None:
    """Show a link to the page of a district, by its name."""
    _link("district.py", label or t("profile.open_district", name=name), place, **{DISTRICT: name})


def map_link(t: Translator, place: Place, label: str, *, layer: str) -> None:
    """Show a link to a layer of the map, of the place and month looked at."""
    district = {DISTRICT: place.district_name} if place.district_name else {}
    _link("map.py", label, place, layer=layer, **district)


def _link(script: str, label: str, place: Place, **chosen: str) -> None:
    kept = {name: st.query_params[name] for name in _KEPT if name in st.query_params}
    st.page_link(FOLDER / script, label=label, query_params=kept | {"month": f"{place.month:%m/%Y}"} | chosen)
