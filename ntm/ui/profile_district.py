"""The district page's parts: the answer in one sentence, then sentences, communes, criteria, decisions, money."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import pandas as pd
import streamlit as st

from ntm.i18n import Translator
from ntm.metrics.standing import STANDARDS
from ntm.model import is_missing
from ntm.ui import profile_district_charts as charts
from ntm.ui import profile_tables
from ntm.ui.commune_card import criterion_name, decision
from ntm.ui.district_facts import DistrictFacts
from ntm.ui.filters import Place
from ntm.ui.profile_links import district_link
from ntm.ui.wording import share_text

_BINDING_SAID = 3
_STAGES = ("allocated", "disbursed", "mobilised")


def choose(t: Translator, place: Place, names: Mapping[str, str]) -> None:
    """Show how to get to a district: the links of all of them, or why there is none."""
    if not names:
        st.info(t("district.none"))
        return
    st.info(t("district.pick"))
    with st.container(horizontal=True):
        for name in names:
            district_link(t, place, name, label=name)


def answer(t: Translator, facts: DistrictFacts) -> str:
    """Return in one sentence how many communes of the district are NTM."""
    if facts.standing is None:
        return t("district.no_communes", name=facts.name)
    share = facts.standing.of_communes["ntm"]
    if share.numerator is None:
        return t("district.answer_unknown", name=facts.name)
    return t("district.answer", name=facts.name, share=share_text(t, share))


def show(t: Translator, shown: Sequence[DistrictFacts]) -> None:
    """Show one district, or two side by side on the same scales."""

    def beside(part: Callable[[Translator, DistrictFacts, str], None]) -> None:
        for number, (column, facts) in enumerate(zip(st.columns(len(shown)), shown, strict=True)):
            with column:
                part(t, facts, "_other" if number else "")

    beside(partial(_summary, is_named=len(shown) > 1))
    beside(charts.communes)
    beside(charts.matrix)
    beside(partial(charts.binding, most=max(len(facts.communes) for facts in shown)))
    beside(partial(charts.mean_over_time, ends=charts.ends_of_means(shown)))
    beside(charts.recognitions)
    beside(partial(charts.money, most=profile_tables.most_money(shown)))


def _summary(t: Translator, facts: DistrictFacts, suffix: str, is_named: bool) -> None:
    with st.container(border=True):
        if is_named:
            st.header(answer(t, facts))
        lines = [*_standing(t, facts), _binding(t, facts), *_decisions(t, facts), *_money(t, facts)]
        st.markdown("\n".join(f"- {line}" for line in lines if line))
        not_reporting = facts.communes[facts.communes["months_since_report"].fillna(1) > 0]
        if len(not_reporting):
            st.warning(t("district.not_reporting", names=", ".join(not_reporting["name"])))
        charts.criteria_cells(t, facts, suffix)


def _standing(t: Translator, facts: DistrictFacts) -> list[str]:
    standing = facts.standing
    if standing is None:
        return []
    lines = []
    if standing.of_communes["ntm"].numerator is None:
        lines.append(t("overview.no_recognitions"))
    else:
        values = {
            f"{standard}_{name}": text
            for standard in STANDARDS[1:]
            for name, text in (
                ("count", t.format.number(standing.of_communes[standard].numerator)),
                ("of_communes", t.format.share(standing.of_communes[standard].pct)),
                ("of_ntm", t.format.share(standing.of_ntm[standard].pct)),
            )
        }
        lines.append(t("overview.higher", **values))
    if standing.criteria_met_mean is None:
        return [*lines, t("overview.no_criteria")]
    criteria = t(
        "overview.criteria",
        mean=t.format.number(standing.criteria_met_mean, 1),
        known=t.format.number(standing.known_communes),
        communes=t.format.number(standing.communes),
        below=t.format.number(standing.communes_below_15),
    )
    return [*lines, criteria]


def _binding(t: Translator, facts: DistrictFacts) -> str:
    if not (facts.criteria["outcome"] != "unknown").any():
        return t("district.binding_unknown")
    missed = facts.missed[facts.missed["not_met"] > 0]
    if not len(missed):
        return t("district.binding_none")
    said = [
        t(
            "district.binding_one",
            number=row["criterion_no"],
            name=criterion_name(t, row),
            count=t.format.number(row["not_met"]),
            communes=t.format.number(row["communes"]),
            agency=t("unknown") if is_missing(row["lead_agency"]) else row["lead_agency"],
        )
        for _, row in missed.head(_BINDING_SAID).iterrows()
    ]
    return t("district.binding", criteria="; ".join(said))


def _decisions(t: Translator, facts: DistrictFacts) -> list[str]:
    own = facts.decisions[facts.decisions["level"] == "district"]
    if len(own):
        return [t("district.recognised", decision=decision(t, row)) for _, row in own.iterrows()]
    is_known = facts.standing is not None and facts.standing.of_communes["ntm"].numerator is not None
    return [t("district.not_recognised")] if is_known else []


def _money(t: Translator, facts: DistrictFacts) -> list[str]:
    yearly = facts.yearly[facts.yearly["stage"].isin(_STAGES)]
    if not len(yearly):
        return [t("district.no_money")]
    year = int(yearly["year"].max())
    rows: pd.DataFrame = yearly[yearly["year"] == year]
    amounts = rows.set_index("stage")["amount_vnd_million"]
    stated = [
        f"{t(f'stage.{stage}').lower()} {t.format.money(amounts[stage])}" for stage in _STAGES if stage in amounts
    ]
    return [t("district.money", year=year, amounts=", ".join(stated), day=t.format.day(rows["period_end"].max()))]
