"""Watch-lists of communes: consideration of withdrawal, fewer than 15 criteria, one criterion away from the standard.

The numbers of the rules stand in watch.yml with their documents. A list flags, it never sets a status. A criterion that
is unknown never counts as not met; where the unknown ones could decide, the commune is on no list and off none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from ntm.metrics.standing import STANDARDS
from ntm.yaml_files import read_yaml

LISTS = ("withdrawal", "below_15", "one_away")
"""In the order in which they count: the gravest first."""
_PATH = Path(__file__).with_suffix(".yml")


@cache
def watch_rules() -> Mapping[str, Mapping[str, Any]]:
    """Return the rule of each list with its document, source and confidence."""
    rules: Mapping[str, Mapping[str, Any]] = read_yaml(_PATH)
    return rules


def watch_lists(rows: pd.DataFrame) -> pd.DataFrame:
    """Return one column for each of LISTS: whether a commune is on it; missing where the data do not decide.

    `rows` is one row for each commune and month (query map_communes): period_end, set_code, standard, criteria_total,
    criteria_met, criteria_not_met, criteria_unknown, is_count_known, unmet_mask, unknown_mask.
    """
    return pd.DataFrame(
        {"withdrawal": _withdrawal(rows), "below_15": _below_15(rows), "one_away": _one_away(rows)}, index=rows.index
    )


def _withdrawal(rows: pd.DataFrame) -> pd.Series:
    """Decision 18/2022/QĐ-TTg: from 30% of the criteria not met with a named one among them, or from 50%."""
    rule = watch_rules()["withdrawal"]
    found = withdrawal_grounds(rows, rule["criteria"])
    # Whoever holds no standard has none to lose, and before the decision there was no such rule.
    is_out = (rows["standard"] == "none") | (rows["period_end"] < pd.Timestamp(rule["valid_from"]))
    is_open = ~rows["standard"].isin(rule["standards"]) & found["possible"].fillna(True)
    return found["verdict"].mask(is_open).mask(is_out, False).astype("boolean")


def withdrawal_grounds(rows: pd.DataFrame, criteria: Mapping[str, Sequence[int]]) -> pd.DataFrame:
    """Return what decision 18/2022/QĐ-TTg looks at, of communes or districts, whether or not they hold a standard.

    `rows` has set_code, criteria_total, criteria_not_met, criteria_unknown, unmet_mask, unknown_mask; `criteria` gives
    the named criteria of each set. Columns: `failing` (criteria not met), `named_mask` (the named ones of them: bit n
    set for criterion n), `possible` (it could be considered, if all that is unknown failed) and `verdict`: missing
    where the unknown criteria could decide, or the set has no named criteria.
    """
    rule = watch_rules()["withdrawal"]
    named = rows["set_code"].map({code: sum(1 << number for number in numbers) for code, numbers in criteria.items()})
    mask = named.fillna(0).astype("int64")
    total = rows["criteria_total"].astype("Float64")
    failing = rows["criteria_not_met"].astype("Float64").fillna(0)
    could_fail = failing + rows["criteria_unknown"].astype("Float64").fillna(total)
    unmet, unknown = rows["unmet_mask"].astype("int64"), rows["unknown_mask"].astype("int64")
    by_name, could_by_name = unmet & mask, (unmet | unknown) & mask

    def meets(count: pd.Series, with_named: pd.Series) -> pd.Series:
        share = 100 * count
        return ((share >= rule["from_pct"] * total) & with_named) | (share >= rule["any_pct"] * total)

    sure, possible = meets(failing, by_name != 0), meets(could_fail, could_by_name != 0)
    return pd.DataFrame(
        {
            "failing": failing,
            "named_mask": by_name,
            "possible": possible,
            "verdict": sure.where(sure.eq(possible) & named.notna()),
        },
        index=rows.index,
    )


def district_withdrawal(rows: pd.DataFrame) -> pd.Series:
    """Return whether the withdrawal of each district is to be considered; missing where the data do not decide.

    Decision 18/2022/QĐ-TTg: from 30% of its communes withdrawn, or its own criteria as with communes. `rows` is what
    withdrawal_grounds asks, with period_end, standard (of the district), communes and communes_withdrawn.
    """
    rule = watch_rules()["withdrawal"]["districts"]
    communes = rows["communes"].where(rows["communes"] > 0)
    by_communes = 100 * rows["communes_withdrawn"] >= rule["communes_pct"] * communes
    verdict = withdrawal_grounds(rows, rule["criteria"])["verdict"].astype("boolean")
    found = verdict.mask(by_communes.astype("boolean").fillna(False), True)
    is_out = ~rows["standard"].isin(rule["standards"]) | (
        rows["period_end"] < pd.Timestamp(watch_rules()["withdrawal"]["valid_from"])
    )
    return found.mask(is_out, False)


def _below_15(rows: pd.DataFrame) -> pd.Series:
    rule = watch_rules()["below_15"]
    met = rows["criteria_met"].astype("Float64")
    found = (met < rule["below"]).astype("boolean")
    # What is met already is enough, however the unknown criteria turn out.
    found = found.where(rows["is_count_known"] | (met >= rule["below"]))
    return found.mask((rows["criteria_total"] != rule["of"]).fillna(False), False)


def _one_away(rows: pd.DataFrame) -> pd.Series:
    """One criterion of the set in use not met, of communes that hold no standard yet."""
    missing = rows["criteria_not_met"].astype("Float64")
    found = (missing == watch_rules()["one_away"]["missing"]).astype("boolean")
    found = found.where(rows["is_count_known"] | (missing > watch_rules()["one_away"]["missing"]))
    return found.mask(rows["standard"].isin(STANDARDS), False)
