"""Communes that are behind the plans that name them."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from ntm.metrics.targets import named_units, with_years
from ntm.reports.deck.model import Figure, Sentence, Slide
from ntm.reports.deck.writing import TableRow, Writer, word


@dataclass(frozen=True)
class Late:
    """Communes planned firmly whose year is over, or that slipped: `rows` are not there, of `unknown` it is not known.

    One row for each commune and standard. `planned`: how many plans name for a year up to that of the month.
    """

    planned: int
    rows: pd.DataFrame
    unknown: int


def late_communes(w: Writer) -> Late:
    """Return who is behind the plans, as of the month."""
    units = with_years(named_units(w.read("target_units", province=w.material.unit.province, month=w.month)))
    if w.material.unit.level == "district":
        units = units[units["district_code"] == w.material.unit.code]
    if w.material.unit.level == "commune":
        units = units[units["unit_code"] == w.material.unit.code]
    units = units[(units["kind"] != "stretch") & (units["target_year"] <= w.month.year)]
    units = units.sort_values("target_year", kind="stable").drop_duplicates(["unit_code", "standard"], keep="last")
    is_due = pd.to_datetime(units["target_year"].astype(str) + "-12-31") <= pd.Timestamp(w.month)
    judged = units[is_due | units["is_slipped"]]
    is_open = ~judged["is_reached"].fillna(True).astype(bool)
    return Late(len(units), judged[is_open], int(judged["is_reached"].isna().sum()))


def say_late(w: Writer, late: Late) -> list[Sentence]:
    """Say how many are late, or that none is, and of how many it is unknown."""
    of_whom = "_commune" if w.material.unit.level == "commune" else ""
    if not late.planned:
        return [w.say("late", f"deck.weaknesses.none_planned{of_whom}")]
    said = [w.say("late", f"deck.weaknesses.late{of_whom}", count=_count(w, late))]
    if late.unknown:
        unknown = w.number("late_unknown", late.unknown, w.t("deck.weaknesses.late_definition"))
        said.append(w.say("late_unknown", "deck.weaknesses.late_unknown", count=unknown))
    return said


def _count(w: Writer, late: Late) -> Figure:
    return w.number("late", len(late.rows), w.t("deck.weaknesses.late_definition"), late.rows)


def late_slides(w: Writer, late: Late) -> tuple[Slide, ...]:
    """Return those that are late by name, with all years that they were planned for."""
    if not len(late.rows):
        return ()
    t, count = w.t, _count(w, late)
    listed: list[TableRow] = [
        (
            str(row["name"]),
            str(row["district_name"] or ""),
            word(t, "standard", row["standard"]),
            str(row["planned_years"]),
            word(t, "highest", row["standard_now"]),
        )
        for row in late.rows.to_dict("records")
    ]
    head = ("commune", "district", "standard_named", "planned_years", "standard_now")
    labels = w.head(*head)
    return w.pages(
        "late",
        w.title("deck.weaknesses.late_title", count=count),
        labels,
        listed,
        [w.say("late_list", "deck.weaknesses.late_list", count=count, day=w.day)],
        source=t("targets.source"),
    )
