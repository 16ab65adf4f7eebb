"""An office's own boundary file, used in place of the schematic map.

Its polygons are matched to units by the five-digit codes of the General Statistics Office (Decision
124/2004/QD-TTg and its amendments). Matching by name is not done.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import pandas as pd

from ntm.errors import NtmError
from ntm.geo.boundary_files import find_boundary_file, read_polygon_layers
from ntm.geo.boundary_polygons import Note, in_degrees, one_valid_polygon_each, without_slivers
from ntm.geo.schematic import DEGREES

__all__ = ["BoundaryMap", "Note", "find_boundary_file", "load_boundaries"]

CODE_DIGITS = 5
SHORTEST_CODE = 3
"""The lowest commune code is 00001, but shorter numbers than this are running numbers far more often."""
SHOWN = 5
"""How many codes or names a message lists."""


@dataclass(frozen=True)
class BoundaryMap:
    """The polygons of one boundary file that belong to the units asked for.

    communes: unit_code, name, district_code and one valid polygon each, in degrees, in the order of
    unit_code. missing: codes of units without a polygon. unknown: codes of the file that are none of the
    units. notes: text keys with their values, for the caption.
    """

    path: Path
    communes: gpd.GeoDataFrame
    missing: tuple[str, ...]
    unknown: tuple[str, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True)
class _Match:
    """A layer, its column of codes, and the code of each row (NaN where the value is none)."""

    layer: gpd.GeoDataFrame
    column: str
    codes: pd.Series


def load_boundaries(path: Path, units: pd.DataFrame) -> BoundaryMap:
    """Read the polygons of the given units from a boundary file.

    units: unit_code, name, district_code of the commune-level units of one province. In a file of several
    layers and columns, those that know most of the units are used. Raises NtmError: `boundary.unreadable`,
    `boundary.no_polygons`, `boundary.no_code_column`, `boundary.wrong_province` (fewer than half of the units
    found), `boundary.no_crs`, `boundary.outside_country`.
    """
    wanted = units.fillna({"district_code": ""}).sort_values("unit_code", ignore_index=True)
    match = _find_codes(path, wanted["unit_code"])
    ours = match.codes.isin(wanted["unit_code"])
    notes: list[Note] = [("boundary.from_file", {"file": path.name})]
    short = int((match.layer[match.column][ours].map(_digits).str.len() < CODE_DIGITS).sum())
    if short:
        notes.append(("boundary.zeros_restored", {"column": match.column, "count": short}))
    polygons, crs_notes = in_degrees(path, match.layer.geometry[ours])
    polygons, shape_notes = one_valid_polygon_each(polygons, match.codes[ours])
    polygons, border_notes = without_slivers(polygons)
    communes = wanted[["unit_code", "name", "district_code"]].join(polygons.rename("geometry"), on="unit_code")
    missing = communes[communes["geometry"].isna()]
    unknown = tuple(sorted(set(match.codes.dropna()) - set(wanted["unit_code"])))
    return BoundaryMap(
        path=path,
        communes=gpd.GeoDataFrame(communes.dropna(subset=["geometry"]), crs=DEGREES).reset_index(drop=True),
        missing=tuple(missing["unit_code"]),
        unknown=unknown,
        notes=(*notes, *crs_notes, *shape_notes, *border_notes, *_left_over(missing["name"], unknown)),
    )


def _find_codes(path: Path, wanted: pd.Series) -> _Match:
    """Return the layer and column that hold the codes of most of the units."""
    matches = [
        _Match(layer, str(column), _codes(layer[column]))
        for layer in read_polygon_layers(path)
        for column in layer.columns.drop(layer.geometry.name)
    ]
    known = [match.codes[match.codes.isin(wanted)].nunique() for match in matches]
    most = max(known, default=0)
    if matches and 2 * most >= len(wanted):
        return matches[known.index(most)]
    coded = [match for match in matches if _looks_like_codes(match)]
    if not coded:
        names = ", ".join(sorted({match.column for match in matches})) or "–"
        raise NtmError("boundary.no_code_column", file=path.name, columns=names, expected=_listed(wanted))
    nearest = matches[known.index(most)] if most else coded[0]
    raise NtmError(
        "boundary.wrong_province",
        file=path.name,
        column=nearest.column,
        found=_listed(nearest.codes.dropna().drop_duplicates().sort_values()),
        expected=_listed(wanted),
        known=most,
        total=len(wanted),
    )


def _codes(values: pd.Series) -> pd.Series:
    digits = values.map(_digits)
    return digits.where(digits != "").str.zfill(CODE_DIGITS)


def _digits(value: object) -> str:
    """Return the digits of a value that can be a code, else ''; it may be 1318, 1318.0, '1318' or '01318'."""
    text = str(value).strip().removesuffix(".0")
    return text if text.isascii() and text.isdigit() and len(text) <= CODE_DIGITS else ""


def _looks_like_codes(match: _Match) -> bool:
    length = match.layer[match.column].map(_digits).str.len()
    return bool((length >= SHORTEST_CODE).mean() >= 0.5 and match.codes.nunique() >= 0.5 * len(match.codes))


def _left_over(missing: pd.Series, unknown: tuple[str, ...]) -> list[Note]:
    notes: list[Note] = []
    if len(missing):
        notes.append(("boundary.units_without_polygon", {"count": len(missing), "units": _listed(missing)}))
    if unknown:
        notes.append(("boundary.polygons_without_unit", {"count": len(unknown)}))
    return notes


def _listed(values: pd.Series) -> str:
    """Return the first values as text, with dots where there are more."""
    return ", ".join(values.head(SHOWN)) + (" …" if len(values) > SHOWN else "")
