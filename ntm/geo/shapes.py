"""The shapes that a map draws: communes from a boundary file, or else schematic ones, and what they add up to."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

import geopandas as gpd
import pandas as pd
import shapely

from ntm.errors import NtmError
from ntm.geo.boundaries import BoundaryMap, Note, load_boundaries
from ntm.geo.boundary_report import MatchReport, listed
from ntm.geo.country import draw_country
from ntm.geo.names import unit_name_key
from ntm.geo.schematic import DEGREES, METRIC_CRS, SchematicMap, dissolve, draw_schematic

Level = Literal["commune", "district", "province"]
ISLET_M = 4_000.0
"""Radius of the circle that stands for an island district of which no shape is known."""
_EXTRA_COLUMNS = ["label", "district_code", "province_code"]


def no_extras() -> gpd.GeoDataFrame:
    """Return the frame of polygons without a unit: label, district_code, province_code ('' where not known)."""
    columns = {name: pd.Series(dtype=str) for name in _EXTRA_COLUMNS}
    return gpd.GeoDataFrame(columns, geometry=gpd.GeoSeries([], crs=DEGREES))


@dataclass(frozen=True, eq=False)
class Shapes:
    """The polygons of one province or of the country, in degrees.

    communes: unit_code, name, district_code, geometry of the units of the level (with district_name, province_code and
    province_name where known). districts: district_code, name (empty when the units do not tell it), geometry of what
    is drawn as lines over them: districts over the communes of a province, provinces over the units of the country; no
    rows where units have no district. notes: text keys with their values, for the caption. missing: codes of units
    without a polygon. extras: polygons that are no unit of the level (see `no_extras`). report: how a boundary file was
    matched.
    """

    communes: gpd.GeoDataFrame
    districts: gpd.GeoDataFrame
    is_schematic: bool
    notes: tuple[Note, ...]
    missing: tuple[str, ...]
    level: Level = "commune"
    is_country: bool = False
    extras: gpd.GeoDataFrame = field(default_factory=no_extras)
    report: MatchReport | None = None

    @property
    def outline_code(self) -> str:
        """The column whose areas are drawn as lines; '' for none."""
        if self.is_country:
            return "" if self.level == "province" else "province_code"
        return "district_code" if self.level == "commune" else ""


def province_shapes(
    units: pd.DataFrame,
    boundary_path: Path | None,
    hints: pd.DataFrame | None = None,
    *,
    country: pd.DataFrame | None = None,
    islands: pd.DataFrame | None = None,
) -> tuple[Shapes, NtmError | None]:
    """Return the shapes of a province's communes and what was wrong with its boundary file, if anything.

    units: the commune-level units of one province at one date, as `draw_schematic` takes them, with its
    hints. country: those of all provinces, by which polygons of other places are known. islands: districts without
    communes (unit_code, name, province_code, longitude, latitude). The polygons come from the boundary file; without
    one, or when it cannot be used, from the schematic map. Where not even that can be drawn, the shapes are empty.
    """
    fault: NtmError | None = None
    if boundary_path is not None:
        try:
            return _finished(_from_boundaries(load_boundaries(boundary_path, units, country)), units, islands), None
        except NtmError as error:
            fault = error
    try:
        return _finished(_from_schematic(draw_schematic(units, hints)), units, islands), fault
    except NtmError as error:
        return _empty(units), fault or error


def country_shapes(
    units: pd.DataFrame,
    boundary_path: Path | None,
    hints: pd.DataFrame | None = None,
    islands: pd.DataFrame | None = None,
) -> Shapes:
    """Return the shapes of all communes of the country; arguments as of `province_shapes`.

    A boundary file that has not enough of the country is no fault: an office has that of its own province.
    """
    if boundary_path is not None:
        try:
            found = replace(_from_boundaries(load_boundaries(boundary_path, units, units)), is_country=True)
            return _finished(found, units, islands)
        except NtmError:
            note: tuple[Note, ...] = (("boundary.not_of_country", {"file": boundary_path.name}),)
    else:
        note = ()
    drawn = draw_country(units, hints)
    notes: tuple[Note, ...] = (("boundary.schematic", {}), ("boundary.moved_in_country", {"count": len(drawn.moved)}))
    shapes = Shapes(drawn.communes, drawn.districts, True, (*notes, *note), (), is_country=True)
    return _finished(shapes, units, islands)


def at_level(shapes: Shapes, level: Level) -> Shapes:
    """Return shapes of communes added up to districts or provinces; an island district counts with its own polygon.

    Since July 2025 there are no districts: their shapes are empty.
    """
    if level == "commune":
        return shapes
    code, name = f"{level}_code", f"{level}_name"
    parts, extras = shapes.communes, shapes.extras
    areas = dissolve(parts, code).set_index(code)["geometry"]
    known = extras[code] != ""
    for own, polygon in zip(extras[code][known], extras.geometry[known], strict=True):
        areas[own] = shapely.union(areas[own], polygon) if own in areas.index else polygon
    described = pd.concat([parts, extras[known].assign(**{name: extras["label"]})]).drop_duplicates(code)
    described = described.set_index(code, drop=False)
    codes = sorted(str(value) for value in areas.index)
    units = gpd.GeoDataFrame(
        {
            "unit_code": codes,
            "name": [described[name][own] for own in codes],
            "district_code": "",
            "province_code": [described["province_code"][own] for own in codes],
        },
        geometry=[areas[own] for own in codes],
        crs=DEGREES,
    )
    added = replace(shapes, communes=units, level=level, extras=extras[~known])
    provinces = parts.drop_duplicates("province_code").set_index("province_code")["province_name"]
    return replace(added, districts=outlines(units, added.outline_code, provinces))


def outlines(units: gpd.GeoDataFrame, code: str, names: pd.Series) -> gpd.GeoDataFrame:
    """Return district_code, name and geometry of the areas to draw as lines; no rows where `code` is ''."""
    areas = dissolve(units, code) if code else dissolve(units.head(0), "unit_code").rename(columns={"unit_code": code})
    named = areas.rename(columns={code: "district_code"})
    return named.assign(name=named["district_code"].map(names).fillna(""))


def _from_boundaries(found: BoundaryMap) -> Shapes:
    provinces = found.communes["province_code"].unique() if "province_code" in found.communes else []
    extras = found.extras.assign(district_code="", province_code=provinces[0] if len(provinces) == 1 else "")
    empty = found.communes.head(0)
    return Shapes(found.communes, empty, False, found.notes, found.missing, extras=extras, report=found.report)


def _from_schematic(drawn: SchematicMap) -> Shapes:
    names = drawn.communes.set_index("unit_code")["name"]
    moved = pd.DataFrame([(unit.reason, names[unit.unit_code]) for unit in drawn.moved], columns=["reason", "name"])
    notes: list[Note] = [("boundary.schematic", {})]
    for reason, units in moved.groupby("reason")["name"]:
        notes.append((f"boundary.moved_{reason}", {"count": len(units), "units": ", ".join(units)}))
    return Shapes(drawn.communes, drawn.districts, True, tuple(notes), ())


def _finished(shapes: Shapes, units: pd.DataFrame, islands: pd.DataFrame | None) -> Shapes:
    """Return the shapes with island districts and named lines."""
    column = shapes.outline_code
    name = column.replace("code", "name")
    known = units.dropna(subset=[name]).drop_duplicates(column) if name in units else units.head(0)
    names = known.set_index(column)[name] if name in known else pd.Series(dtype=str)
    shapes = replace(shapes, districts=outlines(shapes.communes, column, names))
    return shapes if islands is None or islands.empty else _with_islands(shapes, islands)


def _with_islands(shapes: Shapes, islands: pd.DataFrame) -> Shapes:
    """Return the shapes with a polygon for each district without communes: the file's under its name, or a circle."""
    extras = shapes.extras.copy()
    extras["key"] = extras["label"].map(lambda label: unit_name_key(label)[1])
    land = shapely.STRtree(shapes.communes.geometry.to_numpy())
    drawn = []
    for island in islands.dropna(subset=["longitude", "latitude"]).itertuples():
        own = extras["key"] == unit_name_key(str(island.name))[1]
        if own.any():
            extras.loc[own, ["district_code", "province_code"]] = [island.unit_code, island.province_code]
            continue
        middle = gpd.GeoSeries.from_xy([island.longitude], [island.latitude], crs=DEGREES).to_crs(METRIC_CRS)
        circle = middle.buffer(ISLET_M, quad_segs=6).to_crs(DEGREES).iloc[0]
        if not len(land.query(circle, predicate="intersects")):
            drawn.append((island.name, island.unit_code, island.province_code, circle))
    circles = gpd.GeoDataFrame(drawn, columns=[*_EXTRA_COLUMNS, "geometry"], geometry="geometry", crs=DEGREES)
    notes = shapes.notes
    if len(circles):
        values: dict[str, object] = {"count": len(circles), "units": listed(circles["label"])}
        notes = (*notes, ("boundary.islands", values))
    return replace(shapes, extras=pd.concat([extras.drop(columns="key"), circles], ignore_index=True), notes=notes)


def _empty(units: pd.DataFrame) -> Shapes:
    nothing = gpd.GeoDataFrame(
        units[["unit_code", "name", "district_code"]].head(0), geometry=gpd.GeoSeries([], crs=DEGREES)
    )
    lines = outlines(nothing, "", pd.Series(dtype=str))
    return Shapes(nothing, lines, True, (), tuple(sorted(units["unit_code"])))
