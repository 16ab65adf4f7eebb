"""An office's own boundary file, used in place of the schematic map: its polygons matched to units and made fit."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

from ntm.errors import NtmError
from ntm.geo.boundary_columns import CODE_DIGITS, ENOUGH, Matched, Places, digits_of, match_layers
from ntm.geo.boundary_files import find_boundary_file, read_polygon_layers
from ntm.geo.boundary_polygons import in_degrees, repaired, uncovered, united, without_slivers
from ntm.geo.boundary_report import MatchReport, Note, listed, report_notes
from ntm.geo.schematic import DEGREES

__all__ = ["BoundaryMap", "Note", "find_boundary_file", "load_boundaries"]


@dataclass(frozen=True, eq=False)
class BoundaryMap:
    """The polygons of one boundary file that belong to the units asked for.

    communes: the columns of the units and one valid polygon each, in degrees, in the order of unit_code. extras: label
    and polygon of what lies in the same place and is no unit. notes: text keys with their values, for the caption.
    """

    path: Path
    communes: gpd.GeoDataFrame
    extras: gpd.GeoDataFrame
    notes: tuple[Note, ...]
    report: MatchReport

    @property
    def missing(self) -> tuple[str, ...]:
        """Codes of the units without a polygon."""
        return tuple(self.report.missing["unit_code"])


def load_boundaries(path: Path, units: pd.DataFrame, country: pd.DataFrame | None = None) -> BoundaryMap:
    """Read the polygons of the given units from a boundary file.

    units: unit_code, name, district_code, longitude, latitude of the commune-level units of one province or of the
    country, and where known district_name, province_code, province_name; country: the same of all units of the day, so
    that polygons of other provinces are known as such. In a file of several layers and columns, those that know most
    of the units are used, codes before names.

    Raises NtmError: `boundary.unreadable`, `boundary.no_polygons`, `boundary.no_code_column`, `boundary.wrong_province`
    (fewer than half of the units found), `boundary.wrong_date` (most of its polygons are of no unit),
    `boundary.no_crs`, `boundary.outside_country`.
    """
    wanted = units.fillna({"district_code": ""}).sort_values("unit_code", ignore_index=True)
    places = Places(wanted, country)
    match = _match(path, places)
    polygons, system, notes = in_degrees(path, match.layer.geometry, _points(match, wanted))
    rows = _placed(match.rows, polygons, places)
    rows["geometry"], rows["is_broken"] = repaired(polygons)
    ours, strays = rows[rows["place"] == "ours"], rows[rows["place"] == "stray"]
    cells, aligned = without_slivers(united(ours["geometry"], ours["unit_code"]))
    rest = uncovered(strays["geometry"], cells)
    is_drawn = ~shapely.is_empty(rest.to_numpy(dtype=object))
    report = MatchReport(
        file=path.name,
        code_column=match.code_column,
        name_column=match.name_column,
        system=system,
        polygons=len(rows),
        matched=len(ours),
        elsewhere=int((rows["place"] == "elsewhere").sum()),
        units=_unit_rows(wanted, ours, cells, aligned),
        strays=strays[["label", "reason"]].assign(is_drawn=is_drawn).reset_index(drop=True),
    )
    communes = wanted.join(cells.rename("geometry"), on="unit_code").dropna(subset=["geometry"])
    return BoundaryMap(
        path=path,
        communes=gpd.GeoDataFrame(communes, crs=DEGREES).reset_index(drop=True),
        extras=gpd.GeoDataFrame({"label": strays["label"][is_drawn]}, geometry=rest[is_drawn], crs=DEGREES),
        notes=(("boundary.from_file", {"file": path.name}), *_zeros(match, ours), *notes, *report_notes(report)),
        report=report,
    )


def _match(path: Path, places: Places) -> Matched:
    """Return the layer and columns that tell most of the units. Raises NtmError when they tell too few."""
    layers = read_polygon_layers(path)
    matches = match_layers(layers, places)
    expected = listed(pd.Series(sorted(places.wanted)))
    if not matches:
        columns = sorted({str(name) for layer in layers for name in layer.columns.drop(layer.geometry.name)})
        raise NtmError("boundary.no_code_column", file=path.name, columns=", ".join(columns) or "–", expected=expected)
    best = matches[0]
    abroad = [match for match in matches if match.code_column and _recognised(match) >= ENOUGH]
    if best.code_column is None and abroad:
        best = abroad[0]  # names are the same in several provinces; codes are not
    if best.known < ENOUGH * len(places.wanted):
        raise NtmError(
            "boundary.wrong_province",
            file=path.name,
            column=best.code_column or best.name_column,
            found=listed(_values(best)),
            expected=expected,
            known=best.known,
            total=len(places.wanted),
        )
    if _recognised(best) < ENOUGH:
        strays = int((best.rows["unit_code"] == "").sum())
        raise NtmError("boundary.wrong_date", file=path.name, strays=strays, polygons=len(best.rows))
    return best


def _recognised(match: Matched) -> float:
    """Return the share of rows that are a unit, of this place or another."""
    return float((match.rows["unit_code"] != "").mean())


def _values(match: Matched) -> pd.Series:
    if match.code_column is None:
        return match.rows["label"].drop_duplicates()
    digits = match.layer[match.code_column].map(digits_of)
    return digits[digits != ""].str.zfill(CODE_DIGITS).drop_duplicates().sort_values()


def _points(match: Matched, wanted: pd.DataFrame) -> pd.DataFrame:
    points = wanted.reindex(columns=["unit_code", "longitude", "latitude"]).set_index("unit_code")
    return points.reindex(match.rows["unit_code"]).set_axis(match.rows.index)


def _placed(rows: pd.DataFrame, polygons: gpd.GeoSeries, places: Places) -> pd.DataFrame:
    """Return the rows with their place: 'ours', 'elsewhere', or 'stray' for a polygon of no unit that lies among ours.

    In a file of more than the place itself, a polygon of no unit belongs to the unit's province that lies nearest.
    """
    is_unit = rows["unit_code"] != ""
    is_ours = rows["unit_code"].isin(places.wanted)
    place = pd.Series("stray", index=rows.index).mask(is_unit, "elsewhere").mask(is_ours, "ours")
    if (is_unit & ~is_ours).any() and not is_unit.all():
        inner = shapely.centroid(polygons.to_numpy())
        nearest = shapely.STRtree(polygons[is_unit].to_numpy()).nearest(inner[~is_unit])
        place[~is_unit] = place[is_unit].iloc[nearest].replace("ours", "stray").to_numpy()
    return rows.assign(place=place)


def _unit_rows(wanted: pd.DataFrame, ours: pd.DataFrame, cells: pd.Series, aligned: frozenset[str]) -> pd.DataFrame:
    """Return the units of the report."""
    rows = ours.groupby("unit_code")
    units = wanted.reindex(columns=["unit_code", "name", "district_name"]).astype(object).fillna("")
    code = units["unit_code"]
    counted = code.map(rows.size()).fillna(0).astype(int)
    other_name = ours[ours["name_differs"]].drop_duplicates("unit_code").set_index("unit_code")["label"]
    return units.assign(
        matched_by=code.map(rows["by"].first()).where(code.isin(cells.index)).astype(object).fillna(""),
        polygons=counted,
        is_repaired=code.map(rows["is_broken"].any()).fillna(False).astype(bool),
        is_united=counted > 1,
        is_aligned=code.isin(aligned),
        file_name=code.map(other_name).astype(object).fillna(""),
    )


def _zeros(match: Matched, ours: pd.DataFrame) -> list[Note]:
    if match.code_column is None:
        return []
    by_code = ours.index[ours["by"] == "code"]
    short = int((match.layer.loc[by_code, match.code_column].map(digits_of).str.len() < CODE_DIGITS).sum())
    return [("boundary.zeros_restored", {"column": match.code_column, "count": short})] if short else []
