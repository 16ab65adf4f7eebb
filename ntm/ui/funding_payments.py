"""Section 'payments' of the funding page: what of the allocated money was disbursed, by source, month and district."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd
import streamlit as st

from ntm.charts.payments import rate_by_source
from ntm.charts.payments_words import part_name, why_text
from ntm.i18n import Translator, translator
from ntm.metrics import payments
from ntm.metrics.funding import SOURCE_GROUPS
from ntm.ui import frame, funding_payments_curve, funding_payments_ranking
from ntm.ui.cache import as_day, made, read
from ntm.ui.choices import choose_one, switch_one
from ntm.ui.filters import Place
from ntm.ui.funding_view import named
from ntm.ui.sources import source_button

_ALL = "all"
_NATURES = ("investment", "recurrent")


@dataclass(frozen=True)
class Narrowed:
    """The source group and nature that the section is narrowed to; None is all of them."""

    source: str | None
    nature: str | None

    def of(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Return the rows (with source_code and nature) that are of the chosen source and nature."""
        if self.source:
            rows = rows[rows["source_code"].str.partition("_")[0] == self.source]
        return rows[rows["nature"] == self.nature] if self.nature else rows


def show(t: Translator, place: Place, money: pd.DataFrame, year: int, month: date) -> None:
    """Show the section. `money` is rows of query `funding` for the place, all years."""
    narrowed = _choose(t, money)
    lines, by_source, curve = made(_drawn, t.language, place.unit, month, narrowed.source, narrowed.nature)
    with st.container(border=True):
        st.markdown("\n".join(f"- {line}" for line in lines))
    if by_source is not None:
        _show_sources(t, place, by_source, year, narrowed)
    funding_payments_curve.show(
        t,
        curve,
        year,
        cells=lambda: narrowed.of(read("payments_cells", unit=place.unit, year=year, earlier=year - 1, until=month)),
    )
    funding_payments_ranking.show(t, place, year, month, narrowed.source, narrowed.nature, narrowed.of)


def _drawn(
    language: str, unit: str, month: date, source: str | None, nature: str | None
) -> tuple[list[str], frame.Chart | None, funding_payments_curve.Drawn]:
    """Return the sentences, the chart of the rates by source, and the curve."""
    t, year, narrowed = translator(language), month.year, Narrowed(source, nature)
    rows = narrowed.of(read("funding", unit=unit, month=month))
    of_year = rows[rows["year"] == year]
    table = payments.disbursement_by_source(of_year, year, month)
    by_source = _sources(t, table) if table is not None and table["rate_pct"].notna().any() else None
    curve = funding_payments_curve.drawn(t, *funding_payments_curve.curves_until(rows, year, month))
    return _sentences(t, of_year, year, month, narrowed), by_source, curve


def _choose(t: Translator, money: pd.DataFrame) -> Narrowed:
    """Show the choices of source and nature that the money has; credit has no rate and is none of them."""
    paid = money[money["stage"].isin(("allocated", "disbursed")) & ~money["is_credit"].astype(bool)]
    groups, natures = set(paid["source_group"]), set(paid["nature"].dropna())
    sources = {group: t(f"source.{group}") for group in SOURCE_GROUPS if group in groups}
    kinds = {nature: t(f"nature.{nature}") for nature in _NATURES if nature in natures}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        source = choose_one(t("column.source"), {_ALL: t("payments.every_source"), **sources}, key="payments_source")
        nature = switch_one(t("column.nature"), {_ALL: t("payments.every_nature"), **kinds}, key="payments_nature")
    return Narrowed(None if source == _ALL else source, None if nature == _ALL else nature)


def _sentences(t: Translator, rows: pd.DataFrame, year: int, month: date, narrowed: Narrowed) -> list[str]:
    """Say the rate with its parts and base (of all money the page says it above), or why there is none; the rule."""
    found, missing = payments.disbursement(rows, year, month), payments.why_no_rate(rows, year, month)
    lines = []
    if missing is not None:
        lines.append(why_text(t, missing, year))
    elif found is not None and (narrowed.source or narrowed.nature or found.is_over):
        said = t(
            "payments.say_rate",
            year=year,
            day=t.format.day(found.cutoff),
            disbursed=t.format.plain(found.disbursed, 6),
            allocated=t.format.plain(found.allocated, 6),
            rate=t.format.share(found.rate.pct),
        )
        lines.append(f"{said} **{t('payments.over_flag')}**" if found.is_over else said)
    by_source = payments.disbursement_by_source(rows, year, month)
    if by_source is not None and by_source["is_over"].any():
        over = by_source.loc[by_source["is_over"], "source_group"]
        lines.append(t("places.over", names=", ".join(t(f"source.{group}") for group in over)))
    left = payments.left_out(rows, year, found.cutoff) if found is not None else ()
    if found is not None and left:
        names = ", ".join(part_name(t, source, nature) for source, nature in left)
        lines.append(t("payments.left_out", names=names, day=t.format.day(found.cutoff)))
    return [*lines, t("payments.rule")]


def _sources(t: Translator, table: pd.DataFrame) -> frame.Chart:
    cutoff = as_day(table["period_end"].iloc[0])
    return frame.Chart(
        title=_sources_title(t, table, cutoff),
        figure=rate_by_source(table.dropna(subset=["rate_pct"]), t),
        table=named(t, table),
        labels=rate_labels(t),
        unit=t("payments.unit_rate"),
        as_of=cutoff,
        source=t("funding.source"),
        key="payments_by_source",
    )


def _show_sources(t: Translator, place: Place, chart: frame.Chart, year: int, narrowed: Narrowed) -> None:
    cutoff = chart.as_of
    frame.show_chart(t, chart)
    source_button(
        t,
        label=t("payments.open_cells"),
        title=t("payments.cells_sources", year=year, day=t.format.day(cutoff)),
        rows=lambda: named(
            t,
            narrowed.of(
                read("funding_cells", unit=place.unit, year=year, stages=["allocated", "disbursed"], cutoff=cutoff)
            ),
        ),
        labels=funding_payments_curve.cell_labels(t),
        key="sources_payments_by_source",
    )


def _sources_title(t: Translator, table: pd.DataFrame, cutoff: date) -> str:
    """Return the title that names the sources with the highest and the lowest rate, equal ones together."""
    rates = table.dropna(subset=["rate_pct"])
    high, low = (rates[rates["rate_pct"] == end] for end in (rates["rate_pct"].max(), rates["rate_pct"].min()))
    names = [", ".join(t(f"source.{group}") for group in rows["source_group"]) for rows in (high, low)]
    pcts = [t.format.share(rows["rate_pct"].iloc[0]) for rows in (high, low)]
    day = t.format.day(cutoff)
    if pcts[0] == pcts[1] or len(high) == len(rates):
        return t("payments.sources_one", day=day, names=names[0], rate=pcts[0])
    return t("payments.sources_title", day=day, high=names[0], high_rate=pcts[0], low=names[1], low_rate=pcts[1])


def rate_labels(t: Translator) -> Mapping[str, str]:
    """Columns of the table twin of disbursement by source."""
    return {
        "source_name": t("column.source"),
        "allocated": t("column.allocated"),
        "disbursed": t("column.disbursed"),
        "rate_pct": t("column.rate"),
        "period_end": t("payments.column_cutoff"),
        "is_over": t("payments.column_over"),
    }
