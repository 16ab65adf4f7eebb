"""Targets of a commune: the standards that plans name it for, in which years, and what became of it."""

from __future__ import annotations

from ntm.metrics.slippage import slippage
from ntm.model import is_missing
from ntm.reports.deck.commune import commune_row
from ntm.reports.deck.model import Sentence, Slide
from ntm.reports.deck.writing import TableRow, Writer, word


def slides(w: Writer) -> tuple[Slide, ...]:
    """Return one slide with the standards named, and by how many years each slipped."""
    t, unit = w.t, w.material.unit
    named = w.read("commune_targets", unit=unit.code, month=w.month)
    if not len(named):
        return (w.slide("named", t("deck.targets.commune_title_none"), missing=t("deck.targets.commune_none")),)
    row = commune_row(w)
    is_known = row is not None and row["standard"] != "unknown"
    decisions = w.read("commune_recognitions", unit=unit.code, month=w.month)
    plans = slippage(named, decisions, w.month, is_known=is_known)
    listed: list[TableRow] = []
    said: list[Sentence] = []
    for plan in plans.to_dict("records"):
        standard, cells = str(plan["standard"]), named[named["standard"] == plan["standard"]]
        slipped = w.number(f"slipped.{standard}", plan["slipped_years"], t("deck.targets.slipped_years"), cells)
        years = ", ".join(str(year) for year in plan["years"])
        reached = None if is_missing(plan["reached_on"]) else t.format.day(plan["reached_on"])
        state = t(f"deck.targets.state_{plan['state']}")
        listed.append((word(t, "standard", standard), t(f"target_kind.{plan['kind']}"), years, state, slipped, reached))
        words = {"standard": t(f"standard.{standard}"), "years": years, "state": state}
        key = "deck.targets.commune_slipped" if plan["slipped_years"] else "deck.targets.commune_say"
        said.append(w.say(f"named.{standard}", key, slipped=slipped, **words))
    parts = {
        "reached": w.number(
            "reached", int(plans["reached_on"].notna().sum()), t("deck.targets.commune_count"), decisions
        ),
        "count": w.number("count", len(plans), t("deck.targets.commune_count"), named),
    }
    said.append(w.say("count", "deck.targets.commune_count_say", day=w.day, **parts))
    title = w.title("deck.targets.commune_title", **parts)
    head = ("standard_named", "kind", "planned_years", "state", "slipped_years", "reached_on")
    notes = tuple(dict.fromkeys(str(document) for document in named["document"].dropna()))
    return w.pages("named", title, w.head(*head), listed, said, notes=notes)
