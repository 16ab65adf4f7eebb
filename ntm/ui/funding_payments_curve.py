"""The year's curve of disbursement on the funding page: months, last year's, and the projection with its method."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd
import streamlit as st

from ntm.charts.payments import disbursement_curve
from ntm.i18n import Translator
from ntm.metrics.payments_curve import Curve, curves
from ntm.metrics.payments_projection import Projection, TooFew, project, project_rate, rules
from ntm.ui import frame
from ntm.ui.frame import column_label
from ntm.ui.funding_view import named
from ntm.ui.sources import source_button

_SAME = 0.05
"""Percentage points below which two rates are printed as equal."""


def curves_until(money: pd.DataFrame, year: int, month: date) -> tuple[Curve, tuple[Curve, ...]]:
    """Return the curve of the year and those of earlier years that a projection may use, the newest first."""
    years = range(year, year - 1 - int(rules()["max_years"]["value"]), -1)
    this, *earlier = curves(money, years, month).values()
    return this, tuple(earlier)


@dataclass(frozen=True)
class Drawn:
    """The chart (None where no month is told), how it is read, what is projected, by which method and tests."""

    chart: frame.Chart | None = None
    reading: str = ""
    lines: tuple[str, ...] = ()
    is_projected: bool = False
    tests: tuple[str, pd.DataFrame] | None = None


def drawn(t: Translator, this: Curve, earlier: Sequence[Curve]) -> Drawn:
    """Return what `show` shows of a year's curve; pure."""
    if this.last is None:
        return Drawn()
    last = earlier[0] if earlier and earlier[0].last else None
    amount, rate = project(this, earlier), project_rate(this, earlier)
    projection = amount if isinstance(amount, Projection) else None
    chart = frame.Chart(
        title=curve_title(t, this, last),
        figure=disbursement_curve(this, last, projection, t),
        table=twin(this, last, projection),
        labels=_labels(t, this, last, projection),
        unit=t("unit.billion"),
        as_of=this.last[0],
        source=t("funding.source"),
        key="payments_curve",
    )
    return Drawn(
        chart,
        _reading(t, this),
        (_amount_text(t, this, amount), *([_rate_text(t, this, rate)] if rate is not None else [])),
        isinstance(amount, Projection) or isinstance(rate, Projection),
        None if projection is None else (t("payments.tests", day=t.format.day(projection.since)), projection.tests),
    )


def show(t: Translator, curve: Drawn, year: int, cells: Callable[[], pd.DataFrame]) -> None:
    """Show the chart with what is projected below it; a sentence where no month of the year is told."""
    if curve.chart is None:
        st.info(t("payments.no_months", year=year))
        return
    frame.show_chart(t, curve.chart)
    st.caption(curve.reading)
    with st.container(border=True):
        st.markdown("\n".join(f"- {line}" for line in curve.lines))
        if curve.is_projected:
            with st.popover(t("payments.method")):
                st.markdown(t("payments.method_text", coverage=rules()["coverage_pct"]["value"]))
                if curve.tests is not None:
                    said, tests = curve.tests
                    st.markdown(said)
                    frame.data_table(t, tests, _test_labels(t), key="payments_tests")
    source_button(
        t,
        label=t("payments.open_cells"),
        title=t("payments.cells_curve", year=year, earlier=year - 1),
        rows=lambda: named(t, cells()),
        labels={"period_start": column_label(t, "funding", "period_start"), **cell_labels(t)},
        key="sources_payments_curve",
    )


def curve_title(t: Translator, this: Curve, last: Curve | None) -> str:
    """Return the title: how much was disbursed by the last day, against the same day of the year before."""
    if this.last is None:
        return t("payments.no_months", year=this.year)
    day, amount = this.last
    base = this.base
    if base is None or base.rate.pct is None:
        return t("payments.title_no_base", day=t.format.day(day), amount=t.format.money(amount))
    rate = t.format.share(base.rate.pct)
    if day > base.cutoff:
        said, cutoff = t.format.money(amount), t.format.day(base.cutoff)
        return t("payments.title_later", day=t.format.day(day), amount=said, rate=rate, cutoff=cutoff)
    before = last.rate_on(base.cutoff) if last else None
    if before is None or before.rate.pct is None:
        return t("payments.title_alone", day=t.format.day(base.cutoff), rate=rate)
    points = base.rate.pct - before.rate.pct
    if abs(points) < _SAME:
        return t("payments.title_same", day=t.format.day(base.cutoff), rate=rate)
    key = "payments.title_faster" if points > 0 else "payments.title_slower"
    return t(key, day=t.format.day(base.cutoff), rate=rate, points=t.format.number(abs(points), 1))


def twin(this: Curve, last: Curve | None, projection: Projection | None) -> pd.DataFrame:
    """Return the curve as a table: a row for each day told or asked for, missing where not told."""
    rates = pd.DataFrame(
        [(pd.Timestamp(rate.cutoff), float(rate.allocated), rate.rate.pct) for rate in this.rates],
        columns=["period_end", "allocated", "rate_pct"],
    ).astype({"period_end": "datetime64[us]", "allocated": float, "rate_pct": float})
    table = this.months.astype({"period_end": "datetime64[us]"}).merge(rates, on="period_end", how="left")
    if projection is not None:
        steps = projection.steps[["period_end"]].astype({"period_end": "datetime64[us]"})
        steps = steps.join(projection.steps[["value", "low", "high"]].round(0))
        table = table.merge(steps, on="period_end", how="outer")
    if last is not None:
        before = last.months.assign(
            period_end=last.months["period_end"] + pd.DateOffset(years=1), last_year=last.months["disbursed"]
        )
        # The end of February moves with leap years.
        before["period_end"] = before["period_end"].where(
            ~last.months["period_end"].dt.is_month_end, before["period_end"] + pd.offsets.MonthEnd(0)
        )
        before = before[["period_end", "last_year"]].astype({"period_end": "datetime64[us]"})
        table = table.merge(before, on="period_end", how="left")
    return table.sort_values("period_end", ignore_index=True)


def cell_labels(t: Translator) -> dict[str, str]:
    """Columns of the cells behind the amounts."""
    return {
        "period_end": column_label(t, "funding", "period_end"),
        "stage_name": t("column.stage"),
        "source_name": t("column.source"),
        "nature_name": t("column.nature"),
        "amount_vnd_million": column_label(t, "funding", "amount_vnd_million"),
    }


def _reading(t: Translator, this: Curve) -> str:
    """Say what 100% is, and that gaps are months that were not reported."""
    parts = [t("payments.gaps")]
    if this.base is not None:
        day, amount = t.format.day(this.base.cutoff), t.format.money(this.base.allocated)
        parts.insert(0, t("payments.base", day=day, amount=amount))
    return " ".join(parts)


def _amount_text(t: Translator, this: Curve, found: Projection | TooFew | None) -> str:
    if found is None:
        is_over = this.last is not None and this.last[0].month == 12
        return t("payments.year_over" if is_over else "payments.no_projection", year=this.year)
    if isinstance(found, TooFew):
        return _too_few(t, found)
    final = found.final
    return t(
        "payments.projection",
        year=this.year,
        value=t.format.money(final.value),
        low=t.format.money(final.low),
        high=t.format.money(final.high),
        coverage=rules()["coverage_pct"]["value"],
        years=_years(found),
        error=t.format.number(found.worst_error_pct, 1),
        day=t.format.day(found.since),
    )


def _rate_text(t: Translator, this: Curve, found: Projection | TooFew) -> str:
    if isinstance(found, TooFew):
        return t("payments.rate_projection_none", reason=_too_few(t, found))
    final = found.final
    said = t(
        "payments.rate_projection",
        year=this.year,
        value=t.format.share(final.value),
        low=t.format.share(final.low),
        high=t.format.share(final.high),
        coverage=rules()["coverage_pct"]["value"],
        now=t.format.share(found.now),
        day=t.format.day(found.since),
        years=_years(found),
        error=t.format.number(found.worst_error_pct, 1),
    )
    return f"{said} {t('payments.over_projected')}" if final.high > 100 else said


def _too_few(t: Translator, found: TooFew) -> str:
    years = ", ".join(map(str, found.years)) or t("payments.none")
    return t("payments.too_few", needed=found.needed, day=t.format.day(found.since), years=years)


def _years(found: Projection) -> str:
    return ", ".join(str(year) for year in found.tests["year"])


def _labels(t: Translator, this: Curve, last: Curve | None, projection: Projection | None) -> Mapping[str, str]:
    labels = {
        "period_end": column_label(t, "funding", "period_end"),
        "disbursed": t("payments.column_year", year=this.year),
        "allocated": t("column.allocated"),
        "rate_pct": t("column.rate"),
    }
    if last is not None:
        labels["last_year"] = t("payments.column_year", year=last.year)
    if projection is not None:
        labels |= {name: t(f"payments.column_{name}") for name in ("value", "low", "high")}
    return labels


def _test_labels(t: Translator) -> Mapping[str, str]:
    return {
        "year": t("filter.year"),
        **{name: t(f"payments.column_{name}") for name in ("reached", "projected", "final", "error_pct")},
    }
