"""Proposals (kiến nghị, đề xuất) in the words of the units that reported them, criterion by criterion."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from datetime import date
from typing import Any

import pandas as pd

from ntm.model import is_missing
from ntm.reports.deck.figures import cells_of
from ntm.reports.deck.model import Slide
from ntm.reports.deck.request import Material
from ntm.reports.deck.writing import TableRow, Writer, criterion_label

SECTION = "proposals"
_MOST = 30
"""Quotations in the table: three slides; how many more there are is said."""
_SHOWN = 160
"""Characters of a quotation that stand on a slide; the presenter's notes have it whole."""


def slides(material: Material) -> tuple[Slide, ...]:
    """Return what units gave as cause and proposal in the period, verbatim; without any, one slide that says so."""
    w = Writer(material, SECTION, material.t("deck.proposals.source"))
    t = w.t
    rows = w.read("proposals", unit=material.unit.code, since=date(material.period.first_year, 1, 1), month=w.month)
    if not len(rows):
        missing = t("deck.proposals.missing", place=material.unit.name, day=w.day)
        return (w.slide("missing", t("deck.proposals.title_missing"), missing=missing),)
    proposed, named = rows[rows["proposal"].notna()], rows[rows["cause"].notna()]
    words = {
        "count": w.number("count", len(proposed), t("deck.proposals.definition"), proposed),
        "units": w.number("units", proposed["unit_code"].nunique(), t("deck.proposals.definition_units"), proposed),
        "causes": w.number("causes", len(named), t("deck.proposals.definition_causes"), named),
        "naming": w.number("naming", named["unit_code"].nunique(), t("deck.proposals.definition_naming"), named),
        "criteria": w.number(
            "criteria",
            len(rows[["set_code", "criterion_no"]].drop_duplicates()),
            t("deck.proposals.definition_criteria"),
            rows,
        ),
    }
    said = [w.say("count", "deck.proposals.say", **words)]
    if len(rows) > _MOST:
        more = w.number("more", len(rows) - _MOST, t("deck.arrears.definition_more"))
        said.append(w.say("more", "deck.arrears.rest", count=more))
    listed: list[TableRow] = [
        (_criterion(w, row), str(row["name"]), _shown(row["cause"]), _shown(row["proposal"]))
        for row in rows.head(_MOST).to_dict("records")
    ]
    head = tuple(t(f"deck.proposals.{name}") for name in ("criterion", "unit", "cause", "proposal"))
    title = w.title("deck.proposals.title", **words)
    return w.pages("quoted", title, head, listed, said, notes=_notes(w, rows))


def _criterion(w: Writer, row: Mapping[Hashable, Any]) -> str:
    if is_missing(row["name_vi"]):
        return w.t("deck.criterion_code", number=str(row["criterion_no"]))
    return criterion_label(w.t, row)


def _notes(w: Writer, rows: pd.DataFrame) -> tuple[str, ...]:
    """Return each quotation whole, with its unit, day and cell."""
    notes = []
    for number, row in enumerate(rows.to_dict("records")):
        told = "; ".join(
            w.t(f"deck.proposals.quoted_{name}", text=str(row[name]))
            for name in ("cause", "proposal")
            if not is_missing(row[name])
        )
        place = ", ".join(map(str, cells_of(rows.iloc[[number]])))
        notes.append(
            w.t("deck.proposals.note", unit=str(row["name"]), criterion=_criterion(w, row), told=told, cell=place)
        )
    return tuple(notes)


def _shown(text: object) -> str | None:
    if is_missing(text):
        return None
    words = str(text)
    return words if len(words) <= _SHOWN else words[: _SHOWN - 1] + "…"
