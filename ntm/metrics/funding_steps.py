"""Budget money of a year on its way: need, plan, allocated, disbursed, and what was left on 31 December.

Only the budget and integrated money walk this way: credit, enterprises and the community are not allocated.
"""

from __future__ import annotations

from datetime import date

import pandas as pd

from ntm.metrics.exact import exact_sum
from ntm.metrics.funding import BUDGET_GROUPS, latest
from ntm.metrics.share import shares_pct

STEPS = ("need", "plan", "allocated", "disbursed", "carried_over")
NATURES = ("investment", "recurrent", "not_told")
_STAGES = STEPS[:-1]


def steps(funding: pd.DataFrame, pairs: pd.DataFrame | None, year: int, month: date) -> pd.DataFrame:
    """Return step, amount_vnd_million, period_end and change_vnd_million (against the step before) for STEPS.

    `pairs` are those of metrics.payments.disbursement_pairs. A step that nothing was reported of is unknown, never
    zero, and no change is told against it. What is carried over is known when the year has ended and allocated and
    disbursed money of the same sources are told of its last day.
    """
    money = funding[funding["source_group"].isin(BUDGET_GROUPS)]
    found: list[dict[str, object]] = []
    for stage in _STAGES:
        rows = latest(money, year, stage, None if stage == "need" else month)
        amount = float(exact_sum(rows["amount_vnd_million"])) if len(rows) else None
        found.append({"step": stage, "amount_vnd_million": amount, "period_end": rows["period_end"].max()})
    left = carried_over(pairs, year)
    found.append(
        {
            "step": "carried_over",
            "amount_vnd_million": left,
            "period_end": pd.NaT if left is None else pd.Timestamp(year, 12, 31),
        }
    )
    table = pd.DataFrame(found).astype({"amount_vnd_million": float, "period_end": "datetime64[us]"})
    table["change_vnd_million"] = table["amount_vnd_million"].diff().round(6)
    table.loc[table["step"] == "carried_over", "change_vnd_million"] = None
    return table


def carried_over(pairs: pd.DataFrame | None, year: int) -> float | None:
    """Return what of the allocated money was not disbursed on 31 December, in million đồng.

    None before the year has ended, or where not both are told of its last day. More disbursed than allocated leaves
    nothing that could be carried over: also None, for it is a figure to be checked.
    """
    if pairs is None:
        return None
    pairs = pairs[pairs["source_group"].isin(BUDGET_GROUPS)]
    if not len(pairs) or pairs["period_end"].iloc[0] != pd.Timestamp(year, 12, 31):
        return None
    left = exact_sum(pairs["allocated"]) - exact_sum(pairs["disbursed"])
    return None if left < 0 else float(left)


def by_nature(funding: pd.DataFrame, pairs: pd.DataFrame | None, year: int, month: date) -> pd.DataFrame:
    """Return nature (of NATURES), plan, allocated, disbursed, rate_pct, period_end of budget money.

    'not_told' is money that the forms do not part into investment and recurrent. An amount that is not told is missing.
    The rate is over the sources that tell both at one cut-off, whose day is period_end.
    """
    money = funding[funding["source_group"].isin(BUDGET_GROUPS)]
    money = money.assign(nature=money["nature"].fillna("not_told").astype(str))
    columns = {
        stage: latest(money, year, stage, month).groupby("nature")["amount_vnd_million"].sum().astype(float).round(6)
        for stage in ("plan", "allocated", "disbursed")
    }
    if pairs is not None:
        pairs = pairs[pairs["source_group"].isin(BUDGET_GROUPS)]
        sums = pairs.groupby(pairs["nature"].replace("", "not_told"))[["allocated", "disbursed"]].sum()
        columns["rate_pct"] = shares_pct(sums["disbursed"], sums["allocated"])
    table = pd.DataFrame(columns, columns=["plan", "allocated", "disbursed", "rate_pct"])
    table = table.reindex([nature for nature in NATURES if nature in table.index]).rename_axis("nature").reset_index()
    table["period_end"] = pairs["period_end"].max() if pairs is not None else pd.NaT
    return table
