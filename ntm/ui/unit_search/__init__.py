"""A search for a unit by name, with or without accents, that shows where each unit lies: a Streamlit component.

The browser fetches the list of units once by URL and searches in it by itself; the server is asked when one is chosen.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from functools import lru_cache
from pathlib import Path

import streamlit as st

from ntm.i18n import Translator
from ntm.ui.browser_files import ComponentFiles, serve

_HERE = Path(__file__).parent
_FILES = ComponentFiles(_HERE)

_mount = st.components.v2.component(
    "ntm_unit_search",
    html=_FILES.styles + (_HERE / "search.html").read_text(encoding="utf-8"),
    js=_FILES.loader,
)


@dataclass(frozen=True)
class SearchUnit:
    """A unit that can be found: its code, its name with its kind ('Xã Vị Tân'), and where it lies ('TP Vị Thanh')."""

    code: str
    name: str
    place: str


def unit_search(
    t: Translator,
    *,
    units: Sequence[SearchUnit],
    selected: str | None,
    label: str,
    key: str,
    parameter: str | None = None,
) -> str | None:
    """Show the search and return the code of the unit chosen, or None.

    Names are found whatever the accents, đ or d, case and spaces; words in any order, by how they begin. The search
    keeps its own choice through reruns, as the map does: `selected` sets it when it is another than at the last call.
    A choice that is none of `units` is dropped. The choice lies under `<key>_selection` in the session.

    `parameter` names the query parameter that holds the code (`?unit=31333`): a link with it chooses the unit, a
    choice writes it. It must not be one that a widget is bound to.
    """
    memory = f"{key}_selection"
    names, url = _served(tuple(units))
    given, current, linked = st.session_state.get(memory, (None, None, None))
    asked = st.query_params.get(parameter) if parameter else None
    if asked and asked != linked:
        current = asked
    if selected != given:
        current = selected
    current = current if current in names else None
    if parameter and current != asked:
        _write(parameter, current)
    st.session_state[memory] = (selected, current, current)

    def keep_choice() -> None:
        st.session_state[memory] = (selected, st.session_state[key]["chosen"] or None, current)

    _mount(
        key=key,
        data={
            "label": label,
            "url": url,
            "selected": current,
            "name": names[current] if current else "",
            "texts": {
                "type": t("map_part.search_type"),
                "none": t("map_part.search_none"),
                "found": t("map_part.search_found"),
                "clear": t("map_part.search_clear"),
                "failed": t("map_part.search_failed"),
            },
        },
        on_chosen_change=keep_choice,
    )
    return current


def unit_choice(key: str) -> tuple[bool, str | None]:
    """Return whether somebody chose a unit in the search since this was last asked, and which; it is told once."""
    memory = f"{key}_selection"
    given, current, linked = st.session_state.get(memory, (None, None, None))
    if memory in st.session_state:
        st.session_state[memory] = (current, current, linked)
    return given != current, current


def _write(parameter: str, code: str | None) -> None:
    if code:
        st.query_params[parameter] = code
    elif parameter in st.query_params:
        del st.query_params[parameter]


# Hashing ten thousand units takes a few milliseconds, writing and hashing their list many times that.
@lru_cache(maxsize=64)
def _served(units: tuple[SearchUnit, ...]) -> tuple[dict[str, str], str]:
    content = json.dumps([astuple(unit) for unit in units], ensure_ascii=False, separators=(",", ":"))
    return {unit.code: unit.name for unit in units}, f"{serve({'units.json': content.encode()})}/units.json"
