"""The criteria page in sentences: what holds the communes back most, who is nearly there, what was lost."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ntm.i18n import Translator
from ntm.metrics.reassessment import CONSIDER, NOT_JUDGED
from ntm.metrics.regressions import in_year, still_lost
from ntm.metrics.watch import watch_rules
from ntm.ui import criteria_view as view
from ntm.ui.filters import Place

_MOST = 3


def show(t: Translator, place: Place) -> None:
    """Show the sentences in their frame."""
    lines = [*_binding(t, place), *_away(t, place), _lost(t, place), _considered(t, place)]
    with st.container(border=True):
        st.markdown("\n".join(f"- {line}" for line in lines))


def _binding(t: Translator, place: Place) -> list[str]:
    table = view.outcomes(place)
    worst = table.criteria[table.criteria["not_met"] > 0].sort_values("not_met", ascending=False, kind="stable")
    silent = int((table.units["last_report"].isna()).sum())
    if not len(worst):
        key = "criteria.say_nothing_known" if silent == len(table) else "criteria.say_none_missed"
        return [t(key)]
    parts = []
    for place_of, row in view.named(t, worst.head(_MOST)).iterrows():
        names = table.units.loc[table.codes[:, place_of] == 1, "name"]  # type: ignore[index]
        parts.append(
            t(
                "criteria.say_worst",
                label=row["label"],
                count=t.format.number(row["not_met"]),
                known=t.format.number(row["met"] + row["not_met"]),
                unknown=_unknown(t, int(row["unknown"])),
                agency=row["agency"],
                names=view.some_names(t, names),
            )
        )
    return [t("criteria.say_binding", parts="\n".join(f"    - {part}" for part in parts))]


def _unknown(t: Translator, count: int) -> str:
    return t("criteria.and_unknown", count=t.format.number(count)) if count else ""


def _away(t: Translator, place: Place) -> list[str]:
    near = view.away(place)
    sure = near[near["is_sure"]]
    one = sure[sure["not_met"] == 1]
    labels = view.label_of(t, place)
    by_number: dict[str, list[str]] = {}
    for name, numbers in zip(one["name"], one["unmet"], strict=True):
        by_number.setdefault(numbers[0], []).append(name)
    parts = [
        f"{labels[number]} ({view.some_names(t, pd.Series(names))})"
        for number, names in sorted(by_number.items(), key=lambda item: -len(item[1]))
    ]
    others = [t.format.number((sure["not_met"] == count).sum()) for count in (2, 3)]
    key = "criteria.say_one_away" if parts else "criteria.say_none_one_away"
    line = t(key, count=t.format.number(len(one)), parts="; ".join(parts), two=others[0], three=others[1])
    unsure = int((~near["is_sure"]).sum())
    lines = [line + (" " + t("criteria.say_unsure", count=t.format.number(unsure)) if unsure else "")]
    waiting = view.waiting(place)["name"]
    if len(waiting):
        names = view.some_names(t, waiting)
        lines.append(t("criteria.say_waiting", count=t.format.number(len(waiting)), names=names))
    return lines


def _lost(t: Translator, place: Place) -> str:
    found = in_year(view.lost(place), place.month.year)
    if not len(found):
        return t("criteria.say_nothing_lost", year=place.month.year)
    open_ones = view.named(t, still_lost(found))
    parts = open_ones["name"] + ": " + open_ones["label"]
    return t(
        "criteria.say_lost" if len(parts) else "criteria.say_lost_and_regained",
        year=place.month.year,
        count=t.format.number(len(found)),
        communes=t.format.number(found["unit_code"].nunique()),
        open=t.format.number(len(parts)),
        names="; ".join(parts.head(8)) + ("; …" if len(parts) > 8 else ""),
    )


def _considered(t: Translator, place: Place) -> str:
    found, document = view.reassessed(place), watch_rules()["withdrawal"]["document"]
    if not len(found):
        return t("criteria.say_no_recognised")
    verdicts = found["verdict"].value_counts()
    considered = found.loc[found["verdict"] == CONSIDER, "name"]
    return t(
        "criteria.say_considered" if len(considered) else "criteria.say_none_considered",
        count=t.format.number(len(considered)),
        names=view.some_names(t, considered),
        held=t.format.number(len(found)),
        open=t.format.number(int(verdicts.get(NOT_JUDGED, 0))),
        document=document,
    )
