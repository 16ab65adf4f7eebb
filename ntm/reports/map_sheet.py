"""What every file of a map says: the same words, units and classes, whatever the format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import geopandas as gpd
import pandas as pd

from ntm.charts.map_layers import MapLayer
from ntm.geo.names import plain_key
from ntm.geo.schematic import DEGREES
from ntm.geo.shapes import Shapes
from ntm.i18n import Translator

_TOLD_ABOVE = "boundary.units_without_polygon"
"""A note of boundary files that `caveats` says of every map."""
_NAMED = 8
"""How many units a sentence names before it counts the rest."""


@dataclass(frozen=True)
class MapSheet:
    """A map with all that is said about it; all texts are in the language of the reader.

    table: what the map shows as rows, with unit_code where its rows are units. labels: column -> heading of those that
    a workbook shows, in their order. notes: sentences of this map alone; what holds for every map (schematic
    boundaries, units without a polygon) is added by `caveats`. topics: place and layer, for the file's name. layer_key:
    of map_layers.yml, for a way to the same layer on the map page.
    """

    title: str
    subtitle: str
    as_of: date
    source: str
    is_illustrative: bool
    layer: MapLayer
    shapes: Shapes
    table: pd.DataFrame
    labels: Mapping[str, str]
    notes: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    build_id: str = ""
    layer_key: str = ""


def areas(sheet: MapSheet) -> gpd.GeoDataFrame:
    """Return every polygon: unit_code, name, class_key, geometry; those of no unit of the layer have no class."""
    classes = {unit.code: unit.class_key for unit in sheet.layer.units}
    units = sheet.shapes.communes[["unit_code", "name", "geometry"]]
    units = units.assign(class_key=units["unit_code"].map(classes).astype(object))
    if sheet.shapes.extras.empty:
        return units
    others = sheet.shapes.extras[["label", "geometry"]].rename(columns={"label": "name"})
    return gpd.GeoDataFrame(pd.concat([units, others.assign(unit_code="", class_key=None)], ignore_index=True))


def unit_rows(sheet: MapSheet) -> gpd.GeoDataFrame:
    """Return every unit, in the layer's order, with its class and its polygon.

    Columns: unit_code, name, district_code, district, class_key, class_name, geometry, which is
    missing where there is no polygon. The name is the one that the layer gives.
    """
    shapes = sheet.shapes.communes.drop_duplicates("unit_code").set_index("unit_code")
    districts = dict(zip(sheet.shapes.districts["district_code"], sheet.shapes.districts["name"], strict=True))
    labels = {entry.key: entry.label for entry in sheet.layer.classes}
    rows = pd.DataFrame(
        {
            "unit_code": [unit.code for unit in sheet.layer.units],
            "name": [unit.tooltip[0] for unit in sheet.layer.units],
            "class_key": [unit.class_key for unit in sheet.layer.units],
        }
    )
    rows.insert(2, "district_code", rows["unit_code"].map(shapes["district_code"]))
    rows.insert(3, "district", rows["district_code"].map(districts))
    rows["class_name"] = rows["class_key"].map(labels)
    return gpd.GeoDataFrame(rows, geometry=list(shapes.geometry.reindex(rows["unit_code"])), crs=DEGREES)


def statements(sheet: MapSheet, t: Translator) -> tuple[str, ...]:
    """Return as of when and from where the figures are, and whether they are illustrative."""
    said = [
        t("frame.as_of", day=t.format.day(sheet.as_of)),
        t("frame.source", source=sheet.source),
    ]
    return (*said, t("frame.illustrative")) if sheet.is_illustrative else tuple(said)


def caveats(sheet: MapSheet, t: Translator) -> tuple[str, ...]:
    """Return the sentences that a reader has to know before trusting the map; none is said twice."""
    said = [t("boundary.schematic")] if sheet.shapes.is_schematic else []
    drawn = set(sheet.shapes.communes["unit_code"])
    undrawn = [unit.tooltip[0] for unit in sheet.layer.units if unit.code not in drawn]
    if undrawn:
        named = ", ".join(undrawn[:_NAMED]) + (" …" if len(undrawn) > _NAMED else "")
        said.append(t("export.undrawn", count=t.format.number(len(undrawn)), units=named))
    told_above = {t(key, **values) for key, values in sheet.shapes.notes if key == _TOLD_ABOVE}
    return tuple(dict.fromkeys([*said, *(note for note in sheet.notes if note not in told_above)]))


def file_name(sheet: MapSheet, t: Translator, ending: str) -> str:
    """Return a name in ASCII: 'ban-do_hau-giang_tieu-chi_2022-06.png'."""
    words = [plain_key(topic).replace(" ", "-") for topic in (t("export.map"), *sheet.topics)]
    return "_".join([word for word in words if word] + [f"{sheet.as_of:%Y-%m}"]) + ending


def about(sheet: MapSheet, t: Translator) -> pd.DataFrame:
    """Return item and content: what the map says of itself, one sentence a row."""
    rows = [
        (t("export.map_title"), sheet.title),
        (t("export.subtitle"), sheet.subtitle),
        (t("export.layer"), sheet.layer.title),
        (t("export.definition"), sheet.layer.note),
        (t("export.as_of"), t.format.day(sheet.as_of)),
        (t("export.source"), sheet.source),
        (t("export.illustrative"), t("yes" if sheet.is_illustrative else "no")),
        (t("export.build_id"), sheet.build_id),
        *((t("export.note"), sentence) for sentence in caveats(sheet, t)),
    ]
    return pd.DataFrame([row for row in rows if row[1]], columns=["item", "content"])
