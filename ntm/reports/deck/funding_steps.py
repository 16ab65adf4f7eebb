"""The budget money of the last year on its way, and what was carried over from earlier budgets: never added."""

from __future__ import annotations

from datetime import date

import pandas as pd

from ntm.metrics.funding import BUDGET_GROUPS, latest, totals
from ntm.metrics.funding_steps import STEPS, steps
from ntm.metrics.payments import as_date, disbursement_pairs
from ntm.model import is_missing
from ntm.reports.deck.amounts import amount, cells_at, cells_of_groups
from ntm.reports.deck.model import Sentence, Slide
from ntm.reports.deck.writing import TableRow, Writer


def slides(w: Writer, money: pd.DataFrame) -> tuple[Slide, ...]:
    """Return need, plan, allocated, disbursed and left over of the last year; nothing where none of it is told."""
    t, month = w.t, w.month
    year = w.material.period.last_year
    of_year = money[money["year"] == year]
    table = steps(of_year, disbursement_pairs(of_year, year, month), year, month)
    carried = _carried(w, year)
    if table["amount_vnd_million"].isna().all() and not carried:
        return ()
    rows = [_row(w, year, *step) for step in table.itertuples(index=False)]
    is_left_known = not is_missing(table.loc[table["step"] == "carried_over", "amount_vnd_million"].iloc[0])
    end = t.format.day(date(year, 12, 31))
    rule = w.say("left", "deck.funding.left_rule" if is_left_known else "deck.funding.no_left", day=end)
    head = (t("column.stage"), t("deck.funding.amount"), t("deck.funding.change"), t("deck.funding.until"))
    none = w.say("no_carried", "deck.funding.no_carried_in", year=str(year))
    title = t("deck.funding.steps", year=year)
    note = t("deck.funding.steps_rule")
    return w.pages("steps", title, head, rows, [*(carried or [none]), rule], note=note)


def _row(w: Writer, year: int, step: str, value: float, day: pd.Timestamp, change: float) -> TableRow:
    t = w.t
    name = t("funding.carried_over") if step == "carried_over" else t(f"stage.{step}")
    if is_missing(value):
        return (name, None, None, None)
    cutoff = as_date(day)
    stages = ["allocated", "disbursed"] if step == "carried_over" else [step]
    cells = cells_of_groups(cells_at(w.material, year, stages, cutoff), BUDGET_GROUPS)
    until = t.format.day(cutoff)
    told = amount(w, f"step_{step}", value, t("deck.funding.definition_step", step=name, year=year, day=until), cells)
    if is_missing(change):
        return (name, told, None, until)
    before = t(f"stage.{STEPS[STEPS.index(step) - 1]}")
    definition = t("deck.funding.definition_change", step=name, before=before, year=year)
    return (name, told, amount(w, f"step_{step}_change", change, definition, cells, signed=True), until)


def _carried(w: Writer, year: int) -> list[Sentence]:
    """Return what was carried over from earlier budgets into the year, by year of origin and stage."""
    read, unit, month = w.material.read, w.material.unit.code, w.month
    carried = read("funding_carried", unit=unit, month=month)
    carried = carried[(carried["year"] == year) & (carried["period_end"] <= pd.Timestamp(month))]
    if not len(carried):
        return []
    cells = read("funding_carried_cells", unit=unit, year=year, month=month)
    found = []
    for (origin, stage), rows in carried.groupby(["origin_year", "stage"], sort=True):
        told = latest(rows, year, str(stage))
        total, _ = totals(told)
        day = told["period_end"].max()
        own = cells[(cells["origin_year"] == origin) & (cells["stage"] == stage)]
        words = {"origin": str(origin), "year": str(year), "stage": w.t(f"stage.{stage}").lower()}
        definition = w.t("deck.funding.definition_carried", **words)
        told_amount = amount(w, f"carried_{origin}_{stage}", total, definition, own)
        until = w.t.format.day(as_date(day))
        name = f"carried_{origin}_{stage}"
        found.append(w.say(name, "deck.funding.say_carried", amount=told_amount, day=until, **words))
    return found
