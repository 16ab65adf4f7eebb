from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from ntm.metrics.history import by_month, by_report, counts, months_of, turns, unmet_since

SET, OLD_SET = "XA_NTM_2021_2025", "XA_NTM_2016_2020"
MET, NOT_MET, UNKNOWN = "met", "not_met", "unknown"
JULY, AUGUST, SEPTEMBER, OCTOBER = (pd.Timestamp(2022, month, 1) + pd.offsets.MonthEnd(0) for month in (7, 8, 9, 10))
NEXT_MAY = pd.Timestamp("2023-05-31")


def history(told: dict[pd.Timestamp, dict[str, str]], set_code: str = SET) -> pd.DataFrame:
    """Return rows of commune_history: report -> criterion -> outcome."""
    rows = [
        {"set_code": set_code, "period_end": day, "criterion_no": number, "outcome": outcome, "cell": f"C{place}"}
        for place, (day, outcomes) in enumerate(told.items(), start=1)
        for number, outcome in outcomes.items()
    ]
    return pd.DataFrame(rows)


def of_one(*outcomes: tuple[pd.Timestamp, str]) -> pd.DataFrame:
    """Return the history of criterion 2, beside criterion 1 that is met all the time."""
    return history({day: {"1": MET, "2": outcome} for day, outcome in outcomes})


@pytest.mark.parametrize(
    ("outcomes", "since", "before", "before_day"),
    [
        ([(JULY, MET), (AUGUST, NOT_MET), (SEPTEMBER, NOT_MET)], AUGUST, "met", JULY),
        ([(JULY, NOT_MET), (AUGUST, NOT_MET)], JULY, "first", None),
        ([(JULY, NOT_MET), (AUGUST, UNKNOWN), (SEPTEMBER, NOT_MET)], SEPTEMBER, "unknown", AUGUST),
        ([(JULY, NOT_MET), (AUGUST, MET), (SEPTEMBER, NOT_MET)], SEPTEMBER, "met", AUGUST),
        ([(JULY, NOT_MET), (OCTOBER, NOT_MET)], JULY, "first", None),
        ([(JULY, NOT_MET), (NEXT_MAY, NOT_MET)], NEXT_MAY, "no_report", JULY),
        ([(JULY, MET), (NEXT_MAY, NOT_MET)], NEXT_MAY, "no_report", JULY),
    ],
    ids=["lost", "from the first report", "unknown between", "regained and lost", "quarterly", "gap", "gap after met"],
)
def test_a_criterion_is_unmet_since_the_first_report_of_its_unbroken_run(
    outcomes: list[tuple[pd.Timestamp, str]], since: pd.Timestamp, before: str, before_day: pd.Timestamp | None
) -> None:
    (row,) = unmet_since(of_one(*outcomes), SET).to_dict("records")
    assert (row["criterion_no"], row["since"], row["before"]) == ("2", since, before)
    assert row["before_day"] == before_day if before_day else pd.isna(row["before_day"])


@pytest.mark.parametrize("last", [MET, UNKNOWN])
def test_what_is_met_or_unknown_at_the_latest_report_is_not_listed_as_unmet(last: str) -> None:
    assert not len(unmet_since(of_one((JULY, NOT_MET), (AUGUST, last)), SET))


def test_a_report_that_leaves_the_criterion_out_does_not_tell() -> None:
    rows = history({JULY: {"1": MET, "2": NOT_MET}, AUGUST: {"1": MET}, SEPTEMBER: {"1": MET, "2": NOT_MET}})
    (row,) = unmet_since(rows, SET).to_dict("records")
    assert (row["since"], row["before"]) == (SEPTEMBER, "unknown")


def test_a_run_never_reaches_into_another_set() -> None:
    rows = pd.concat([history({JULY: {"2": NOT_MET}}, OLD_SET), history({AUGUST: {"2": NOT_MET}})])
    (row,) = unmet_since(rows, SET).to_dict("records")
    assert (row["since"], row["before"]) == (AUGUST, "first")
    assert not len(turns(rows))


def test_of_a_set_that_was_never_reported_under_nothing_is_unmet() -> None:
    rows = history({JULY: {"2": NOT_MET}}, OLD_SET)
    assert not len(unmet_since(rows, SET))
    assert not len(unmet_since(rows.iloc[:0], SET))


def test_months_without_a_report_are_empty_and_criteria_stand_in_the_order_of_their_numbers() -> None:
    rows = history({JULY: {"10": MET, "2": NOT_MET}, SEPTEMBER: {"10": UNKNOWN, "2": MET}})
    table = by_month(rows, SET, months_of([rows], SET))
    assert list(table.index) == ["2", "10"]
    assert table.to_numpy().tolist() == [[NOT_MET, None, MET], [MET, None, UNKNOWN]]


def test_of_two_reports_of_one_month_the_later_counts() -> None:
    rows = history({pd.Timestamp("2023-11-15"): {"2": NOT_MET}, pd.Timestamp("2023-11-30"): {"2": MET}})
    assert by_month(rows, SET, months_of([rows], SET)).to_numpy().tolist() == [[MET]]


def test_two_communes_share_the_months_from_the_first_to_the_last_report_of_either() -> None:
    months = months_of([of_one((AUGUST, MET)), of_one((JULY, MET), (SEPTEMBER, MET))], SET)
    assert list(months) == [JULY, AUGUST, SEPTEMBER]


def test_counts_are_by_set_and_the_unknown_is_counted_apart() -> None:
    rows = pd.concat(
        [history({JULY: {"1": MET, "2": MET}}, OLD_SET), history({AUGUST: {"1": MET, "2": UNKNOWN, "3": NOT_MET}})]
    )
    assert counts(rows).to_numpy().tolist() == [[OLD_SET, JULY, 2, 0, 0], [SET, AUGUST, 1, 1, 1]]


def test_gains_and_losses_with_the_report_that_tells_them_the_newest_first() -> None:
    found = turns(of_one((JULY, NOT_MET), (AUGUST, MET), (SEPTEMBER, MET), (OCTOBER, NOT_MET)))
    assert found[["period_end", "criterion_no", "turn", "before_day", "is_after_gap", "cell"]].to_numpy().tolist() == [
        [OCTOBER, "2", "lost", SEPTEMBER, False, "C4"],
        [AUGUST, "2", "gained", JULY, False, "C2"],
    ]


@pytest.mark.parametrize(
    "outcomes",
    [[(JULY, NOT_MET), (AUGUST, UNKNOWN), (SEPTEMBER, MET)], [(JULY, NOT_MET), (NEXT_MAY, MET)]],
    ids=["a report that does not tell", "months without a report"],
)
def test_a_turn_across_a_gap_says_so(outcomes: list[tuple[pd.Timestamp, str]]) -> None:
    (row,) = turns(of_one(*outcomes)).to_dict("records")
    assert (row["turn"], row["before_day"], row["is_after_gap"]) == ("gained", JULY, True)


def test_no_history_has_no_counts_and_no_turns() -> None:
    nothing = of_one((JULY, MET)).iloc[:0]
    assert not len(counts(nothing))
    assert not len(turns(nothing))
    assert not len(by_report(nothing, SET))


def test_months_are_days_of_reports_and_not_of_today() -> None:
    assert months_of([of_one((JULY, MET))], SET)[-1].date() == date(2022, 7, 31)
