"""From what somebody asks for (a unit's code, years, sections) to what sections are written from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import pandas as pd

from ntm.errors import NtmError
from ntm.geo.names import plain_key
from ntm.i18n import Translator
from ntm.reports.deck.model import Deck
from ntm.reports.deck.request import Level, Material, Period, Read, Unit
from ntm.reports.deck.story import SECTIONS, make_deck

_PERIOD = re.compile(r"(20\d\d)(?:\s*[-–]\s*(20\d\d))?")


@dataclass(frozen=True)
class Choice:
    """Whose deck, of which whole years, and from which sections of SECTIONS."""

    unit: str
    first_year: int
    last_year: int
    sections: tuple[str, ...] = tuple(SECTIONS)

    def content(self) -> dict[str, Any]:
        """Return the values of JSON that `choice_of` reads."""
        return asdict(self) | {"sections": list(self.sections)}


def choice_of(content: Mapping[str, Any]) -> Choice:
    """Return the choice that was saved. Raises NtmError when the values are none of one."""
    unit, first, last = (content.get(name) for name in ("unit", "first_year", "last_year"))
    sections = content.get("sections")
    if isinstance(unit, str) and isinstance(first, int) and isinstance(last, int) and isinstance(sections, list):
        return Choice(unit, first, last, tuple(name for name in SECTIONS if name in sections))
    raise NtmError("conference.damaged")


def years_of(text: str) -> tuple[int, int]:
    """Return first and last year of '2022' or '2021-2023'. Raises NtmError for anything else."""
    found = _PERIOD.fullmatch(text.strip())
    first = int(found[1]) if found else 0
    last = int(found[2] or found[1]) if found else -1
    if last < first:
        raise NtmError("conference.no_period", period=text)
    return first, last


def deck_of(choice: Choice, read: Read, t: Translator, build_id: str) -> Deck:
    """Make the deck. Raises NtmError when the snapshot has no such unit or no month of the years."""
    return make_deck(material_of(choice, read, t, build_id), choice.sections)


def material_of(choice: Choice, read: Read, t: Translator, build_id: str) -> Material:
    """Return what the sections are written from. Raises NtmError as `deck_of`."""
    province = _province_of(read, choice.unit)
    months = [pd.Timestamp(day).date() for day in read("months", province=province)["period_end"]]
    told = [month for month in months if choice.first_year <= month.year <= choice.last_year]
    if not told:
        raise NtmError("conference.no_months", period=span(choice.first_year, choice.last_year))
    period = Period(choice.first_year, choice.last_year, max(told))
    return Material(
        unit=_unit(read, choice.unit, province, period.month),
        period=period,
        read=read,
        t=t,
        is_illustrative=bool(read("snapshot")["illustrative_sheets"].iloc[0]),
        build_id=build_id,
    )


def members(unit: Unit, level: Level, read: Read, month: date) -> dict[str, str]:
    """Return names by code of the districts or rural communes of a unit that can have a deck of their own."""
    if level == "district":
        return _names(read("districts", province=unit.province)) if unit.level == "province" else {}
    communes = read("commune_units", province=unit.province, day=month)
    inside = communes[communes["is_rural_commune"].astype(bool)]
    if unit.level == "district":
        inside = inside[inside["district_code"] == unit.code]
    return _names(inside)


def span(first_year: int, last_year: int) -> str:
    """Return '2022' or '2021–2023'."""
    return str(last_year) if first_year == last_year else f"{first_year}–{last_year}"


def file_name(deck: Deck, ending: str) -> str:
    """Return a name in ASCII: 'hoi-nghi_93_tinh-hau-giang_2022-12.pptx'; the code tells communes of one name apart."""
    place = plain_key(deck.place).replace(" ", "-")[:60].strip("-")
    return "_".join(filter(None, ["hoi-nghi", deck.unit, place, f"{deck.as_of:%Y-%m}"])) + ending


def _province_of(read: Read, code: str) -> str:
    provinces = [str(found) for found in read("provinces")["province_code"]]
    if not provinces:
        raise NtmError("warehouse.no_months")
    if code in provinces:
        return code
    for province in provinces:
        if code in set(read("districts", province=province)["unit_code"]) or code in _communes_ever(read, province):
            return province
    raise NtmError("conference.no_unit", code=code)


def _communes_ever(read: Read, province: str) -> set[str]:
    days = read("months", province=province)["period_end"]
    ends = {pd.Timestamp(day).date() for day in (days.min(), days.max())} if len(days) else set()
    return {str(code) for day in ends for code in read("commune_units", province=province, day=day)["unit_code"]}


def _unit(read: Read, code: str, province: str, month: date) -> Unit:
    provinces = read("provinces").set_index("province_code")["name"]
    province_name = str(provinces[province])
    if code == province:
        return Unit(code, province_name, "province", province, province_name)
    districts = _names(read("districts", province=province))
    if code in districts:
        return Unit(code, districts[code], "district", province, province_name, code)
    communes = read("commune_units", province=province, day=month).set_index("unit_code")
    if code not in communes.index:
        raise NtmError("conference.not_then", code=code, day=month.strftime("%d/%m/%Y"))
    row = communes.loc[code]
    if not row["is_rural_commune"]:
        raise NtmError("conference.not_rural", name=row["name"])
    district = row["district_code"]
    return Unit(
        code, str(row["name"]), "commune", province, province_name, None if pd.isna(district) else str(district)
    )


def _names(rows: pd.DataFrame) -> dict[str, str]:
    return dict(zip(rows["unit_code"].astype(str), rows["name"].astype(str), strict=True))
