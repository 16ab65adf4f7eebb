"""The layer of today's units: which class each is in by where its old parts stood, and the parts in its hover text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from ntm.charts.map_layers import UNKNOWN, MapClass, MapLayer, MapUnit
from ntm.charts.theme import REFORM_COLORS
from ntm.i18n import Translator
from ntm.metrics.reform import new_units, standings
from ntm.model import is_missing

MOST_LINES = 6
"""Old parts that a hover text names; more would cover the map."""


def reform_layer(units: pd.DataFrame, parts: pd.DataFrame, t: Translator) -> MapLayer:
    """Return the layer of the rows of reform_units with those of reform_parts at the same province and month.

    Every unit is in exactly one class of metrics.reform.CLASSES; a unit without parts in 'unknown'.
    """
    class_of = new_units(parts).set_index("new_code")["class_key"].to_dict()
    lines = part_lines(parts, t)
    states = []
    for unit in units.to_dict("records"):
        code = str(unit["unit_code"])
        key = class_of.get(code, UNKNOWN)
        states.append(MapUnit(code, key, _tooltip(unit, key, lines.get(code, []), t)))
    counts = Counter(state.class_key for state in states)
    classes = tuple(
        MapClass(key, t(f"reform.class.{key}"), color, counts[key], hatched=key == UNKNOWN, textured=key == "no_rural")
        for key, color in REFORM_COLORS.items()
        if key != "no_rural" or counts[key]
    )
    return MapLayer(classes, tuple(states), title=t("reform.title"), note=t("reform.note"))


def part_lines(parts: pd.DataFrame, t: Translator) -> dict[str, list[str]]:
    """Return for each new unit one line for each old part, communes first: its name and where it stood."""
    rows = parts[parts["new_code"].notna()].sort_values("is_rural_commune", ascending=False, kind="stable")
    rows = rows.assign(standing=standings(rows["is_rural_commune"], rows["standard"]))
    lines: dict[str, list[str]] = {}
    for row in rows.to_dict("records"):
        lines.setdefault(str(row["new_code"]), []).append(f"{part_name(row, t)}: {part_standing(row, t)}")
    return lines


def part_name(row: Mapping[Hashable, Any], t: Translator) -> str:
    """Return the name of an old part, with its province when that is another, and whether only a part of it came."""
    name = f"{row['old_name']}, {row['province_name']}" if row["is_outside"] else str(row["old_name"])
    return f"{name} ({t('reform.divided_part')})" if row["is_partial"] else name


def part_standing(row: Mapping[Hashable, Any], t: Translator) -> str:
    """Return where an old part stood by its own decisions and reports; `row` has `standing` (metrics.reform)."""
    if row["standing"] == "not_rural":
        return t("reform.part_not_rural")
    words = t(f"highest.{row['standing']}")
    if is_missing(row["criteria_met"]):
        return words
    met, total = t.format.number(row["criteria_met"]), t.format.number(row["criteria_total"])
    return f"{words}, {t('commune.criteria', met=met, total=total)}"


def _tooltip(unit: Mapping[Hashable, Any], key: str, lines: list[str], t: Translator) -> tuple[str, ...]:
    more = len(lines) - MOST_LINES
    tail = (t("reform.more", count=t.format.number(more)),) if more > 0 else ()
    return (str(unit["name"]), str(unit["province_name"]), t(f"reform.class.{key}"), *lines[:MOST_LINES], *tail)
