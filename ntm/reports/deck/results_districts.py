"""Results of a province district by district: of their communes, and their own recognition."""

from __future__ import annotations

import pandas as pd

from ntm.metrics.standing import STANDARDS
from ntm.model import is_missing
from ntm.reports.deck.model import Figure, Slide
from ntm.reports.deck.writing import TableRow, Writer, word


def slides(w: Writer, holders: dict[str, pd.DataFrame]) -> tuple[Slide, ...]:
    """Return the communes by district, then the districts that are recognised themselves."""
    rows = w.read("standing_by_district", province=w.material.unit.province, month=w.month)
    rows = rows[rows["communes"] > 0]
    if not len(rows):  # from 1 July 2025 there are none
        return ()
    return (*_communes(w, rows, holders), *_recognised(w))


def _communes(w: Writer, rows: pd.DataFrame, holders: dict[str, pd.DataFrame]) -> tuple[Slide, ...]:
    t = w.t
    listed: list[TableRow] = []
    for row in rows.to_dict("records"):
        own: list[Figure | None] = [w.number(f"communes.{row['unit_code']}", row["communes"], t("share.of_communes"))]
        for name in STANDARDS:
            held = holders[name][holders[name]["district_name"] == row["name"]]
            definition = t("deck.results.definition", standard=t(f"standard.{name}"), day=w.day)
            own.append(w.number(f"{name}.{row['unit_code']}", row[f"{name}_communes"], definition, held))
        listed.append((str(row["name"]), *own))
    full = rows[rows["ntm_communes"] == rows["communes"]]
    parts = {
        "full": w.number("full_districts", len(full), t("deck.results.full_definition"), holders["ntm"]),
        "districts": w.number("districts", len(rows), t("deck.results.districts_definition")),
    }
    head = (t("column.district"), t("deck.column.communes"), *(t(f"standard.{name}") for name in STANDARDS))
    said = [w.say("districts", "deck.results.districts_say", day=w.day, **parts)]
    return w.pages("districts", w.title("deck.results.districts_title", **parts), head, listed, said)


def _recognised(w: Writer) -> tuple[Slide, ...]:
    """Return the district-level units that hold a standard or completed the task of NTM, with their decisions."""
    t, province = w.t, w.material.unit.province
    rows = w.read("map_districts", province=province, month=w.month)
    told = rows[rows["standard"].notna() & (rows["standard"] != "unknown")]
    if not len(told):
        missing = t("deck.results.no_district_list", day=w.day)
        return (w.slide("recognised", t("deck.results.recognised_none"), missing=missing),)
    held = told[told["standard"] != "none"]
    cells = [
        w.read("district_recognitions", province=province, district=code, month=w.month) for code in held["unit_code"]
    ]
    decisions = pd.concat(cells) if cells else pd.DataFrame()
    if len(decisions):
        decisions = decisions[(decisions["level"] == "district") & decisions["decision_no"].isin(held["decision_no"])]
    listed: list[TableRow] = [
        (
            str(row["name"]),
            word(t, "standard", row["standard"]),
            None if is_missing(row["decision_no"]) else str(row["decision_no"]),
            t.format.day(row["decision_date"]),
        )
        for row in held.to_dict("records")
    ]
    parts = {
        "count": w.number("recognised", len(held), t("deck.results.recognised_definition", day=w.day), decisions),
        "districts": w.number("told_districts", len(told), t("deck.results.districts_definition")),
    }
    head = w.head("district", "standard_now", "decision", "decided_on")
    said = [w.say("recognised", "deck.results.recognised_say", day=w.day, **parts)]
    return w.pages("recognised", w.title("deck.results.recognised_title", **parts), head, listed, said)
