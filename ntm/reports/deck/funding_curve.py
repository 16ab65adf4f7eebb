"""Money disbursed month by month, this year beside the last one, against what was allocated."""

from __future__ import annotations

import pandas as pd

from ntm.charts.theme import YEAR_COLORS
from ntm.metrics.payments_curve import Curve, curves, month_end
from ntm.reports.deck.amounts import amount, cells_at
from ntm.reports.deck.funding_rates import base_of
from ntm.reports.deck.model import Chart, Figure, Sentence, Series, Slide
from ntm.reports.deck.writing import Writer

_MONTHS = range(1, 13)
_LEAST = 2
"""Months that make a curve; of one alone nothing could be seen that the rates do not say."""


def slides(w: Writer, money: pd.DataFrame) -> tuple[Slide, ...]:
    """Return the curve of the last year of the period; without months told, a sentence that says so."""
    t, year = w.t, w.material.period.last_year
    this, last = curves(money, (year, year - 1), w.month).values()
    if this.last is None or this.months["disbursed"].notna().sum() < _LEAST:
        return (
            w.slide("curve", t("deck.funding.no_curve", year=year), missing=t("deck.funding.no_months", year=year)),
        )
    lines = [(this, "this"), *([(last, "last")] if last.last else [])]
    series = tuple(
        Series(t("payments.curve_year", year=curve.year), _figures(w, curve), YEAR_COLORS[which])
        for curve, which in lines
    )
    goal = base_of(w, money, this.base)[0] if this.base else None
    day, _ = this.last
    told = next(figure for figure in reversed(series[0].figures) if figure)
    sentences = [
        w.say("curve", "deck.funding.say_curve", year=str(year), day=t.format.day(day), amount=told),
        w.say("curve_goal", "deck.funding.say_goal", day=t.format.day(this.base.cutoff), amount=goal)
        if goal and this.base
        else None,
        _same_month(w, series, day.month, year - 1),
        w.say("curve_gaps", "payments.gaps"),
    ]
    title = w.title("deck.funding.title_curve", day=t.format.day(day), amount=told)
    months = tuple(t("deck.funding.month", number=number) for number in _MONTHS)
    name = t("deck.funding.curve", year=year)
    chart = Chart(
        f"{w.section}.curve",
        "line",
        name,
        t("funding.unit_million"),
        months,
        series,
        goal=goal,
        goal_name=t("stage.allocated"),
    )
    return (w.slide("curve", title, sentences, chart=chart),)


def _figures(w: Writer, curve: Curve) -> tuple[Figure | None, ...]:
    return tuple(_at(w, curve, number) for number in _MONTHS)


def _at(w: Writer, curve: Curve, number: int) -> Figure | None:
    value = curve.at(number)
    if value is None:
        return None
    day = month_end(curve.year, number)
    cells = cells_at(w.material, curve.year, ["disbursed"], day)
    definition = w.t("deck.funding.definition_paid", year=curve.year, day=w.t.format.day(day))
    return amount(w, f"paid_{curve.year}_{number:02}", value, definition, cells[cells["source_code"] != "credit"])


def _same_month(w: Writer, series: tuple[Series, ...], number: int, year: int) -> Sentence | None:
    """Return what had been disbursed by the same month of the year before."""
    told = series[1].figures[number - 1] if len(series) > 1 else None
    if told is None:
        return None
    return w.say("curve_before", "deck.funding.say_before", day=w.t.format.day(month_end(year, number)), amount=told)
