"""What became of each polygon of a boundary file and of each unit: nothing is left out without a word."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

Note = tuple[str, dict[str, object]]
"""A text key with its values."""
SHOWN = 5
"""How many codes or names a message lists."""


@dataclass(frozen=True, eq=False)
class MatchReport:
    """How the polygons of one file were matched to the units asked for.

    polygons = matched + elsewhere + without_unit, as rows of the file's layer. system: the coordinate system, as named
    or found. units: unit_code, name, district_name, matched_by ('code', 'name', '' without polygon), polygons (rows of
    the file), is_repaired, is_united, is_aligned, file_name (what the file calls it, where that is another name).
    strays: label, reason ('unknown_code', 'unknown_name', 'homonym', 'nothing'), is_drawn (not where it lies on units).
    """

    file: str
    code_column: str | None
    name_column: str | None
    system: str
    polygons: int
    matched: int
    elsewhere: int
    units: pd.DataFrame
    strays: pd.DataFrame

    @property
    def without_unit(self) -> int:
        return len(self.strays)

    @property
    def missing(self) -> pd.DataFrame:
        """The units without a polygon."""
        return self.units[self.units["matched_by"] == ""]

    @property
    def noted(self) -> pd.DataFrame:
        """The units of which there is more to say than that a polygon has their code."""
        mended = self.units[["is_repaired", "is_united", "is_aligned"]].any(axis=1)
        is_plain = (self.units["matched_by"] == "code") & (self.units["file_name"] == "") & ~mended
        return self.units[~is_plain]

    @property
    def is_clean(self) -> bool:
        """Tell whether every unit has a polygon, every polygon of the place a unit, and nothing was mended."""
        return not (len(self.noted) or len(self.strays))


def report_notes(report: MatchReport) -> list[Note]:
    """Return what the caption has to say of the match."""
    notes: list[Note] = []
    units, strays = report.units, report.strays
    named = int((units["matched_by"] == "name").sum())
    if named:
        notes.append(("boundary.matched_by_name", {"count": named, "column": report.name_column}))
    for column, key in (
        ("is_repaired", "boundary.repaired"),
        ("is_united", "boundary.rows_united"),
        ("is_aligned", "boundary.borders_aligned"),
    ):
        if count := int(units[column].sum()):
            notes.append((key, {"count": count}))
    other_names = units[units["file_name"] != ""]
    if len(other_names):
        notes.append(("boundary.names_differ", {"count": len(other_names), "units": listed(other_names["name"])}))
    if len(report.missing):
        notes.append(
            ("boundary.units_without_polygon", {"count": len(report.missing), "units": listed(report.missing["name"])})
        )
    if len(strays):
        drawn = int(strays["is_drawn"].sum())
        values = {"count": len(strays), "drawn": drawn, "units": listed(strays["label"].replace("", "–"))}
        notes.append(("boundary.polygons_without_unit", values))
    return notes


def listed(values: pd.Series) -> str:
    """Return the first values as text, with dots where there are more."""
    return ", ".join(values.head(SHOWN)) + (" …" if len(values) > SHOWN else "")
