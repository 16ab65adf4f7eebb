"""Who owes for works, and what follows from it by decision 18/2022/QĐ-TTg; of a commune, for which works."""

from __future__ import annotations

from datetime import date

import pandas as pd

from ntm.metrics.arrears import arrears_rules, by_unit
from ntm.metrics.payments import as_date
from ntm.model import is_missing
from ntm.reports.deck.amounts import amount
from ntm.reports.deck.model import Figure, Sentence, Slide
from ntm.reports.deck.writing import TableRow, Writer

_MOST = 30
"""Units, or works of a commune, in the tables: three slides; how many more there are is said."""


def counted(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of query debts that the sum of what is owed is of."""
    return rows[rows["is_counted"] & (rows["list_no"] == 1)]


def owed_at(w: Writer, name: str, value: object, day: date, cells: pd.DataFrame) -> Figure:
    """Return what is owed by the latest lists at a day."""
    return amount(w, name, value, w.t("deck.arrears.definition", day=w.t.format.day(day)), cells)


def rule(w: Writer) -> str:
    """Return the rule on recognition in words, with how far it is known; only from its day on it is said."""
    known = arrears_rules()["recognition"]
    return w.t("debts.rule", document=known["document"], confidence=w.t(f"confidence.{known['confidence']}"))


def of_units(w: Writer, rows: pd.DataFrame) -> tuple[Slide, ...]:
    """Return the units that owe, the most first."""
    t = w.t
    units = by_unit(rows)
    owing = units[units["amount"] > 0].sort_values(["amount", "unit_code"], ascending=[False, True])
    cells_of_all = counted(rows)
    listed: list[TableRow] = []
    for row in owing.head(_MOST).to_dict("records"):
        cells, day = cells_of_all[cells_of_all["unit_code"] == row["unit_code"]], as_date(row["told_until"])
        owed = owed_at(w, f"owed_by_{row['unit_code']}", row["amount"], day, cells)
        works = w.number(f"works_of_{row['unit_code']}", row["works"], t("deck.arrears.definition_works"), cells)
        district = None if is_missing(row["district_name"]) else str(row["district_name"])
        listed.append((str(row["name"]), district, owed, works, t.format.day(day)))
    head = (t("column.unit"), t("column.district"), t("debts.owed"), t("debts.works"), t("debts.told_until"))
    count = w.number(
        "units", len(owing), t("deck.arrears.definition_units"), cells_of_all[cells_of_all["amount_vnd_million"] > 0]
    )
    title = w.title("deck.arrears.title_units", count=count)
    return w.pages("units", title, head, listed, [_units_said(w, count), _more(w, len(owing))])


def _units_said(w: Writer, count: Figure) -> Sentence:
    """Return how many owe, and from the day of the rule on what follows from it."""
    if w.month < arrears_rules()["recognition"]["valid_from"]:
        return w.say("units", "deck.arrears.say_units", count=count)
    return w.say("units", "deck.arrears.say_rule", count=count, rule=rule(w))


def of_works(w: Writer, works: pd.DataFrame) -> tuple[Slide, ...]:
    """Return the works of one commune that are owed for."""
    t = w.t
    listed: list[TableRow] = []
    for number, row in enumerate(works.head(_MOST).to_dict("records")):
        cells = works.iloc[[number]]
        owed = owed_at(w, f"work_{number + 1}", row["amount_vnd_million"], as_date(row["period_end"]), cells)
        years = [None if is_missing(row[name]) else str(int(row[name])) for name in ("started_year", "finished_year")]
        listed.append((str(row["work"]), owed, *years, None if is_missing(row["plan"]) else str(row["plan"])))
    head = (
        t("deck.arrears.work"), t("debts.owed"), t("deck.arrears.started"), t("deck.arrears.finished"),
        t("deck.arrears.plan"),
    )  # fmt: skip
    sentences = [_more(w, len(works))]
    if w.month >= arrears_rules()["recognition"]["valid_from"]:
        sentences.insert(0, w.say("rule", "deck.arrears.say_commune_rule", rule=rule(w)))
    return w.pages("works", t("deck.arrears.title_works"), head, listed, sentences)


def _more(w: Writer, count: int) -> Sentence | None:
    if count <= _MOST:
        return None
    more = w.number("more", count - _MOST, w.t("deck.arrears.definition_more"))
    return w.say("more", "deck.arrears.rest", count=more)
