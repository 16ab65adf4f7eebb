"""The units and criterion names that the sample writes, read from the committed reference tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from etl.reference_facts import reference_rows

REFERENCE = Path(__file__).parents[2] / "data" / "reference"
KIND_ORDER = ("thành phố", "thị xã", "huyện")
REGISTER_DATE = date(2022, 1, 1)


@dataclass(frozen=True)
class Commune:
    """A rural commune (xã). Names as in the register: name 'Xã Vị Tân', short_name 'Vị Tân'."""

    name: str
    short_name: str
    district: str


@dataclass(frozen=True)
class District:
    """A district-level unit with its rural communes in the order of their codes."""

    name: str
    short_name: str
    kind: str
    communes: tuple[Commune, ...]


@dataclass(frozen=True)
class Province:
    """A province with its district-level units: cities, towns, then districts, each by code."""

    name: str
    short_name: str
    districts: tuple[District, ...]

    @property
    def communes(self) -> tuple[Commune, ...]:
        """All rural communes, district after district."""
        return tuple(commune for district in self.districts for commune in district.communes)

    def commune(self, short_name: str) -> Commune:
        """The only rural commune of that short name; ValueError if there is none or more than one."""
        (found,) = [commune for commune in self.communes if commune.short_name == short_name]
        return found


def read_province(code: str) -> Province:
    """The province of that code with the units in force in 2022, before the mergers of 2023-2025."""
    rows = [row for row in reference_rows(REFERENCE / "units.csv") if row["province_code"] == code and _in_force(row)]
    by_code = {row["unit_code"]: row for row in rows}
    districts = sorted(
        (row for row in rows if row["level"] == "district"),
        key=lambda row: (KIND_ORDER.index(row["kind"]), row["unit_code"]),
    )
    province = by_code[code]
    return Province(province["name"], province["short_name"], tuple(_district(row, rows) for row in districts))


def criterion_names(set_code: str) -> tuple[str, ...]:
    """Vietnamese names of the criteria of a set, in the order of their numbers."""
    rows = [row for row in reference_rows(REFERENCE / "criteria.csv") if row["set_code"] == set_code]
    rows.sort(key=lambda row: int(row["criterion_no"]))
    return tuple(row["name_vi"] for row in rows)


def _district(district: dict[str, str], rows: list[dict[str, str]]) -> District:
    communes = sorted(
        (row for row in rows if row["parent_code"] == district["unit_code"] and row["kind"] == "xã"),
        key=lambda row: row["unit_code"],
    )
    return District(
        district["name"],
        district["short_name"],
        district["kind"],
        tuple(Commune(row["name"], row["short_name"], district["name"]) for row in communes),
    )


def _in_force(row: dict[str, str]) -> bool:
    valid_to = row["valid_to"] or date.max.isoformat()
    return row["valid_from"] <= REGISTER_DATE.isoformat() <= valid_to
