from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from ntm.metrics.slippage import LATE, MISSED, OPEN, REACHED, UNKNOWN, slippage

JUNE_2024 = date(2024, 6, 30)


def named(*plans: tuple[int, str], kind: str = "firm") -> pd.DataFrame:
    """Return rows of commune_targets: year and standard of each plan."""
    return pd.DataFrame(
        [
            {"target_year": year, "standard": standard, "kind": kind, "document": f"KH {year}"}
            for year, standard in plans
        ],
        columns=["target_year", "standard", "kind", "document"],
    )


def decisions(*events: tuple[str, str, int | None, str]) -> pd.DataFrame:
    """Return rows of commune_recognitions: event, standard, year of the result, day of the decision."""
    table = pd.DataFrame(events, columns=["event", "standard", "result_year", "decision_date"])
    return table.astype({"result_year": "Int32"}).assign(decision_date=pd.to_datetime(table["decision_date"]))


def only(plans: pd.DataFrame, events: pd.DataFrame, month: date = JUNE_2024, *, is_known: bool = True) -> pd.Series:
    (number,) = range(len(found := slippage(plans, events, month, is_known=is_known)))
    return found.iloc[number]


def test_a_plan_that_moves_to_a_later_year_slips_by_the_years_between() -> None:
    row = only(named((2023, "ntm"), (2022, "ntm"), (2024, "ntm")), decisions())
    assert (row["years"], row["slipped_years"], row["document"], row["state"]) == (
        (2022, 2023, 2024),
        2,
        "KH 2024",
        OPEN,
    )


def test_a_plan_that_is_named_twice_for_one_year_does_not_slip() -> None:
    row = only(named((2022, "ntm"), (2022, "ntm")), decisions(), date(2022, 6, 30))
    assert (row["years"], row["slipped_years"], row["state"]) == ((2022,), 0, OPEN)


@pytest.mark.parametrize(
    ("result_year", "day", "expected"),
    [
        (2022, "2023-06-15", REACHED),
        (2023, "2023-06-15", LATE),
        (None, "2022-12-20", REACHED),
        (None, "2023-06-15", LATE),
        (2015, "2015-12-22", REACHED),
    ],
)
def test_the_year_of_the_result_counts_and_without_one_that_of_the_decision(
    result_year: int | None, day: str, expected: str
) -> None:
    row = only(named((2022, "ntm")), decisions(("recognised", "ntm", result_year, day)))
    assert (row["state"], row["reached_on"]) == (expected, pd.Timestamp(day))


def test_what_came_in_the_first_year_did_not_slip_though_it_was_named_again() -> None:
    row = only(named((2022, "ntm"), (2023, "ntm")), decisions(("recognised", "ntm", 2022, "2023-01-15")))
    assert (row["slipped_years"], row["state"]) == (0, REACHED)


@pytest.mark.parametrize(
    ("month", "expected"), [(date(2022, 11, 30), OPEN), (date(2022, 12, 31), MISSED), (JUNE_2024, MISSED)]
)
def test_a_plan_is_open_until_its_year_ends(month: date, expected: str) -> None:
    assert only(named((2022, "ntm")), decisions(), month)["state"] == expected


def test_without_a_list_of_recognitions_nothing_is_known() -> None:
    assert only(named((2022, "ntm")), decisions(), is_known=False)["state"] == UNKNOWN


@pytest.mark.parametrize(
    ("planned", "decided", "expected"),
    [
        ("ntm", "kieu_mau", REACHED),
        ("kieu_mau", "ntm", MISSED),
        ("do_thi_van_minh", "do_thi_van_minh", REACHED),
        ("do_thi_van_minh", "kieu_mau", MISSED),
    ],
)
def test_standards_of_communes_are_nested_and_others_stand_alone(planned: str, decided: str, expected: str) -> None:
    row = only(named((2022, planned)), decisions(("recognised", decided, 2022, "2022-12-20")))
    assert row["state"] == expected


@pytest.mark.parametrize(("revoked", "expected"), [("ntm", MISSED), ("kieu_mau", REACHED)])
def test_to_lose_a_standard_is_to_lose_those_above_it(revoked: str, expected: str) -> None:
    events = decisions(("recognised", "nang_cao", 2022, "2022-12-20"), ("revoked", revoked, None, "2023-12-20"))
    assert only(named((2022, "nang_cao")), events)["state"] == expected


def test_each_standard_is_a_plan_of_its_own() -> None:
    found = slippage(named((2022, "ntm"), (2024, "nang_cao")), decisions(), JUNE_2024, is_known=True)
    assert found[["standard", "state"]].to_numpy().tolist() == [["ntm", MISSED], ["nang_cao", OPEN]]
    assert not len(slippage(named(), decisions(), JUNE_2024, is_known=True))
