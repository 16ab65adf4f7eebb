"""Where the money of a year goes: source → component → district. What is not told apart goes through a node of its own.

The district's money is what is reported for the district; the province's is never divided among districts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pandas as pd

from ntm.metrics.exact import exact
from ntm.metrics.funding import SOURCE_GROUPS, latest

NOT_CODED = "not_coded"
"""Component of money that is not parted by component."""


@dataclass(frozen=True)
class Stand:
    """Money of one stage at one cut-off: `rows` of the districts, `province` of the province (either may be empty)."""

    cutoff: date
    rows: pd.DataFrame
    province: pd.DataFrame
    units: pd.DataFrame

    @property
    def silent(self) -> list[str]:
        """Names of the district-level units that tell nothing of the stage at the cut-off."""
        return list(self.units.loc[~self.units["unit_code"].isin(self.rows["unit_code"]), "name"])


@dataclass(frozen=True)
class Flow:
    """`links`: source_group, component_no (or NOT_CODED), unit_code, amount_vnd_million; each đồng in one row.

    unit_code is the province's for what is told for no district. `more_in_districts`: sources of which the districts
    tell more than the province does; `unclear`: units whose amounts by component do not fit their amounts by source.
    """

    links: pd.DataFrame
    more_in_districts: tuple[str, ...]
    unclear: tuple[str, ...]


def stand(districts: pd.DataFrame, province: pd.DataFrame, year: int, stage: str, month: date) -> Stand | None:
    """Return a stage's money at the districts' latest cut-off, else the province's; None when neither tells of it.

    `districts` are rows of query funding_districts, `province` of query funding (empty when one district is looked at).
    The province's amounts are those of the very same cut-off and kind: others cannot be set against the districts'.
    """
    units = districts[["unit_code", "name"]].drop_duplicates(ignore_index=True)
    until = None if stage == "need" else month
    told = districts[districts["amount_vnd_million"].notna()]
    rows = latest(told, year, stage, until)
    whole = province[(province["year"] == year) & (province["stage"] == stage)]
    if len(rows):
        cutoff, kind = rows["period_end"].iloc[0], rows["value_kind"].iloc[0]
        whole = whole[(whole["period_end"] == cutoff) & (whole["value_kind"] == kind)]
    else:
        whole = latest(province, year, stage, until)
        if not len(whole):
            return None
        cutoff = whole["period_end"].iloc[0]
    return Stand(cutoff.date(), rows, whole, units)


def flow(found: Stand, coded: pd.DataFrame, stage: str, province: str, *, with_credit: bool) -> Flow:
    """Return the flows of a stage. `coded` is query funding_components; `province` its code: what no district tells."""
    at = coded[(coded["stage"] == stage) & (coded["period_end"] == pd.Timestamp(found.cutoff))]
    kinds = pd.concat([found.rows["value_kind"], found.province["value_kind"]]).unique()
    at = at[at["value_kind"].isin(kinds)]
    links: list[tuple[str, str, str, Decimal]] = []
    unclear: list[str] = []
    more: list[str] = []
    groups = [group for group in SOURCE_GROUPS if with_credit or group != "credit"]
    by_unit, whole = _sums(found.rows, ["unit_code", "source_group"]), _sums(found.province, ["source_group"])
    parts = _sums(at, ["unit_code", "source_group", "component_no"])
    for group in groups:
        told = {unit: amount for (unit, source), amount in by_unit.items() if source == group}
        for unit, amount in told.items():
            pieces, is_clear = _pieces(amount, _of(parts, unit, group))
            links += [(group, component, unit, piece) for component, piece in pieces.items()]
            unclear += [] if is_clear else [unit]
        if (group,) not in whole:
            continue
        rest = whole[group,] - sum(told.values(), Decimal(0))
        if rest < 0:
            more.append(group)
            continue
        left = _of(parts, province, group)
        for component in left:
            left[component] -= sum((_of(parts, unit, group).get(component, Decimal(0)) for unit in told), Decimal(0))
        pieces, is_clear = _pieces(rest, left)
        links += [(group, component, province, piece) for component, piece in pieces.items()]
        unclear += [] if is_clear else [province]
    columns = ["source_group", "component_no", "unit_code", "amount_vnd_million"]
    table = pd.DataFrame([(*names, float(amount)) for *names, amount in links if amount], columns=columns)
    return Flow(table, tuple(more), tuple(dict.fromkeys(unclear)))


def _pieces(amount: Decimal, parts: dict[str, Decimal]) -> tuple[dict[str, Decimal], bool]:
    """Return an amount by component with the rest not coded; all of it not coded where they cannot be its parts."""
    rest = amount - sum(parts.values(), Decimal(0))
    if rest < 0 or any(part < 0 for part in parts.values()):
        return {NOT_CODED: amount}, False
    return {**parts, NOT_CODED: rest}, True


def _of(parts: dict[tuple[str, ...], Decimal], unit: str, group: str) -> dict[str, Decimal]:
    return {component: amount for (of, source, component), amount in parts.items() if (of, source) == (unit, group)}


def _sums(rows: pd.DataFrame, keys: list[str]) -> dict[tuple[str, ...], Decimal]:
    sums: dict[tuple[str, ...], Decimal] = {}
    for *key, amount in rows[[*keys, "amount_vnd_million"]].itertuples(index=False):
        known = exact(amount)
        if known is not None:
            sums[tuple(key)] = sums.get(tuple(key), Decimal(0)) + known
    return sums


def matrix(found: Stand) -> pd.DataFrame:
    """Return district × source: unit_code, name, row, the sources that are told of, total, total_without_credit.

    `row` is 'unit', then, where there are several units, 'sum' of the units, and where the province tells of the stage
    'province' and 'difference' (province less sum). An amount that is not told is missing, and no difference then;
    nor one of totals of different sources.
    """
    groups = [
        group for group in SOURCE_GROUPS if group in {*found.rows["source_group"], *found.province["source_group"]}
    ]
    by_unit, summed = _sums(found.rows, ["unit_code", "source_group"]), _sums(found.rows, ["source_group"])
    whole = _line(_sums(found.province, ["source_group"]), groups)
    lines: list[dict[str, object]] = []
    for code, name in found.units[["unit_code", "name"]].itertuples(index=False):
        amounts: dict[tuple[str, ...], Decimal] = {
            (group,): amount for (unit, group), amount in by_unit.items() if unit == code
        }
        lines.append({"unit_code": code, "name": name, "row": "unit", **_line(amounts, groups)})
    if len(found.units) > 1 and len(found.rows):
        lines.append({"row": "sum", **_line(summed, groups)})
    if len(found.province):
        lines.append({"row": "province", **whole})
        if len(found.rows):
            lines.append({"row": "difference", **_difference(whole, _line(summed, groups), groups)})
    columns = ["unit_code", "name", "row", *groups, "total", "total_without_credit"]
    table = pd.DataFrame(lines, columns=columns)
    return table.astype(dict.fromkeys([*groups, "total", "total_without_credit"], float))


def _line(amounts: dict[tuple[str, ...], Decimal], groups: list[str]) -> dict[str, Decimal | None]:
    budget = [amount for (group,), amount in amounts.items() if group != "credit"]
    return {
        **{group: amounts.get((group,)) for group in groups},
        "total": sum(amounts.values(), Decimal(0)) if amounts else None,
        "total_without_credit": sum(budget, Decimal(0)) if budget else None,
    }


def _difference(
    whole: dict[str, Decimal | None], parts: dict[str, Decimal | None], groups: list[str]
) -> dict[str, Decimal | None]:
    """Return whole less parts; that of a total is unknown where the two are sums of different sources."""
    gap = {name: _less(whole[name], parts[name]) for name in whole}
    unlike = {group for group in groups if (whole[group] is None) != (parts[group] is None)}
    if unlike:
        gap["total"] = None
    if unlike - {"credit"}:
        gap["total_without_credit"] = None
    return gap


def _less(whole: Decimal | None, part: Decimal | None) -> Decimal | None:
    return None if whole is None or part is None else whole - part
