"""What a scenario changes, in sentences."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ntm.i18n import Translator
from ntm.metrics.scenario import Scenario
from ntm.metrics.scenario_effects import Effects
from ntm.metrics.share import share
from ntm.metrics.targets import REACHED
from ntm.ui.wording import share_text, target_wording

_NAMES = 8


def sentences(t: Translator, found: Effects, scenario: Scenario) -> None:
    """Say what is supposed and what it changes; without a scenario, where things stand."""
    before, after = found.before, found.after
    unknown = after.communes - after.known
    full = share_text(t, share(after.full, after.communes, "share.of_communes"))
    mean = t("whatif.mean_of", met=t.format.number(after.met_sum), known=t.format.number(after.known))
    if scenario.is_empty:
        lines = [
            t("whatif.now", full=full, ntm=t.format.number(after.ntm), mean=t.format.plain(after.mean), of=mean),
            t("whatif.nothing_chosen"),
        ]
    else:
        lines = [_supposed(t, found, scenario)]
        lines.append(t("whatif.full", before=t.format.number(before.full), full=full))
        waiting = list(found.communes.loc[found.communes["is_waiting"], "name"])
        lines.append(
            t("whatif.waiting", count=len(waiting), names=names_of(t, waiting)) if waiting else t("whatif.nobody_waits")
        )
        change = {"before": t.format.number(before.ntm), "after": t.format.number(after.ntm)}
        lines.append(t("whatif.ntm_same" if before.ntm == after.ntm else "whatif.ntm_changes", **change))
        lines.append(t("whatif.mean", before=t.format.plain(before.mean), after=t.format.plain(after.mean), of=mean))
        lines += _target_sentences(t, found.targets)
        lines.append(_money(t, found))
    if unknown:
        lines.append(t("whatif.unknown", count=t.format.number(unknown)))
    st.markdown("\n".join(f"- {line}" for line in lines))


def _supposed(t: Translator, found: Effects, scenario: Scenario) -> str:
    parts = []
    if found.closures:
        communes = len({unit for unit, _ in found.closures})
        parts.append(t("whatif.if_closed", criteria=len(found.closures), communes=communes))
    if scenario.delays:
        months = max(months for _, months in scenario.delays)
        parts.append(t("whatif.if_delayed", communes=len(scenario.delays), months=months))
    if scenario.withdrawn:
        parts.append(t("whatif.if_withdrawn", communes=len(scenario.withdrawn)))
    if scenario.targets:
        parts.append(t("whatif.if_targets", targets=len(scenario.targets)))
    if scenario.weights:
        parts.append(t("whatif.if_weights", criteria=len(scenario.weights)))
    return t("whatif.supposed", parts="; ".join(parts) or t("whatif.if_nothing"))


def _target_sentences(t: Translator, targets: pd.DataFrame) -> list[str]:
    if not len(targets):
        return [t("whatif.no_targets")]
    is_before, is_after = targets["status_before"] == REACHED, targets["status_after"] == REACHED
    told = []
    for key, rows in (
        ("whatif.reached_too", targets[is_after & ~is_before]),
        ("whatif.reached_no_more", targets[is_before & ~is_after]),
    ):
        if len(rows):
            told.append(
                t(key, targets="; ".join(f"{target_wording(t, row)} ({_due(t, row)})" for _, row in rows.iterrows()))
            )
    return told or [t("whatif.targets_same", reached=int(is_after.sum()), targets=len(targets))]


def _due(t: Translator, row: pd.Series) -> str:
    return t("whatif.due_on", day=t.format.day(row["due_after"]))


def _money(t: Translator, found: Effects) -> str:
    if not found.closures:
        return t("whatif.no_money")
    costed = len(found.closures) - found.uncosted
    if not costed:
        return t("whatif.money_unknown", count=found.uncosted)
    return t("whatif.money", amount=t.format.money(found.cost), costed=costed, unknown=found.uncosted)


def names_of(t: Translator, names: list[str]) -> str:
    """Return names in a row, the first few where there are many."""
    more = len(names) - _NAMES
    return ", ".join(names[:_NAMES]) + (" " + t("and_more", count=more) if more > 0 else "")
