"""Layers of the commune map: which class each commune-level unit is in, with colour, legend entry and hover text.

One place for the interactive map, the stand-alone file and the printed picture.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from ntm.charts.theme import BAND_COLORS, STANDARD_COLORS
from ntm.i18n import Translator
from ntm.model import is_missing

LAYERS = ("standard", "criteria")
NOT_RURAL, UNKNOWN = "not_rural", "unknown"


@dataclass(frozen=True)
class MapClass:
    """One entry of the legend: units of this class are filled with `color`, a CSS colour.

    A hatched class has diagonal lines of that colour on white: the look of what is unknown.
    """

    key: str
    label: str
    color: str
    count: int
    hatched: bool = False


@dataclass(frozen=True)
class MapUnit:
    """The state of one unit; the first line of `tooltip` is its name. Lines are plain text."""

    code: str
    class_key: str
    tooltip: tuple[str, ...]


@dataclass(frozen=True)
class MapLayer:
    """All that a map shows of one layer and month."""

    classes: tuple[MapClass, ...]
    units: tuple[MapUnit, ...]


def map_layer(name: str, units: pd.DataFrame, communes: pd.DataFrame, t: Translator) -> MapLayer:
    """Return a layer from all commune-level units of a province and the rows of the communes query.

    Every unit is in exactly one class: phường and thị trấn in their own, a commune without a row in 'unknown'.
    Raises KeyError for an unknown layer.
    """
    class_of, colors, prefix = _LAYERS[name]
    by_code = {str(row["unit_code"]): row for row in communes.to_dict("records")}
    states = []
    for unit in units.to_dict("records"):
        row = by_code.get(str(unit["unit_code"]))
        key = NOT_RURAL if not unit["is_rural_commune"] else class_of(row) if row else UNKNOWN
        tooltip = (str(unit["name"]), *_place(unit), *_lines(key, row, prefix, t))
        states.append(MapUnit(str(unit["unit_code"]), key, tooltip))
    counts = pd.Series([state.class_key for state in states]).value_counts()
    classes = tuple(
        MapClass(key, t(f"{prefix}.{key}"), color, int(counts.get(key, 0)), hatched=key == UNKNOWN)
        for key, color in colors.items()
        if key not in (NOT_RURAL, UNKNOWN) or counts.get(key, 0)
    )
    return MapLayer(classes, tuple(states))


def _standard_class(row: Mapping[Hashable, Any]) -> str:
    return str(row["standard"])


def _criteria_class(row: Mapping[Hashable, Any]) -> str:
    if not row["is_count_known"]:
        return UNKNOWN
    met, total = int(row["criteria_met"]), int(row["criteria_total"])
    if met == total:
        return "full"
    for floor, key in ((15, "from_15"), (10, "from_10"), (5, "from_5")):
        if met >= floor:
            return key
    return "below_5"


def _place(unit: Mapping[Hashable, Any]) -> tuple[str, ...]:
    return () if is_missing(unit["district_name"]) else (str(unit["district_name"]),)


def _lines(key: str, row: Mapping[Hashable, Any] | None, prefix: str, t: Translator) -> tuple[str, ...]:
    if row is None:
        return (t(f"{prefix}.{key}"),)
    lines = [t(f"highest.{row['standard']}")]
    if is_missing(row["criteria_met"]):
        lines.append(t("commune.no_report"))
    else:
        lines.append(
            t(
                "commune.criteria",
                met=t.format.number(row["criteria_met"]),
                total=t.format.number(row["criteria_total"]),
            )
        )
        lines.append(t("commune.reported", day=t.format.day(row["last_report"])))
    return tuple(lines)


_LAYERS: Mapping[str, tuple[Callable[[Mapping[Hashable, Any]], str], Mapping[str, str], str]] = {
    "standard": (_standard_class, STANDARD_COLORS, "highest"),
    "criteria": (_criteria_class, BAND_COLORS, "band"),
}
