"""Every commune of the register, its name written in other ways and mistyped: no wrong one is ever taken."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import date

import pytest

from etl.context import Reference
from etl.matching import Match, Scope, find_commune
from ntm.geo.units import Unit
from tests.etl.scrambles import HARMLESS, TYPING_ERRORS, canonical, is_without_kind

DAYS = (date(2022, 6, 30), date(2025, 12, 31))
SEED = 20220308
TYPING_ERRORS_EACH = 2
IN_PROVINCE_SHARE = 0.2
DISTRICT, PROVINCE = "in the district", "in the province"


class Communes:
    """The communes in force on a day, and which of them a written name means in a district or a province."""

    def __init__(self, reference: Reference, day: date) -> None:
        self.reference, self.day = reference, day
        self.units = [unit for unit in reference.register.units if unit.level == "commune" and unit.in_force(day)]
        provinces = (unit for unit in reference.register.units if unit.level == "province" and unit.in_force(day))
        self.provinces = {unit.unit_code: unit for unit in provinces}
        self._holders: dict[tuple[str, str | None, str], set[str]] = defaultdict(set)
        for unit in self.units:
            for place in {unit.district_code or None, None}:
                for name in (unit.name, unit.short_name):
                    self._holders[unit.province_code, place, canonical(name)].add(unit.unit_code)

    def holders(self, unit: Unit, name: str, district_code: str | None) -> set[str]:
        """Return the codes of the units with a name, where the unit lies."""
        return self._holders.get((unit.province_code, district_code, canonical(name)), set())

    def match(self, unit: Unit, text: str, district_code: str | None) -> Match:
        return find_commune(Scope(self.reference, self.provinces[unit.province_code], self.day, district_code), text)

    def places(self, chance: random.Random) -> Iterator[tuple[Unit, str, str | None]]:
        """Yield every unit with where its name is looked for: in its district, and for a share in the province."""
        for unit in self.units:
            if unit.district_code:
                yield unit, DISTRICT, unit.district_code
            if not unit.district_code or chance.random() < IN_PROVINCE_SHARE:
                yield unit, PROVINCE, None


class Tally:
    """What became of the scrambles, by kind."""

    def __init__(self) -> None:
        self.counts: Counter[tuple[str, str]] = Counter()
        self.wrong: list[str] = []

    def add(self, group: str, unit: Unit, text: str, match: Match) -> None:
        if match.unit and match.unit != unit:
            self.wrong.append(f"{group}: {text!r} for {unit.name} ({unit.unit_code}) taken as {match.unit.name}")
        proposals = " ".join(str(values.get("proposal", "")) for _, values in match.findings)
        result = "matched" if match.unit else "proposed" if f"'{unit.name}'" in proposals else "neither"
        self.counts[group, result] += 1

    def lines(self) -> Iterator[str]:
        for group in sorted({group for group, _ in self.counts}):
            total = sum(number for (other, _), number in self.counts.items() if other == group)
            shares = (f"{name} {self.counts[group, name] / total:6.1%}" for name in ("matched", "proposed", "neither"))
            yield f"{group:<32} {total:>6}: {', '.join(shares)}"


@pytest.fixture(scope="module", params=DAYS, ids=str)
def communes(request: pytest.FixtureRequest, reference: Reference) -> Communes:
    return Communes(reference, request.param)


@pytest.mark.case(55)
@pytest.mark.case(56)
@pytest.mark.case(57)
@pytest.mark.case(62)
def test_any_writing_of_a_name_is_matched_or_a_homonym(communes: Communes, summary: Callable[[str], None]) -> None:
    chance, tally, homonyms, missed = random.Random(SEED), Tally(), 0, []
    for unit, place, district_code in communes.places(chance):
        for scramble in HARMLESS:
            text = scramble(unit, chance)
            match = communes.match(unit, text, district_code)
            name = unit.short_name if is_without_kind(unit, text) else unit.name
            if district_code is None and canonical(text).isdigit():
                assert match.unit is None, f"{text!r} alone may be an ordinal, taken as {match.unit}"
                continue
            if len(communes.holders(unit, name, district_code)) > 1:
                homonyms += 1
                assert match.unit is None, f"{text!r} has several meanings, taken as {match.unit}"
                continue
            tally.add(f"{scramble.__name__}, {place}", unit, text, match)
            if match.unit is None:
                missed.append(f"{text!r} of {unit.name} {match.findings}")
    summary(f"writings of names, {communes.day:%d/%m/%Y} ({homonyms} homonyms refused)")
    for line in tally.lines():
        summary(line)
    assert tally.wrong == []
    assert missed == []


@pytest.mark.case(58)
@pytest.mark.case(60)
def test_mistyped_name_is_never_taken_for_another(communes: Communes, summary: Callable[[str], None]) -> None:
    """A slip that makes the name of another unit cannot be known from it; such ones are counted, and left out."""
    chance, tally, coincidences = random.Random(SEED), Tally(), 0
    for unit, place, district_code in communes.places(chance):
        for slip in chance.sample(TYPING_ERRORS, TYPING_ERRORS_EACH):
            text = slip(unit, chance)
            short = text.removeprefix(unit.name[: -len(unit.short_name)])
            holders = communes.holders(unit, text, district_code) | communes.holders(unit, short, district_code)
            if holders:
                coincidences += holders != {unit.unit_code}
                continue
            tally.add(f"{slip.__name__}, {place}", unit, text, communes.match(unit, text, district_code))
    summary(f"typing errors, {communes.day:%d/%m/%Y} ({coincidences} that make another unit's name left out)")
    for line in tally.lines():
        summary(line)
    assert tally.wrong == []
    assert not any(number for (_, result), number in tally.counts.items() if result == "matched")
