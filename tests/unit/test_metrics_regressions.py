"""Criteria that were met and lost: which two reports say so, what came after, and what is never taken for a loss."""

from __future__ import annotations

import pandas as pd

from ntm.metrics.regressions import cells_of, in_year, losses, still_lost
from tests.unit.outcome_rows import WORDS

OLD, NEW = "XA_NTM_2016_2020", "XA_NTM_2021_2025"


def changes(letters: str, *, unit: str = "1", number: str = "10", set_code: str = NEW) -> pd.DataFrame:
    """Rows of query criteria_changes of one criterion, a report each month of 2024 on; '-' is a month without one."""
    reports = [(place, letter) for place, letter in enumerate(letters) if letter != "-"]
    days = [pd.Timestamp("2024-01-31") + pd.offsets.MonthEnd(place) for place, _ in reports]
    rows = pd.DataFrame(
        {
            "unit_code": unit, "name": f"Xã {unit}", "set_code": set_code, "criterion_no": number, "period_end": days,
            "outcome": [WORDS[letter] for _, letter in reports], "report_no": range(1, len(reports) + 1),
            "latest_report": days[-1], "cell": [f"L{place}" for place, _ in reports],
        }
    )  # fmt: skip
    told = rows[rows["outcome"] != "unknown"]
    return told.assign(told_until=told["period_end"].max())


def month(number: int) -> pd.Timestamp:
    return pd.Timestamp("2024-01-31") + pd.offsets.MonthEnd(number - 1)


def test_a_loss_has_its_last_report_met_and_its_first_not_met_with_their_cells() -> None:
    rows = changes("mmnn")
    (loss,) = losses(rows).to_dict("records")
    assert (loss["met_on"], loss["lost_on"]) == (month(2), month(3))
    assert (loss["cell"], loss["is_after_gap"], loss["is_told_now"]) == ("L2", False, True)
    assert cells_of(losses(rows), rows)["cell"].to_list() == ["L1", "L2"]


def test_what_was_met_again_is_not_lost_now_and_a_second_loss_is_one_of_its_own() -> None:
    found = losses(changes("mnmmn"))
    assert found["lost_on"].to_list() == [month(5), month(2)]
    assert found["regained_on"].isna().to_list() == [True, False]
    assert found["regained_on"].iloc[1] == month(3)
    assert still_lost(found)["lost_on"].to_list() == [month(5)]


def test_unknown_is_no_loss_and_is_said_between_the_two_reports() -> None:
    assert not len(losses(changes("mmu")))
    assert not len(losses(changes("unn")))
    (loss,) = losses(changes("munu")).to_dict("records")
    assert (loss["met_on"], loss["lost_on"], loss["is_after_gap"], loss["is_told_now"]) == (
        month(1), month(3), True, False,
    )  # fmt: skip


def test_months_without_reports_are_said() -> None:
    assert losses(changes("m----n"))["is_after_gap"].to_list() == [True]


def test_sets_and_communes_are_never_compared_with_each_other() -> None:
    rows = pd.concat(
        [changes("mm", set_code=OLD), changes("--nn"), changes("nn", unit="2"), changes("mm", number="11")]
    )
    assert not len(losses(rows))


def test_of_a_year_are_the_losses_whose_first_report_is_of_it() -> None:
    found = losses(changes("mn" + "-" * 9 + "mmn"))  # lost in February 2024 and February 2025
    assert in_year(found, 2025)["lost_on"].to_list() == [month(14)]
    assert len(in_year(found, 2023)) == 0


def test_without_changes_nothing_is_lost() -> None:
    assert not len(losses(changes("mn").head(0)))
