"""Who a table reports for: the commune, the district or the province that its title block names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from etl.issues import Issue
from etl.named_units import communes_named, districts_named, provinces_alike, provinces_named
from etl.proposals import quoted
from ntm.geo.names import KINDS, unit_name_key
from ntm.geo.units import Register, Unit

Texts = tuple[str, ...]
_LETTERHEAD = re.compile(
    r"\b(?:UBND|[uủ][yỷ] ban nhân dân)\s+((huyện|quận|thị xã|thành phố|xã|phường|thị trấn)\s*:?\s+([^\W_].*))", re.I
)


@dataclass(frozen=True)
class Reporter:
    """The unit that a table reports for, its province (which may be the unit itself), and the day of their names."""

    province: Unit
    unit: Unit
    day: date


def find_reporter(
    register: Register, blocks: Sequence[Texts], period_end: date, days: list[date], province_code: str | None
) -> Reporter | Issue:
    """Return who reports, by the lines above a table: the commune or district named alone, else the province.

    `blocks` are those lines, then those of tables above it; what a nearer block names counts before a farther one.

    `days` are those by which names may be understood, in order of precedence; `province_code` counts where no province
    is named. What cannot be told gives the finding that refuses the table: a homonym, an unknown unit in the
    letterhead ('UBND XÃ …'), no province.
    """
    found: Reporter | Issue | None = None
    for day in days:
        found = _on_day(register, blocks, day, province_code)
        if isinstance(found, Reporter):
            return found
    return found or _no_province(register, tuple(text for texts in blocks for text in texts), period_end)


def _on_day(
    register: Register, blocks: Sequence[Texts], day: date, province_code: str | None
) -> Reporter | Issue | None:
    provinces = _first(blocks, lambda texts: provinces_named(register, texts, day))
    if len(provinces) > 1:
        return Issue("PROVINCE_AMBIGUOUS", values={"choices": _names(provinces)})
    province = provinces[0] if provinces else None
    if province is None and province_code:
        province = register.by_code(province_code, level="province", day=day)
    districts = _named(blocks, lambda lines: districts_named(register, lines, day, province))
    communes = _named(blocks, lambda lines: communes_named(register, lines, day, province, districts))
    if unknown := _unknown_letterhead(blocks, [*provinces, *districts], communes):
        return Issue("REPORTER_UNKNOWN", values={"name": unknown}) if province else None
    is_one_name = len({unit_name_key(unit.name)[1] for unit in communes}) == 1
    if is_one_name and len(communes) > 1:
        return Issue("REPORTER_AMBIGUOUS", values={"name": communes[0].name, "choices": _places(register, communes)})
    alone = [units[0] for units in (communes, districts) if len(units) == 1]
    if province is None and alone:
        province = register.by_code(alone[0].province_code, level="province", day=day)
    return Reporter(province, alone[0] if alone else province, day) if province else None


def _first(blocks: Sequence[Texts], find: Callable[[Texts], list[Unit]]) -> list[Unit]:
    """Return the units that the nearest block which names any names."""
    return next((found for texts in blocks if (found := find(texts))), [])


def _named(blocks: Sequence[Texts], find: Callable[[Texts], list[Unit]]) -> list[Unit]:
    """Return the one unit that a letterhead names, else all that the lines name."""

    def in_block(texts: Texts) -> list[Unit]:
        in_letterhead = find(tuple(match[1] for match in _letterheads(texts)))
        return in_letterhead if len(in_letterhead) == 1 else find(texts)

    return _first(blocks, in_block)


def _letterheads(texts: Texts) -> Iterator[re.Match[str]]:
    """Yield the lines of those who report ('UBND XÃ ĐÔNG PHÚ'); 'UBND huyện, thị xã' names none."""
    matches = (_LETTERHEAD.search(text) for text in texts)
    return (match for match in matches if match and not match[3][0].islower())


def _unknown_letterhead(blocks: Sequence[Texts], above: list[Unit], communes: list[Unit]) -> str | None:
    """Return the unit of a letterhead that the register does not have there: its figures are not the province's."""
    for match in (match for texts in blocks for match in _letterheads(texts)):
        kind = match[2].lower()
        known = communes if kind in KINDS["commune"] else [unit for unit in above if unit.kind == kind]
        if not known:
            return match[1]
    return None


def _no_province(register: Register, texts: Texts, period_end: date) -> Issue:
    starts = {unit.valid_from for unit in register.units if unit.level == "province"}
    other = next((found[0] for day in sorted(starts) if (found := provinces_named(register, texts, day))), None)
    if other:
        days = {"day": period_end, "since": other.valid_from, "until": other.valid_to}
        known = {name: day or "…" for name, day in days.items()}
        return Issue("PROVINCE_NOT_IN_FORCE", values={"name": other.name, **known})
    return Issue("PROVINCE_UNKNOWN", values={"proposal": quoted(provinces_alike(register, texts, period_end))})


def _names(units: list[Unit]) -> str:
    return ", ".join(unit.name for unit in units)


def _places(register: Register, communes: list[Unit]) -> str:
    """Return communes of one name with their districts and provinces, for a person to choose."""
    above = {unit.unit_code: unit.name for unit in register.units if unit.level in ("district", "province")}
    return "; ".join(
        ", ".join([unit.name, *(above[code] for code in (unit.district_code, unit.province_code) if code in above)])
        for unit in communes
    )
