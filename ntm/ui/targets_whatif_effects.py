"""What a scenario changes: targets and figures before and after, ranking of districts, communes and their cells."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import wrap

import pandas as pd
import streamlit as st

from ntm.charts.ranking import then_and_now
from ntm.charts.scenario import targets_under
from ntm.i18n import Translator
from ntm.metrics.ranking import rank
from ntm.metrics.scenario_effects import Effects
from ntm.metrics.share import shares_pct
from ntm.model import is_missing
from ntm.ui import frame
from ntm.ui.choices import choose_one
from ntm.ui.filters import Place
from ntm.ui.sources import source_button
from ntm.ui.targets_whatif_sentences import names_of
from ntm.ui.wording import target_wording, words

FIGURES = ("full", "waiting", "ntm", "nang_cao", "kieu_mau", "mean", "below_15", "lowest", "without_ntm", "known")
"""Figures of a scenario, in the order in which they are shown."""
MEASURES = ("mean", "full", "ntm", "score")
_LABEL = 20  # characters: what a phone has room for beside the marks


def figures_table(t: Translator, columns: Mapping[str, Mapping[str, float | None]]) -> pd.DataFrame:
    """Return one row for each of FIGURES, with its name and a column for each set of figures, by the column's name."""
    rows = [
        {"figure": t(f"whatif.figure_{name}")}
        | {column: None if is_missing(values.get(name)) else values[name] for column, values in columns.items()}
        for name in FIGURES
    ]
    return pd.DataFrame(rows)


def show(t: Translator, place: Place, found: Effects, outcomes: pd.DataFrame) -> None:
    """Show targets, figures, ranking and communes before and under the scenario."""
    if len(found.targets):
        _targets(t, place, found.targets)
    with st.container(border=True):
        st.header(t("whatif.figures"))
        table = figures_table(t, {"before": found.before.plain(), "after": found.after.plain()})
        table["change"] = table["after"].astype(float) - table["before"].astype(float)
        labels = {"figure": t("whatif.figure")} | {name: t(f"whatif.{name}") for name in ("before", "after", "change")}
        frame.data_table(t, table, labels, key="whatif_figures")
        st.caption(t("whatif.figures_note"))
    if len(found.districts) > 1:
        _ranking(t, place, found.districts)
    _communes(t, found, outcomes)


def _targets(t: Translator, place: Place, targets: pd.DataFrame) -> None:
    named = targets.assign(
        wording=[target_wording(t, row) for _, row in targets.iterrows()],
        status_name_before=words(t, targets["status_before"], "status"),
        status_name_after=words(t, targets["status_after"], "status"),
        pct_before=shares_pct(targets["actual_before"], targets["value"]),
        pct_after=shares_pct(targets["actual_after"], targets["value_after"]),
    )
    drawn = named[named["pct_before"].notna() & named["pct_after"].notna() & (named["comparison"] == ">=")]
    for end, value in (("before", "value"), ("after", "value_after")):
        texts = [
            f"{t(f'whatif.{end}')}: {t.format.plain(row[f'actual_{end}'], 1)}/{t.format.plain(row[value])}"
            for row in drawn.to_dict("records")
        ]
        drawn = drawn.assign(**{f"hover_{end}": texts})
    labels = [
        f"{'<br>'.join(wrap(metric, _LABEL))}<br>{row['due_after']:%m/%Y}: {t.format.plain(row['actual_before'], 1)} → "
        f"{t.format.plain(row['actual_after'], 1)} / {t.format.plain(row['value_after'])}"
        for metric, row in zip(words(t, drawn["metric"], "metric"), drawn.to_dict("records"), strict=True)
    ]
    columns = {
        "wording": t("column.target"),
        "value": t("whatif.asked_before"),
        "value_after": t("whatif.asked_after"),
        "due_after": t("whatif.due"),
        "actual_before": t("whatif.before"),
        "actual_after": t("whatif.after"),
        "gap_before": t("whatif.gap_before"),
        "gap_after": t("whatif.gap_after"),
        "status_name_before": t("whatif.status_before"),
        "status_name_after": t("whatif.status_after"),
        "possible_before": t("whatif.possible_before"),
        "possible_after": t("whatif.possible_after"),
    }
    if len(drawn):
        frame.chart(
            t,
            title=t("whatif.chart_targets"),
            figure=targets_under(drawn.assign(label=labels), t),
            table=named,
            labels=columns,
            unit=t("whatif.unit_targets"),
            as_of=place.month,
            source=t("whatif.source_targets"),
            key="whatif_targets_chart",
        )
    else:
        frame.data_table(t, named, columns, key="whatif_targets_table")
    counts = named[named["possible_after"].notna()]
    if len(counts):
        st.markdown(
            "\n".join(
                f"- {row['wording']}: "
                + t(
                    "whatif.possible",
                    before=t.format.number(row["possible_before"]),
                    after=t.format.number(row["possible_after"]),
                    value=t.format.plain(row["value_after"]),
                )
                for row in counts.to_dict("records")
            )
        )
        st.caption(t("whatif.possible_note"))


def _ranking(t: Translator, place: Place, districts: pd.DataFrame) -> None:
    options = {name: t(f"whatif.by_{name}") for name in MEASURES}
    measure = choose_one(t("whatif.ranked_by"), options, key="whatif_ranked_by")
    values = {end: _values(districts, measure, end) for end in ("before", "after")}
    table = districts.assign(value=values["after"], then_value=values["before"])
    for end, prefix in (("after", ""), ("before", "then_")):
        ranks = rank(values[end])
        table = table.assign(**{f"{prefix}rank": ranks["rank"], f"{prefix}is_tied": ranks["is_tied"]})
    table = table.sort_values(["rank", "unit_code"], na_position="last", ignore_index=True)
    known = table[table["rank"].notna()]
    texts = [t.format.plain(value) for value in known["value"]]
    hovers = [
        t("whatif.rank_hover", name=row["name"], then=row["then_rank"], now=row["rank"],
          before=t.format.plain(row["then_value"]), after=t.format.plain(row["value"]))
        for row in known.to_dict("records")
    ]  # fmt: skip
    labels = {
        "name": t("column.district"),
        "then_rank": t("whatif.rank_before"),
        "rank": t("whatif.rank_after"),
        "is_tied": t("whatif.is_tied"),
        "then_value": t("whatif.before"),
        "value": t("whatif.after"),
        "known_before": t("whatif.known_before"),
        "known_after": t("whatif.known_after"),
        "communes": t("unit.communes").capitalize(),
    }
    frame.chart(
        t,
        title=t("whatif.chart_ranking", measure=options[measure]),
        figure=then_and_now(
            known.assign(
                label=known["rank"].astype(str) + ". " + known["name"], group_name="", value_text=texts, hover=hovers
            ),
            t("whatif.after"),
            t("whatif.before"),
            t,
        ),
        table=table,
        labels=labels,
        unit=options[measure],
        as_of=place.month,
        source=t("whatif.source_criteria"),
        key="whatif_ranking",
    )
    if len(table) > len(known):
        names = names_of(t, list(table.loc[table["rank"].isna(), "name"]))
        st.caption(t("whatif.not_ranked", names=names))


def _values(districts: pd.DataFrame, measure: str, end: str) -> pd.Series:
    """Return what districts are ranked by: criteria of a commune, or percent; missing where nobody tells."""
    if measure == "mean":
        return shares_pct(districts[f"met_sum_{end}"], districts[f"known_{end}"]) / 100
    if measure == "ntm":
        return shares_pct(districts[f"ntm_{end}"], districts["communes"])
    return shares_pct(districts[f"{measure}_{end}"], districts[f"known_{end}"])


def _communes(t: Translator, found: Effects, outcomes: pd.DataFrame) -> None:
    """Show the communes that change, and the cells of the criteria that are closed and of all."""
    pairs = set(found.closures)
    is_closed = [pair in pairs for pair in zip(outcomes["unit_code"], outcomes["criterion_no"], strict=True)]
    labels = {
        "name": t("column.commune"),
        "district_name": t("column.district"),
        "criterion_no": t("column.criterion"),
        "outcome_name": t("whatif.reported"),
    }
    if len(found.communes):
        st.header(t("whatif.changed"))
        after = [
            t("whatif.is_waiting") if row["is_waiting"] else t(f"highest.{row['standard']}")
            for row in found.communes.to_dict("records")
        ]
        columns = {name: labels[name] for name in ("name", "district_name")} | {
            "closed": t("whatif.closed"),
            "met_before": t("whatif.met_before"),
            "met_after": t("whatif.met_after"),
            "standard_after": t("whatif.standard_after"),
        }
        frame.data_table(t, found.communes.assign(standard_after=after), columns, key="whatif_communes_changed")
    closed = outcomes[is_closed]
    if len(closed):
        source_button(
            t,
            label=t("whatif.open_closed", count=t.format.number(len(closed))),
            title=t("whatif.open_closed", count=t.format.number(len(closed))),
            rows=lambda: closed.assign(outcome_name=words(t, closed["outcome"], "outcome")),
            labels=labels,
            key="sources_whatif_closed",
        )
    source_button(
        t,
        label=t("whatif.open_all", count=t.format.number(outcomes["unit_code"].nunique())),
        title=t("whatif.cells"),
        rows=lambda: outcomes.assign(outcome_name=words(t, outcomes["outcome"], "outcome")),
        labels=labels,
        key="sources_whatif_all",
    )
