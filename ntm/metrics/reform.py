"""What stands behind the units of since 1 July 2025: their old parts, and whether nothing got lost on the way.

Nothing here is a standing of a new unit. Its class says where its old communes stood, each by its own decisions; only a
decision on the new unit itself can recognise it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import pandas as pd

from ntm.metrics.standing import STANDARDS
from ntm.model import is_missing
from ntm.yaml_files import read_yaml

CLASSES = ("all_kieu_mau", "all_nang_cao", "all_ntm", "some", "none", "unknown", "no_rural")
STANDINGS = (*reversed(STANDARDS), "none", "unknown", "not_rural")
_RANK = {"none": 0, **{standard: rank for rank, standard in enumerate(STANDARDS, start=1)}}
_FILE = Path(__file__).with_suffix(".yml")


@dataclass(frozen=True)
class Document:
    """A document that the reform rests on; `confidence` as in data/reference, `province` where it is of one."""

    number: str
    kind: str
    confidence: str
    source: str
    province: str | None = None


@dataclass(frozen=True)
class Divided:
    """An old unit that went into several new ones, or of which only a part is known to have gone into one."""

    name: str
    into: tuple[str, ...]


@dataclass(frozen=True)
class Reconciliation:
    """The commune-level units that a province had, followed to today's.

    old_units = whole + len(divided) + len(unknown), each counted once; old_communes are those of kind xã.
    whole: how many went wholly into one new unit. unknown: names of those whose new unit is not known.
    outside: names of units of other provinces that are parts of the same new units.
    standings: one row per standing (STANDINGS, then 'total') with `before`, counted in the province's own units;
    `in_parts`, summed over the parts of all new units; `again`, of those the ones counted again because their unit was
    divided; `unknown_successor`; and `difference` = before - (in_parts - again + unknown_successor).
    """

    old_units: int
    old_communes: int
    new_units: int
    whole: int
    divided: tuple[Divided, ...]
    unknown: tuple[str, ...]
    outside: tuple[str, ...]
    standings: pd.DataFrame

    @property
    def is_exact(self) -> bool:
        """Tell whether every unit and every standing is found again."""
        found = self.whole + len(self.divided) + len(self.unknown)
        return found == self.old_units and not self.standings["difference"].any()


@cache
def reform_day() -> date:
    """Return the first day of today's units."""
    day: date = read_yaml(_FILE)["first_day"]
    return day


@cache
def reform_documents(province: str | None = None) -> tuple[Document, ...]:
    """Return the documents that made the units of a province of today."""
    documents = (Document(**row) for row in read_yaml(_FILE)["documents"])
    return tuple(document for document in documents if document.province in (None, province))


def standings(rural: pd.Series, standard: pd.Series) -> pd.Series:
    """Return where each old unit stood: its highest standard, 'none', 'unknown', or 'not_rural' for other kinds."""
    known = standard.astype(object).where(standard.notna(), "unknown")
    return known.where(rural, "not_rural")


def new_units(parts: pd.DataFrame) -> pd.DataFrame:
    """One row per new unit: code, class_key, and its old parts: all, of kind xã, unknown, divided, from outside.

    parts: rows of reform_parts. Classes (CLASSES), the first that fits:
    no_rural, no old part was a xã; unknown, at least one old xã has an unknown standing, whatever the others are;
    all_<standard>, the lowest standard that every old xã holds ('mọi xã cũ đều đạt … trở lên'); some, at least one
    holds NTM and one does not; none. A divided part counts in each of its new units.
    """
    rows = parts[parts["new_code"].notna()]
    rows = rows.assign(standing=standings(rows["is_rural_commune"], rows["standard"]))
    groups = rows.groupby("new_code", sort=True)
    counted = groups.agg(
        class_key=("standing", _class),
        parts=("old_code", "size"),
        rural_parts=("is_rural_commune", "sum"),
        unknown_parts=("standing", lambda values: int((values == "unknown").sum())),
        divided_parts=("is_partial", "sum"),
        outside_parts=("is_outside", "sum"),
    )
    return counted.reset_index()


def reconcile(units: pd.DataFrame, communes: pd.DataFrame, parts: pd.DataFrame) -> Reconciliation:
    """Return how the units of a province are found again in the parts of today's units.

    units: rows of commune_units at the month; communes: those of the communes query for the whole province;
    parts: those of reform_parts. The first two do not know of the reform, so a difference would show.
    """
    standard = units["unit_code"].map(communes.set_index("unit_code")["standard"])
    before = standings(units["is_rural_commune"], standard)
    own = parts[~parts["is_outside"]]
    own = own.assign(standing=standings(own["is_rural_commune"], own["standard"]))
    gone = own["new_code"].isna()
    counts = pd.DataFrame(
        {
            "before": before.value_counts(),
            "in_parts": own.loc[~gone, "standing"].value_counts(),
            "again": own.loc[~gone & own.duplicated("old_code"), "standing"].value_counts(),
            "unknown_successor": own.loc[gone, "standing"].value_counts(),
        },
        index=list(STANDINGS),
    )
    counts = counts.fillna(0).astype(int)
    counts.loc["total"] = counts.sum()
    counts["difference"] = counts["before"] - (counts["in_parts"] - counts["again"] + counts["unknown_successor"])
    divided = _divided(own[~gone])
    return Reconciliation(
        old_units=len(units),
        old_communes=int(units["is_rural_commune"].sum()),
        new_units=parts["new_code"].nunique(),
        whole=own.loc[~gone, "old_code"].nunique() - len(divided),
        divided=divided,
        unknown=tuple(_names(own[gone])),
        outside=tuple(_names(parts[parts["is_outside"]], "province_name")),
        standings=counts.rename_axis("standing").reset_index(),
    )


def _class(standing: Iterable[str]) -> str:
    rural = [value for value in standing if value != "not_rural"]
    if not rural:
        return "no_rural"
    if "unknown" in rural:
        return "unknown"
    ranks = [_RANK[value] for value in rural]
    if lowest := min(ranks):
        return f"all_{STANDARDS[lowest - 1]}"
    return "some" if any(ranks) else "none"


def _divided(parts: pd.DataFrame) -> tuple[Divided, ...]:
    several = parts["is_partial"] | parts.duplicated("old_code", keep=False)
    groups = parts[several].groupby("old_code", sort=True)
    return tuple(Divided(_names(rows)[0], tuple(rows["new_name"])) for _, rows in groups)


def _names(parts: pd.DataFrame, above: str = "district_name") -> list[str]:
    """Return names with the unit above, since namesakes are common."""
    rows = parts.drop_duplicates("old_code").to_dict("records")
    return [f"{row['old_name']}" + ("" if is_missing(row[above]) else f" ({row[above]})") for row in rows]
