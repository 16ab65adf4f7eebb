"""Criteria: who meets how many, which ones fewest meet, which hold back communes nearly there, what was lost."""

from __future__ import annotations

import pandas as pd

from ntm.charts.theme import STANDARD_COLORS
from ntm.i18n import Translator
from ntm.metrics.binding import communes_away, released_by_one
from ntm.metrics.outcomes import OutcomeTable, met_share, outcome_table
from ntm.metrics.regressions import cells_of, in_year, losses, still_lost
from ntm.metrics.standing import STANDARDS, standing_at
from ntm.model import is_missing
from ntm.reports.deck import criteria_of_commune
from ntm.reports.deck.model import Chart, Figure, Series, Slide
from ntm.reports.deck.request import Material
from ntm.reports.deck.writing import MOST_ROWS, TableRow, Writer, criterion_label, names_of

SECTION = "criteria"
MOST_BARS = 10
_EQUAL = 1e-9  # shares of equal parts differ by the arithmetic alone


def slides(material: Material) -> tuple[Slide, ...]:
    """Return the share of communes that meet each criterion, the binding ones, and those lost in the year."""
    w = Writer(material, SECTION, material.t("overview.source_criteria"))
    if material.unit.level == "commune":
        return criteria_of_commune.slides(w)
    rows = w.read("commune_outcomes", **w.scope)
    if not len(rows) or (rows["outcome"] == "unknown").all():
        title = w.t("deck.criteria.title")
        return (w.slide("met", title, missing=w.t("deck.criteria.missing", day=w.day)),)
    table = outcome_table(rows)
    return (_met(w, table, rows), *_binding(w, table, rows), *lost(w))


def _met(w: Writer, table: OutcomeTable, rows: pd.DataFrame) -> Slide:
    t, cells = w.t, rows.dropna(subset=["cell"])
    standing = standing_at(w.read("standing_by_month", unit=w.material.unit.code), w.month)
    counted = w.read("criteria_counts", below=None, **w.scope)
    mean = w.number(
        "mean", standing.criteria_met_mean if standing else None, t("deck.criteria.mean_definition"), counted, 1
    )
    communes = w.number("communes", len(table), t("share.of_communes"))
    known = w.number(
        "known", standing.known_communes if standing else None, t("deck.criteria.known_definition"), counted
    )
    full_cells = counted[counted["unit_code"].isin(table.full["unit_code"])]
    full, waiting = w.number("full", len(table.full), t("deck.criteria.full_definition"), full_cells), table.waiting
    said = [
        w.say("mean", "deck.criteria.mean", mean=mean, known=known, communes=communes),
        w.say("full", "deck.criteria.full", full=full, communes=communes),
    ]
    if len(waiting):
        count = w.number("waiting", len(waiting), t("deck.criteria.waiting_definition"))
        said.append(w.say("waiting", "deck.criteria.waiting", count=count, names=names_of(t, waiting["name"])))
    worst = lowest(table)
    bars: list[Figure | None] = []
    for row in worst.head(MOST_BARS).to_dict("records"):
        own = cells[cells["criterion_no"] == row["criterion_no"]]
        bars.append(w.pct(f"pct.{row['criterion_no']}", met_share(row["met"], row["not_met"]), own))
    if worst["not_met"].any():
        said.append(w.say("worst", "deck.criteria.worst", pct=bars[0] or "", labels=labels_of(t, tied(worst))))
    else:
        said.append(w.say("worst", "deck.criteria.none_missed"))
    chart = Chart(
        key=f"{SECTION}.lowest",
        kind="bar",
        title=t("deck.criteria.chart", day=w.day),
        unit=t("deck.criteria.unit_share"),
        categories=tuple(criterion_label(t, row) for row in worst.head(MOST_BARS).to_dict("records")),
        series=(Series(t("deck.criteria.met_share"), tuple(bars), STANDARD_COLORS["ntm"]),),
        decimals=1,
    )
    title = w.title("deck.criteria.met_title", mean=mean, full=full, communes=communes)
    return w.slide("met", title, said, chart=chart)


def lowest(table: OutcomeTable) -> pd.DataFrame:
    """Return the criteria of known outcome with `pct`, the share of communes that meet them, the lowest first."""
    known = table.criteria[table.criteria["met"] + table.criteria["not_met"] > 0]
    shares = [met_share(met, not_met).pct for met, not_met in zip(known["met"], known["not_met"], strict=True)]
    return known.assign(pct=pd.Series(shares, known.index)).sort_values("pct", kind="stable", ignore_index=True)


def tied(worst: pd.DataFrame) -> pd.DataFrame:
    """Return the first of `lowest` and those equal to it."""
    return worst[worst["pct"] <= worst["pct"].iloc[0] + _EQUAL]


def labels_of(t: Translator, rows: pd.DataFrame) -> str:
    """Return the labels of criteria in a row."""
    return "; ".join(criterion_label(t, row) for row in rows.to_dict("records"))


def _binding(w: Writer, table: OutcomeTable, rows: pd.DataFrame) -> tuple[Slide, ...]:
    """Return what holds back the communes without a standard that are up to three criteria away."""
    t = w.t
    away = communes_away(table.of(~table.units["standard"].isin(STANDARDS)))
    if not len(away):
        return ()
    sure = away[away["is_sure"]]
    unmet = rows[rows["outcome"] == "not_met"]

    def near(count: int) -> Figure:
        units = sure.loc[sure["not_met"] == count, "unit_code"]
        definition = t("deck.criteria.near_definition")
        return w.number(f"near_{count}", len(units), definition, unmet[unmet["unit_code"].isin(units)])

    parts = {"one": near(1), "two": near(2), "three": near(3)}
    group = "open" if (away["standard"] == "unknown").any() else "none"
    said = [w.say("near", f"deck.criteria.near_{group}", **parts)]
    if len(sure) < len(away):
        count = w.number("unsure", len(away) - len(sure), t("deck.criteria.unsure_definition"))
        said.append(w.say("unsure", "criteria.say_unsure", count=count))
    blocking = released_by_one(away, table.criteria).head(MOST_ROWS)
    listed: list[TableRow] = []
    for row in blocking.to_dict("records"):
        number = row["criterion_no"]
        units = away.loc[[number in numbers for numbers in away["unmet"]], "unit_code"]
        cells = unmet[(unmet["criterion_no"] == number) & unmet["unit_code"].isin(units)]
        counts = [
            w.number(f"{name}.{number}", row[name], t(f"criteria.{name}"), cells)
            for name in ("alone", "with_one", "with_two")
        ]
        listed.append((criterion_label(t, row), *counts, "" if is_missing(row["names"]) else str(row["names"])))
    head = ("criterion", "alone", "with_one", "with_two", "released")
    return w.pages(
        "binding",
        w.title(f"deck.criteria.binding_{group}", one=parts["one"]),
        w.head(*head),
        listed,
        said,
        notes=(t("deck.criteria.binding_note"),),
    )


def lost(w: Writer) -> tuple[Slide, ...]:
    """Return the criteria that were met and lost in the year of the month, those not met again by name."""
    t, year = w.t, w.month.year
    changes = w.read("criteria_changes", **w.scope)
    if w.material.unit.level == "commune":
        changes = changes[changes["unit_code"] == w.material.unit.code]
    found = in_year(losses(changes), year)
    if not len(found):
        return ()
    still = still_lost(found)
    definition = t("deck.criteria.lost_definition", year=str(year))
    parts = {
        "count": w.number("lost", len(found), definition, cells_of(found, changes)),
        "communes": w.number("lost_communes", found["unit_code"].nunique(), definition),
        "open": w.number("still_lost", len(still), t("deck.criteria.still_definition"), cells_of(still, changes)),
    }
    listed: list[TableRow] = [
        (
            str(row["name"]),
            str(row["district_name"] or ""),
            criterion_label(t, row),
            t.format.day(row["met_on"]),
            t.format.day(row["lost_on"]),
        )
        for row in still.to_dict("records")
    ]
    head = w.head("commune", "district", "criterion", "met_on", "lost_on")
    title = w.title("deck.criteria.lost_title", year=str(year), count=parts["count"], open=parts["open"])
    return w.pages("lost", title, head, listed, [w.say("lost", "deck.criteria.lost", year=str(year), **parts)])
