"""The overview's sentences and figures: each figure with the cells that it came from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

import pandas as pd
import streamlit as st

from ntm.formatting import UNKNOWN
from ntm.i18n import Translator
from ntm.metrics.changes import Changes
from ntm.metrics.payments import Disbursement
from ntm.metrics.share import Share
from ntm.metrics.standing import STANDARDS, Standing
from ntm.ui.cache import read
from ntm.ui.filters import Place
from ntm.ui.frame import column_label
from ntm.ui.funding_view import named
from ntm.ui.sources import Rows, source_button
from ntm.ui.wording import share_text, target_sentence

_NAMES_SHOWN = 6
_HOLDER_COLUMNS = ("standard", "result_year", "decision_no", "decision_date")


def sentences(
    t: Translator,
    place: Place,
    standing: Standing | None,
    targets: pd.DataFrame,
    money: Disbursement | None,
    changed: Changes | None,
) -> None:
    """Say in plain sentences where the place stands, what of 2025 is missing, and what is new."""
    if standing is None:
        st.warning(t("overview.no_month"))
        return
    possible = (
        _standing_sentence(t, standing),
        _higher_sentence(t, standing),
        _criteria_sentence(t, standing),
        _target_line(t, targets, place.month),
        _money_sentence(t, money),
    )
    lines = [sentence for sentence in possible if sentence]
    with st.container(border=True):
        st.markdown("\n".join(f"- {line}" for line in lines))
        st.markdown(_changes(t, place, changed))
        if standing.not_reporting_communes:
            st.warning(t("overview.not_reporting", count=t.format.number(standing.not_reporting_communes)))


def _standing_sentence(t: Translator, standing: Standing) -> str:
    share = standing.of_communes["ntm"]
    if share.numerator is None:
        return t("overview.no_recognitions")
    return t("overview.ntm", share=share_text(t, share), day=t.format.day(standing.period_end))


def _higher_sentence(t: Translator, standing: Standing) -> str | None:
    """Say how many hold more than NTM; nothing where it is not known who holds any standard."""
    if standing.of_communes["ntm"].numerator is None:
        return None

    def both(standard: str) -> dict[str, str]:
        of_communes, of_ntm = standing.of_communes[standard], standing.of_ntm[standard]
        return {
            f"{standard}_count": t.format.number(of_communes.numerator),
            f"{standard}_of_communes": t.format.share(of_communes.pct),
            f"{standard}_of_ntm": t.format.share(of_ntm.pct),
        }

    return t("overview.higher", **both("nang_cao"), **both("kieu_mau"))


def _criteria_sentence(t: Translator, standing: Standing) -> str:
    if standing.criteria_met_mean is None:
        return t("overview.no_criteria")
    return t(
        "overview.criteria",
        mean=t.format.number(standing.criteria_met_mean, 1),
        known=t.format.number(standing.known_communes),
        communes=t.format.number(standing.communes),
        below=t.format.number(standing.communes_below_15),
    )


def _target_line(t: Translator, targets: pd.DataFrame, month: date) -> str | None:
    """Say the firm target of NTM communes that is due next, or the last one when all are due."""
    firm = targets[(targets["kind"] == "firm") & (targets["metric"] == "ntm_communes")]
    ahead = firm[firm["due_date"] >= pd.Timestamp(month)]
    if not len(firm):
        return None
    return target_sentence(t, ahead.iloc[0] if len(ahead) else firm.iloc[-1])


def _money_sentence(t: Translator, money: Disbursement | None) -> str:
    if money is None:
        return t("overview.no_money")
    return t(
        "overview.money",
        year=money.year,
        allocated=t.format.money(money.allocated),
        disbursed=t.format.money(money.disbursed),
        rate=t.format.share(money.rate.pct),
        day=t.format.day(money.cutoff),
    )


def _changes(t: Translator, place: Place, changed: Changes | None) -> str:
    if changed is None:
        return t("overview.first_month")
    new = f"**{t('overview.new', month=t.format.month(place.earlier_month))}** "
    parts = [
        t(f"overview.{kind}", standard=t(f"standard.{standard}"), names=_names(t, names))
        for kind, by_standard in (("reached", changed.reached), ("lost", changed.lost))
        for standard, names in by_standard.items()
        if names
    ]
    if changed.is_other_set:
        parts.append(t("overview.other_set"))
    parts += [
        t(f"overview.{kind}", count=t.format.number(len(names)), names=_names(t, names))
        for kind, names in (("better", changed.better), ("worse", changed.worse))
        if names
    ]
    return new + (" ".join(parts) or t("overview.nothing_new"))


def _names(t: Translator, names: Sequence[str]) -> str:
    shown = ", ".join(names[:_NAMES_SHOWN])
    more = len(names) - _NAMES_SHOWN
    return shown + (" " + t("and_more", count=more) if more > 0 else "")


def figures(t: Translator, place: Place, standing: Standing | None, money: Disbursement | None) -> None:
    """Show the figures as cards; the button of each opens its communes or amounts with their cells."""
    if standing is None:
        return
    cards = st.container(horizontal=True)
    for standard in STANDARDS:
        with cards.container(border=True, width="stretch"):
            _metric(t, t(f"overview.card_{standard}"), standing.of_communes[standard])
            _communes_button(
                t,
                count=standing.of_communes[standard].numerator,
                title=t(f"overview.card_{standard}"),
                rows=partial(read, "holders", standard=standard, **place.scope),
                labels=_holder_labels(t),
                key=f"sources_{standard}",
            )
    with cards.container(border=True, width="stretch"):
        st.metric(t("overview.card_mean"), t.format.number(standing.criteria_met_mean, 1))
        st.caption(
            t(
                "overview.known",
                known=t.format.number(standing.known_communes),
                communes=t.format.number(standing.communes),
            )
        )
        _criteria_button(t, place, standing.communes, None, "sources_mean")
    with cards.container(border=True, width="stretch"):
        st.metric(t("overview.card_below_15"), t.format.number(standing.communes_below_15))
        st.caption(t("overview.of_known", known=t.format.number(standing.known_communes)))
        _criteria_button(t, place, standing.communes_below_15, 15, "sources_below_15")
    with cards.container(border=True, width="stretch"):
        _money_card(t, place, money)


def _metric(t: Translator, label: str, share: Share) -> None:
    if share.numerator is None:
        st.metric(label, UNKNOWN)
        st.caption(t("overview.card_unknown"))
        return
    st.metric(label, f"{t.format.number(share.numerator)}/{t.format.number(share.denominator)}")
    st.caption(t("overview.card_share", pct=t.format.share(share.pct)))


def _criteria_button(t: Translator, place: Place, count: int | None, below: int | None, key: str) -> None:
    rows = partial(read, "criteria_counts", below=below, **place.scope)
    labels = {
        "name": t("column.commune"),
        "district_name": t("column.district"),
        "criteria_met": column_label(t, "mart_commune_month", "criteria_met"),
        "last_report": column_label(t, "mart_commune_month", "last_report"),
    }
    title = t("overview.card_below_15") if below else t("overview.card_mean")
    _communes_button(t, count=count, title=title, rows=rows, labels=labels, key=key)


def _communes_button(
    t: Translator, *, count: float | None, title: str, rows: Rows, labels: dict[str, str], key: str
) -> None:
    """Show the button to the communes behind a figure; none where the figure is unknown or zero."""
    if count:
        label = t("overview.open_communes", count=t.format.number(count))
        source_button(t, label=label, title=title, rows=rows, labels=labels, key=key)


def _money_card(t: Translator, place: Place, money: Disbursement | None) -> None:
    label = t("overview.card_money", year=place.month.year)
    if money is None:
        st.metric(label, UNKNOWN)
        st.caption(t("overview.no_money_short"))
        return
    st.metric(label, t.format.share(money.rate.pct))
    st.caption(t("overview.of_allocated", amount=t.format.money(money.allocated)))

    def rows() -> pd.DataFrame:
        stages = ["allocated", "disbursed"]
        cells = read("funding_cells", unit=place.unit, year=money.year, stages=stages, cutoff=money.cutoff)
        return named(t, cells)

    labels = {
        "source_name": t("column.source"),
        "nature_name": t("column.nature"),
        "stage_name": t("column.stage"),
        "amount_vnd_million": column_label(t, "funding", "amount_vnd_million"),
    }
    source_button(
        t,
        label=t("overview.open_amounts"),
        title=label,
        rows=rows,
        labels=labels,
        key="sources_money",
    )


def _holder_labels(t: Translator) -> dict[str, str]:
    labels = {"name": t("column.commune"), "district_name": t("column.district")}
    return labels | {column: column_label(t, "recognition", column) for column in _HOLDER_COLUMNS[1:]}


def month_labels(t: Translator) -> dict[str, str]:
    """Columns of the table twin of the standing over time."""
    return _mart_labels(t, ("period_end", "communes", *(f"{standard}_communes" for standard in STANDARDS)))


def district_labels(t: Translator) -> dict[str, str]:
    """Columns of the table twin of the standing by district."""
    columns = ("name", "communes", *(f"{standard}_communes" for standard in STANDARDS))
    return _mart_labels(t, (*columns, "criteria_met_mean", "communes_below_15", "unknown_communes"))


def mean_labels(t: Translator) -> dict[str, str]:
    """Columns of the table twin of the mean over time, as `with_set_names` gives it."""
    named = {"period_end": column_label(t, "mart_district_month", "period_end"), "set_name": t("column.criteria_set")}
    return named | _mart_labels(t, ("criteria_met_mean", "known_communes", "unknown_communes"))


def with_set_names(t: Translator, months: pd.DataFrame) -> pd.DataFrame:
    """Return the months with the name of the criteria set that each counts with."""
    sets = read("criteria_sets").set_index("set_code")
    names = sets["name_vi"] if t.language == "vi" else sets["name_en"].fillna(sets["name_vi"])
    return months.assign(set_name=months["set_code"].map(names))


def _mart_labels(t: Translator, columns: Sequence[str]) -> dict[str, str]:
    return {column: column_label(t, "mart_district_month", column) for column in columns}
