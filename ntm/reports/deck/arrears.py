"""What is owed for works (nợ đọng xây dựng cơ bản): how much, since when, by whom; and the counterpart funding."""

from __future__ import annotations

from datetime import date

import pandas as pd

from ntm.charts.places import band_label
from ntm.charts.theme import DEBT_COLORS
from ntm.metrics.arrears import (
    PERIODS,
    Debts,
    arrears_rules,
    by_age,
    by_period,
    debts,
    owing_candidates,
    works_owed,
)
from ntm.reports.deck import arrears_counterpart
from ntm.reports.deck.amounts import amount
from ntm.reports.deck.arrears_units import counted, of_units, of_works, owed_at, rule
from ntm.reports.deck.model import Chart, Sentence, Series, Slide
from ntm.reports.deck.request import Material
from ntm.reports.deck.writing import Writer

SECTION = "arrears"
_COLOR = DEBT_COLORS["3"]


def slides(material: Material) -> tuple[Slide, ...]:
    """Return what is owed with its course, its age, the units (of a commune the works), and counterpart funding."""
    w = Writer(material, SECTION, material.t("debts.source"))
    rows = _debts_at(w, w.month)
    found = debts(rows)
    counterpart = arrears_counterpart.slides(material)
    if found is None:
        missing = w.t("deck.arrears.missing", place=material.unit.name, day=w.day)
        return (w.slide("missing", w.t("deck.arrears.title_missing"), missing=missing), *counterpart)
    works = works_owed(rows)
    made = [_sum(w, rows, found)]
    if len(works):
        made.append(_age(w, works))
        made += of_works(w, works) if material.unit.level == "commune" else of_units(w, rows)
    return (*made, *counterpart)


def _debts_at(w: Writer, day: date) -> pd.DataFrame:
    """Return rows of query debts of the unit at a day; a commune's are its own."""
    unit = w.material.unit
    rows = w.material.read("debts", province=unit.province, district=unit.district, month=day)
    return rows[rows["unit_code"] == unit.code] if unit.level == "commune" else rows


def _sum(w: Writer, rows: pd.DataFrame, found: Debts) -> Slide:
    t, number = w.t, w.t.format.number
    total = owed_at(w, f"owed_{w.month:%Y%m}", found.amount, w.month, counted(rows))
    works = w.number("works", found.works, t("deck.arrears.definition_works"), counted(rows))
    owing = w.number("owing", found.owing, t("deck.arrears.definition_owing"), counted(rows))
    covered = w.number("covered", found.covered, t("deck.arrears.definition_covered"))
    uncovered = w.number("uncovered", found.uncovered, t("deck.arrears.definition_uncovered"))
    days = "; ".join(t.format.day(day) for day in found.lists)
    of_commune = w.material.unit.level == "commune"
    said = (
        w.say("total", "deck.arrears.say_commune", total=total, works=works, days=days)
        if of_commune
        else w.say("total", "deck.arrears.say", total=total, works=works, owing=owing, covered=covered, days=days)
    )
    sentences = [
        said,
        w.say("uncovered", "deck.arrears.uncovered", count=uncovered) if found.uncovered else None,
        _change(w, rows, found),
        _effect(w, rows),
    ]
    notes = tuple(
        t("deck.arrears.list", day=t.format.day(day), count=number(count))
        for day, count in ({} if of_commune else found.lists).items()
    )
    title = w.title("deck.arrears.title" if found.amount else "deck.arrears.title_nothing", day=w.day, total=total)
    return w.slide("sum", title, sentences, chart=_course(w), notes=notes)


def _course(w: Writer) -> Chart | None:
    """Return what was owed at the end of each year, also of the one before the period; nothing where one is told."""
    ends = [date(year, 12, 31) for year in range(w.material.period.first_year - 1, w.material.period.last_year + 1)]
    days = [day for day in ends if day < w.month] + [w.month]
    figures = []
    for day in days:
        rows = _debts_at(w, day)
        found = debts(rows) if len(rows) else None
        figures.append(owed_at(w, f"owed_{day:%Y%m}", found.amount, day, counted(rows)) if found else None)
    if len(days) > 1 and figures[0] is None:
        days, figures = days[1:], figures[1:]
    if sum(figure is not None for figure in figures) <= 1:
        return None
    return Chart(
        f"{SECTION}.years",
        "column",
        w.t("deck.arrears.by_year"),
        w.t("funding.unit_million"),
        tuple(w.t.format.day(day) for day in days),
        (Series(w.t("deck.arrears.owed"), tuple(figures), _COLOR),),
    )


def _change(w: Writer, rows: pd.DataFrame, found: Debts) -> Sentence:
    if found.change is None or found.changed_since is None:
        return w.say("change", "debts.no_change")
    name = "less" if found.change < 0 else "more" if found.change > 0 else "same"
    cells = rows[rows["is_counted"]]
    change = amount(w, "change", abs(found.change), w.t("deck.arrears.definition_change"), cells)
    return w.say("change", f"deck.arrears.{name}", change=change, day=w.t.format.day(found.changed_since))


def _effect(w: Writer, rows: pd.DataFrame) -> Sentence | None:
    """Return how many communes that plans name for the year owe, with the rule; nothing before the rule was made."""
    if w.month < arrears_rules()["recognition"]["valid_from"]:
        return None
    t, year = w.t, w.month.year
    named = w.material.read("target_units", province=w.material.unit.province, month=w.month)
    asked = owing_candidates(named, rows, year)
    if not len(asked) and w.material.unit.level == "commune":
        return None
    if not len(asked):
        return w.say("effect", "debts.no_candidates", year=str(year))
    owing = asked[asked["amount"] > 0]
    unknown = asked[asked["amount"].isna()]
    state = ("some" if len(owing) else "none") + ("_unknown" if len(unknown) else "_known")
    cells = pd.concat([asked, counted(rows[rows["unit_code"].isin(owing["unit_code"])])])
    return w.say(
        "effect",
        f"deck.arrears.effect_{state}",
        year=str(year),
        owing=w.number("candidates_owing", owing["unit_code"].nunique(), t("deck.arrears.definition_effect"), cells),
        asked=w.number("candidates", asked["unit_code"].nunique(), t("deck.arrears.definition_asked"), asked),
        unknown=w.number(
            "candidates_unknown", unknown["unit_code"].nunique(), t("deck.arrears.definition_asked"), asked
        )
        if len(unknown)
        else "",
        rule=rule(w),
    )


def _age(w: Writer, works: pd.DataFrame) -> Slide:
    """Return what is owed by age, and how much of it for works begun before the programme's period."""
    t = w.t
    table = by_age(works)
    figures = tuple(
        amount(
            w,
            f"age_{row.band}",
            row.amount_vnd_million,
            t("deck.arrears.definition_age"),
            _of(works, "band", str(row.band)),
        )
        for row in table.itertuples()
    )
    chart = Chart(
        f"{SECTION}.age",
        "bar",
        t("debts.by_age"),
        t("funding.unit_million"),
        tuple(band_label(t, band) for band in table["band"]),
        (Series(t("deck.arrears.owed"), figures, _COLOR),),
    )
    period = arrears_rules()["period"]
    periods = by_period(works).set_index("begun")
    sentences = []
    for begun in PERIODS:
        cells = _of(works, "begun", begun)
        if not len(cells):
            continue
        definition = t("deck.arrears.definition_begun", period=t(f"begun.{begun}"))
        sentences.append(
            w.say(
                f"begun_{begun}",
                f"deck.arrears.begun_{begun}",
                year=str(period["first_year"]),
                amount=amount(w, f"begun_{begun}", periods.loc[begun, "amount_vnd_million"], definition, cells),
                works=w.number(f"begun_{begun}_works", len(cells), definition, cells),
            )
        )
    bounds = [
        w.number(f"bound_{bound}", bound, t("deck.arrears.definition_bound"))
        for bound in arrears_rules()["age"]["bounds"]
    ]
    text = t("deck.arrears.bounds", bounds=", ".join(bound.text for bound in bounds))
    sentences.append(Sentence(f"{SECTION}.say_bounds", text, tuple(bounds)))
    note = t("deck.arrears.period_rule", year=period["first_year"], document=period["document"])
    return w.slide("age", t("deck.arrears.title_age"), sentences, chart=chart, notes=(note,))


def _of(works: pd.DataFrame, column: str, key: str) -> pd.DataFrame:
    return works[works[column] == key]
