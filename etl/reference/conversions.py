"""The old-to-new pairs of `vietnamadminunits`, with its mix-ups of namesakes taken out by rule."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from functools import cache

from etl.reference.packages import Conversion, LegacyUnit, conversions, legacy_units, new_units


@cache
def known_conversions() -> tuple[Conversion, ...]:
    """Return the package's pairs without those that belong to a namesake.

    The package keys divided communes by their bare name within the new province, and so gives both Phú Hữu of
    Hậu Giang and Phú Hữu of Sóc Trăng the new communes of both. Where namesakes share a new commune, a
    divided one keeps it only if no other is nearer to it (same district, else same province).
    """
    pairs = list(conversions())
    nearness = _nearness(pairs)
    namesakes: dict[tuple[tuple[str, str], str], list[Conversion]] = defaultdict(list)
    for pair in pairs:
        namesakes[pair.new_key, pair.old_key.split("_")[-1]].append(pair)
    kept = []
    for group in namesakes.values():
        nearest = max(nearness[pair] for pair in group)
        kept += [pair for pair in group if not pair.is_partial or nearness[pair] == nearest]
    targets = Counter(pair.old_key for pair in kept)
    return tuple(replace(pair, is_partial=targets[pair.old_key] > 1) for pair in kept)


def _nearness(pairs: list[Conversion]) -> dict[Conversion, int]:
    """Return 2 for a new unit of the old unit's own district, 1 for one of its old province, 0 otherwise.

    A new unit is at home where the old commune of its code lay, and where a commune it took in whole lay.
    """
    old = {unit.key: unit for unit in legacy_units()}
    old_by_code = {unit.code: unit for unit in old.values() if unit.code}
    new_code = {unit.key: unit.code for unit in new_units()}
    districts: dict[tuple[str, str], set[str]] = defaultdict(set)
    for pair in pairs:
        if not pair.is_partial:
            districts[pair.new_key].add(old[pair.old_key].district_code)

    def near(pair: Conversion) -> int:
        unit: LegacyUnit = old[pair.old_key]
        home = old_by_code.get(new_code[pair.new_key])
        own_district = unit.district_code in districts[pair.new_key]
        if own_district or (home and home.district_code == unit.district_code):
            return 2
        return int(home is not None and home.province_code == unit.province_code)

    return {pair: near(pair) for pair in pairs}
