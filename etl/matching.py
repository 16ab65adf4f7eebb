"""A written name to the unit of the register that it means: exact after normalising, or not at all.

A name means a unit within its province, its district where one is known, its kind where one is written, and its day.
Units that merged or were renamed are two: figures stay under the unit that was in force at the day of the sheet, and
what became of it is told (unit_change), never put in its place. Likeness only proposes (etl/proposals.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from etl.clean.unit_notes import WrittenName, split_name
from etl.context import Reference
from etl.proposals import propose, quoted
from ntm.geo.names import KINDS, unit_name_key
from ntm.geo.units import Unit

Finding = tuple[str, Mapping[str, object]]
"""A code of issue_codes.yml and the values of its message."""


@dataclass(frozen=True)
class Match:
    """The unit that a name means, None when that is not certain, and what is to be told about it."""

    unit: Unit | None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Scope:
    """Where and when names are understood: a province, one district of it or all, a day."""

    reference: Reference
    province: Unit
    day: date
    district_code: str | None = None

    def named(self, name: str, level: str) -> list[Unit]:
        """Return the units in force of a name and, where it is written, of its kind."""
        return self.reference.register.find(
            name,
            level=level,
            day=self.day,
            province_code=self.province.unit_code,
            district_code=self.district_code,
        )

    def named_in_province(self, name: str, level: str) -> list[Unit]:
        """Return the units in force of a name anywhere in the province, whatever their kind."""
        return self.reference.register.find(
            name, level=level, day=self.day, province_code=self.province.unit_code, any_kind=True
        )

    def named_at_other_times(self, name: str, level: str) -> list[Unit]:
        """Return the units of a name that ended before the day or begin after it, where the province was or will be."""
        changes, code = self.reference.changes, self.province.unit_code
        provinces = {code, *(item.old_code for item in changes.of_new(code))}
        provinces |= {item.new_code for item in changes.of_old(code)}
        return [
            unit
            for province_code in sorted(provinces)
            for unit in self.reference.register.find_at_other_times(
                name, level=level, day=self.day, province_code=province_code
            )
        ]

    def proposal(self, name: str, level: str) -> str:
        """Return full names that may be meant: those elsewhere in the province, then the most alike here."""
        units = self.reference.register.within(self.province.unit_code, self.day, level)
        here = [unit for unit in units if self.district_code in (None, unit.district_code)]
        elsewhere = [unit for unit in self.named_in_province(name, level) if unit not in here]
        alike = [quoted([unit]) for unit in propose(name, here)]
        return ", ".join([f"'{unit.name}' ({self.above(unit)})" for unit in elsewhere] + alike) or "…"

    def above(self, unit: Unit) -> str:
        """Return the name of the unit's district, or of its province where there are none."""
        code, level = (unit.district_code, "district") if unit.district_code else (unit.province_code, "province")
        found = self.reference.register.by_code(code, level=level, day=self.day)
        return found.name if found else "…"


def find_district(scope: Scope, text: str) -> Match:
    """Return the district of a province that a text means."""
    written = split_name(text)
    found = scope.named(written.name, "district")
    if len(found) == 1:
        return Match(found[0], _notes(text, written, found[0]))
    if found:
        return _none("DISTRICT_AMBIGUOUS", name=text, choices=", ".join(unit.name for unit in found))
    if match := _accepted(scope, text, written, "district"):
        return match
    if past := scope.named_at_other_times(written.name, "district"):
        until = max(unit.valid_to or scope.day for unit in past)
        return _none("DISTRICT_NOT_IN_FORCE", name=text, day=scope.day, until=until)
    unknown = _none("DISTRICT_UNKNOWN", name=text, proposal=scope.proposal(written.name, "district"))
    return _of_other_kind(scope, text, written, "district") or unknown


def find_commune(scope: Scope, text: str) -> Match:
    """Return the commune-level unit that a text means.

    A district that the text itself states counts too ('Xã Mỹ An, huyện Mang Thít', 'Mỹ An (Mang Thít)').
    """
    written, district = _stated_district(scope, split_name(text))
    if district.unit and scope.district_code not in (None, district.unit.unit_code):
        return _none("UNIT_DISTRICT_DIFFERS", name=text, stated=district.unit.name)
    if district.unit:
        scope = replace(scope, district_code=district.unit.unit_code)
    match = _commune(scope, text, written)
    return replace(match, findings=district.findings + match.findings)


def _commune(scope: Scope, text: str, written: WrittenName) -> Match:
    found = scope.named(written.name, "commune")
    # '(1)' is a footnote mark unless there is a unit of that number, too.
    numbers = [mark for mark in written.footnotes if mark.isdecimal()] if found else []
    found += [unit for number in numbers for unit in scope.named(f"{written.name} {number}", "commune")]
    if len(found) > 1:
        choices = ", ".join(f"{unit.name} ({scope.above(unit)})" for unit in found)
        return _none("UNIT_AMBIGUOUS", name=text, choices=choices)
    others = [] if found and not written.is_former else scope.named_at_other_times(written.name, "commune")
    ended = [unit for unit in others if unit.valid_from <= scope.day]
    if found and not ended:
        return Match(found[0], _notes(text, written, found[0]))
    if match := _accepted(scope, text, written, "commune"):
        return match
    if ended:
        return _ended(scope, text, ended)
    if match := _of_other_kind(scope, text, written, "commune"):
        return match
    if others and not scope.named_in_province(written.name, "commune"):
        since = min(unit.valid_from for unit in others)
        return _none("UNIT_NOT_YET", name=text, day=scope.day, since=since)
    return _none("UNIT_UNKNOWN", name=text, proposal=scope.proposal(written.name, "commune"))


def _stated_district(scope: Scope, written: WrittenName) -> tuple[WrittenName, Match]:
    """Return the district that stands behind a name or in brackets; there it is no note."""
    province = replace(scope, district_code=None)
    if written.place:
        return written, find_district(province, written.place)
    for note in written.notes:
        found = province.named(note, "district")
        if len(found) == 1:
            return replace(written, notes=tuple(other for other in written.notes if other != note)), Match(found[0])
    return written, Match(None)


def _accepted(scope: Scope, text: str, written: WrittenName, level: str) -> Match | None:
    """Return the unit for which a person accepted a name that the register does not have here, and who did."""
    places = {scope.district_code, scope.province.unit_code}
    meant = [item for item in scope.reference.aliases if item.is_meant(written.name, level, scope.day, places)]
    if len({item.unit_code for item in meant}) != 1:
        return None
    unit = scope.reference.register.by_code(meant[0].unit_code, level=level, day=scope.day)
    if unit is None or scope.district_code not in (None, unit.district_code):
        return None
    by: Finding = ("UNIT_BY_ALIAS", {"name": text, "known": unit.name, "who": meant[0].who, "why": meant[0].why})
    return Match(unit, (by, *_notes(text, written, unit)))


def _of_other_kind(scope: Scope, text: str, written: WrittenName, level: str) -> Match | None:
    """Return the only unit of the name in the province, which is of another kind: it may have changed its kind.

    'Huyện Phú Quốc' is written in decisions long after it became a thành phố (programme forms, case 61).
    """
    units = scope.named_in_province(written.name, level)
    is_kind = unit_name_key(written.name)[0] in KINDS[level]
    if not is_kind or len(units) != 1 or scope.district_code not in (None, units[0].district_code):
        return None
    differs: Finding = ("UNIT_KIND_DIFFERS", {"name": text, "known": units[0].name})
    return Match(units[0], (differs, *_notes(text, written, units[0])))


def _ended(scope: Scope, text: str, ended: Sequence[Unit]) -> Match:
    """Return that the unit is no longer in force, with what became of it."""
    register, changes = scope.reference.register, scope.reference.changes
    codes = {change.new_code for unit in ended for change in changes.of_old(unit.unit_code)}
    new = [unit for code in sorted(codes) if (unit := register.by_code(code, level="commune", day=scope.day))]
    until = max(unit.valid_to or scope.day for unit in ended)
    return _none("UNIT_ENDED", name=text, day=scope.day, until=until, successors=quoted(new))


def _notes(text: str, written: WrittenName, unit: Unit) -> tuple[Finding, ...]:
    """Return what was split off a name: words may mean another unit, footnote marks do not."""
    findings: list[Finding] = []
    if written.notes:
        findings.append(("UNIT_NAME_NOTE", {"name": text, "note": ", ".join(written.notes), "known": unit.name}))
    if written.footnotes:
        findings.append(("UNIT_FOOTNOTE", {"name": text, "mark": " ".join(written.footnotes), "known": unit.name}))
    return tuple(findings)


def _none(code: str, **values: object) -> Match:
    return Match(None, ((code, values),))
