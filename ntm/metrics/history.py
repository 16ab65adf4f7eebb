"""What the reports of one commune tell over time: since when a criterion is not met, what was gained and lost.

Criteria are compared within one set only. A stretch that no report tells of is never bridged in silence: a report after
such a stretch begins a new run.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

STALE_AFTER_MONTHS = 2
"""A report counts so many months beyond its own, as in mart_commune_month; two reports further apart leave a gap."""

FIRST, NO_REPORT = "first", "no_report"
BEFORE = ("met", "unknown", FIRST, NO_REPORT)
"""What stood before a run of 'not met': another outcome, no earlier report of the set, or months without a report."""

GAINED, LOST = "gained", "lost"
_COUNTS = ["set_code", "period_end", "met", "not_met", "unknown"]


def unmet_since(history: pd.DataFrame, set_code: str | None) -> pd.DataFrame:
    """Return criterion_no, since, before and before_day of each criterion not met at the latest report of a set.

    `history` are rows of commune_history. `since` is the first report of the present unbroken run of 'not met',
    `before` one of BEFORE, `before_day` the report before that (empty for FIRST).
    """
    reports = by_report(history, set_code)
    days = list(reports.index)
    rows = []
    for number in reports.columns:
        outcomes = list(reports[number])
        start = len(outcomes) - 1
        if outcomes[start] != "not_met":
            continue
        while start and outcomes[start - 1] == "not_met" and not _is_gap(days[start - 1], days[start]):
            start -= 1
        before = FIRST
        if start:
            before = NO_REPORT if _is_gap(days[start - 1], days[start]) else outcomes[start - 1]
        rows.append((number, days[start], before, days[start - 1] if start else pd.NaT))
    return pd.DataFrame(rows, columns=["criterion_no", "since", "before", "before_day"])


def by_report(history: pd.DataFrame, set_code: str | None) -> pd.DataFrame:
    """Return the outcomes under one set: a row for each report (its period_end), a column for each criterion.

    What a report does not tell is 'unknown'.
    """
    rows = history[history["set_code"] == set_code]
    told: dict[pd.Timestamp, dict[str, str]] = {}
    # Plain values: to pivot the frame takes ten times as long, and pages ask for several sets of two communes.
    for day, number, outcome in zip(rows["period_end"], rows["criterion_no"], rows["outcome"], strict=True):
        told.setdefault(day, {}).setdefault(number, outcome)
    numbers = sorted({number for outcomes in told.values() for number in outcomes}, key=int)
    days = sorted(told)
    outcomes = [[told[day].get(number, "unknown") for number in numbers] for day in days]
    return pd.DataFrame(outcomes, index=pd.DatetimeIndex(days), columns=numbers, dtype=object)


def by_month(history: pd.DataFrame, set_code: str, months: pd.DatetimeIndex) -> pd.DataFrame:
    """Return the outcomes under one set: a row for each criterion, a column for each month; None without a report.

    Of several reports within one month the last counts.
    """
    reports = by_report(history, set_code)
    of_month = {
        day + pd.offsets.MonthEnd(0): outcomes for day, outcomes in zip(reports.index, reports.to_numpy(), strict=True)
    }
    nothing = [None] * len(reports.columns)
    table = pd.DataFrame([of_month.get(month, nothing) for month in months], months, reports.columns, dtype=object)
    return table.T


def months_of(histories: list[pd.DataFrame], set_code: str) -> pd.DatetimeIndex:
    """Return the ends of the months from the first to the last report under a set, of all the units given."""
    days = pd.concat([history.loc[history["set_code"] == set_code, "period_end"] for history in histories])
    first, last = days.min() + pd.offsets.MonthEnd(0), days.max() + pd.offsets.MonthEnd(0)
    return pd.date_range(first, last, freq="ME")


def counts(history: pd.DataFrame) -> pd.DataFrame:
    """Return set_code, period_end, met, not_met, unknown of each report, in the order of the sets and of time."""
    tables = []
    for set_code in history["set_code"].unique():
        reports = by_report(history, set_code)
        numbers = {outcome: (reports == outcome).sum(axis=1).to_numpy() for outcome in ("met", "not_met", "unknown")}
        tables.append(pd.DataFrame({"set_code": set_code, "period_end": reports.index, **numbers}))
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=_COUNTS)


def turns(history: pd.DataFrame, unit: Sequence[str] = ()) -> pd.DataFrame:
    """Return the rows of the history that tell of a criterion gained or lost, the newest first.

    `unit` names the columns that tell the units of a history of several apart; `report_no`, where the history has it,
    counts the unit's reports under the set, and rows that repeat their neighbours may then be left out. Adds `turn`
    (GAINED or LOST), `before_day` (the last report that told the other outcome) and `is_after_gap`: whether a report
    that did not tell, or months without one, lie between the two.
    """
    if "report_no" in history:
        rows = history.assign(number=history["report_no"])
    else:
        rows = history.assign(number=history.groupby([*unit, "set_code"])["period_end"].rank("dense"))
    told = rows[rows["outcome"] != "unknown"].sort_values("period_end", kind="stable")
    by_criterion = told.groupby([*unit, "set_code", "criterion_no"], sort=False)
    earlier = by_criterion[["outcome", "period_end", "number"]].shift()
    told = told.assign(
        turn=told["outcome"].map({"met": GAINED, "not_met": LOST}),
        before_day=earlier["period_end"],
        is_after_gap=told["number"] - earlier["number"] > 1,
    )
    turned = told[earlier["outcome"].notna() & (earlier["outcome"] != told["outcome"])].drop(columns="number")
    far = [_is_gap(*days) for days in zip(turned["before_day"], turned["period_end"], strict=True)]
    return turned.assign(
        is_after_gap=turned["is_after_gap"] | pd.Series(far, index=turned.index, dtype=bool)
    ).sort_values("period_end", ascending=False, kind="stable")


def _is_gap(earlier: pd.Timestamp, later: pd.Timestamp) -> bool:
    """Tell whether months lie between two reports in which the earlier one no longer counts."""
    return (later.year - earlier.year) * 12 + later.month - earlier.month > STALE_AFTER_MONTHS + 1
