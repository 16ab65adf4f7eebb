"""Criteria of a commune: those not met and those not told at its latest report, and those lost in the year."""

from __future__ import annotations

from ntm.model import is_missing
from ntm.reports.deck import criteria
from ntm.reports.deck.commune import commune_row
from ntm.reports.deck.model import Sentence, Slide
from ntm.reports.deck.writing import TableRow, Writer, criterion_label


def slides(w: Writer) -> tuple[Slide, ...]:
    """Return the table of the criteria that are unmet or unknown."""
    t, unit, row = w.t, w.material.unit, commune_row(w)
    rows = w.read("commune_criteria", unit=unit.code, month=w.month)
    if row is None or not len(rows) or is_missing(row["last_report"]):
        title = w.title("deck.criteria.title")
        return (w.slide("strip", title, missing=t("deck.criteria.commune_missing", name=unit.name, day=w.day)),)
    counts = {
        outcome: w.number(
            f"commune_{outcome}", len(part), t(f"deck.criteria.commune_{outcome}"), part.dropna(subset=["cell"])
        )
        for outcome in ("met", "not_met", "unknown")
        for part in [rows[rows["outcome"] == outcome]]
    }
    total = w.number("total", len(rows), t("deck.criteria.total_definition"))
    told = t.format.day(row["last_report"])
    said: list[Sentence] = [
        w.say("strip", "deck.criteria.commune_say", name=unit.name, total=total, day=told, **counts)
    ]
    if row["is_stale"]:
        months = w.number("stale", row["months_since_report"], t("deck.criteria.months_definition"))
        said.append(w.say("stale", "deck.criteria.commune_stale", months=months))
    listed: list[TableRow] = [
        (
            criterion_label(t, item),
            t(f"outcome.{item['outcome']}"),
            t("criteria.no_agency") if is_missing(item["lead_agency"]) else str(item["lead_agency"]),
        )
        for item in rows[rows["outcome"] != "met"].to_dict("records")
    ]
    head = w.head("criterion", "outcome", "agency")
    title = w.title("deck.criteria.commune_title", met=counts["met"], total=total, unmet=counts["not_met"])
    return (*w.pages("strip", title, head, listed, said), *criteria.lost(w))
