"""Counterpart funding (vốn đối ứng): required against assigned with the shortfall, where a rule can be used."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from ntm.metrics.counterpart import Counterpart, counterpart, usable
from ntm.metrics.share import share
from ntm.model import is_missing
from ntm.reports.deck.amounts import amount, cells_at, cells_of_groups, money_of
from ntm.reports.deck.model import Sentence, Slide
from ntm.reports.deck.request import Material
from ntm.reports.deck.writing import TableRow, Writer


def slides(material: Material) -> tuple[Slide, ...]:
    """Return the ratio of each year and what rules ask for; no rule binds a commune, so nothing without its money."""
    w = Writer(material, "arrears", material.t("funding.source"))
    t, period, unit = w.t, material.period, material.unit
    money = money_of(material)
    found = {year: counterpart(money, year, w.month) for year in period.years}
    title = t("debts.counterpart")
    if not any(found.values()):
        if unit.level == "commune":
            return ()
        missing = t("deck.arrears.no_counterpart", place=unit.name, day=w.day)
        return (w.slide("counterpart", title, missing=missing),)
    rows = [_row(w, year, actual) for year, actual in found.items()]
    head = (
        t("filter.year"), t("source.central"), t("source.local"), t("deck.arrears.ratio"), t("deck.funding.until"),
    )  # fmt: skip
    return w.pages("counterpart", title, head, rows, _rules(w, money), note=t("deck.arrears.counterpart_note"))


def _row(w: Writer, year: int, found: Counterpart | None) -> TableRow:
    if found is None:
        return (str(year), None, None, None, None)
    words = {"year": year, "day": w.t.format.day(found.cutoff)}
    cells = cells_at(w.material, year, ["allocated"], found.cutoff)
    central, local = cells_of_groups(cells, "central"), cells_of_groups(cells, "local")
    base = amount(w, f"central_{year}", found.base, w.t("deck.arrears.definition_central", **words), central)
    assigned = amount(w, f"local_{year}", found.assigned, w.t("deck.arrears.definition_local", **words), local)
    both = pd.concat([central, local])
    ratio = w.pct(f"ratio_{year}", share(found.assigned, found.base, "share.of_central"), both)
    return (str(year), base, assigned, ratio, w.t.format.day(found.cutoff))


def _rules(w: Writer, money: pd.DataFrame) -> list[Sentence]:
    """Return required, assigned and shortfall of the last year by each rule that can be used, or that there is none."""
    unit, year = w.material.unit, w.material.period.last_year
    actual = counterpart(money, year, w.month)
    day = actual.cutoff if actual else w.month
    judged = usable(w.material.read("counterpart_rules", unit=unit.code, day=day))
    if not len(judged):
        key = "debts.no_rule" if unit.level == "province" else "deck.arrears.no_rule"
        return [w.say("no_rule", key)]
    return [_judged(w, money, year, number, rule) for number, rule in enumerate(judged.to_dict("records"), start=1)]


def _judged(w: Writer, money: pd.DataFrame, year: int, number: int, rule: Mapping[Hashable, Any]) -> Sentence:
    t, name = w.t, f"rule_{number}"
    nature = None if is_missing(rule["nature"]) else str(rule["nature"])
    found = counterpart(
        money,
        year,
        w.month,
        source=rule["source_code"],
        paid_by=rule["paid_by"],
        nature=nature,
        ratio_pct=rule["ratio_pct"],
    )
    ratio = w.figure(f"{name}_ratio", rule["ratio_pct"], t.format.share(rule["ratio_pct"]), str(rule["document"]))
    what = t(
        "debts.rule_text",
        document=rule["document"],
        confidence=t(f"confidence.{rule['confidence']}"),
        ratio=ratio.text,
        paid_by=t(f"source.{rule['paid_by']}").lower(),
        source=t(f"source.{rule['source_code']}").lower(),
    )
    if nature:
        what += f" ({t(f'nature.{nature}').lower()})"
    if found is None or found.required is None or found.shortfall is None:
        return w.say(name, "debts.rule_no_money", rule=what, ratio=ratio, year=str(year))
    cells = cells_at(w.material, year, ["allocated"], found.cutoff)
    base, paid = (_cells_of(cells, str(rule[column]), nature) for column in ("source_code", "paid_by"))
    both = pd.concat([base, paid])
    return w.say(
        name,
        "deck.arrears.short" if found.shortfall else "deck.arrears.enough",
        rule=what,
        ratio=ratio,
        required=amount(w, f"{name}_required", found.required, t("deck.arrears.definition_required"), base),
        assigned=amount(w, f"{name}_assigned", found.assigned, t("deck.arrears.definition_assigned"), paid),
        shortfall=amount(w, f"{name}_shortfall", found.shortfall, t("deck.arrears.definition_shortfall"), both),
        day=t.format.day(found.cutoff),
    )


def _cells_of(cells: pd.DataFrame, source: str, nature: str | None) -> pd.DataFrame:
    own = cells[(cells["source_code"] == source) | (cells["source_group"] == source)]
    return own if nature is None else own[own["nature"] == nature]
