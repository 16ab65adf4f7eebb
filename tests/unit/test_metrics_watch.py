"""Watch-lists: what flags a commune, what does not, and where the data do not decide."""

from __future__ import annotations

import pandas as pd
import pytest

from ntm.metrics.watch import LISTS, watch_lists, watch_rules

INCOME, ENVIRONMENT, SECURITY = 10, 17, 19


def commune(unmet: list[int], unknown: list[int] | None = None, **values: object) -> dict[str, object]:
    """A recognised commune of the set in use in 2024, of which some criteria are not met and some unknown."""
    open_ones = unknown or []
    return {
        "period_end": pd.Timestamp("2024-12-31"), "set_code": "XA_NTM_2021_2025", "standard": "ntm",
        "criteria_total": 19, "criteria_met": 19 - len(unmet) - len(open_ones), "criteria_not_met": len(unmet),
        "criteria_unknown": len(open_ones), "is_count_known": not open_ones,
        "unmet_mask": sum(1 << number for number in unmet), "unknown_mask": sum(1 << number for number in open_ones),
    } | values  # fmt: skip


def lists(row: dict[str, object]) -> dict[str, bool | None]:
    found = watch_lists(pd.DataFrame([row])).iloc[0]
    return {name: None if pd.isna(found[name]) else bool(found[name]) for name in LISTS}


SILENT = {"criteria_met": None, "criteria_not_met": None, "criteria_unknown": None, "is_count_known": False,
          "unmet_mask": 0, "unknown_mask": (1 << 20) - 2}  # fmt: skip


@pytest.mark.parametrize(
    ("unmet", "expected"),
    [
        ([1, 2, 3, 4, INCOME], False),  # 26%
        ([1, 2, 3, 4, 5, INCOME], True),  # 32%, with a named one
        ([1, 2, 3, 4, 5, ENVIRONMENT], True),
        ([1, 2, 3, 4, 5, SECURITY], True),
        ([1, 2, 3, 4, 5, 6], False),  # 32%, with none
        ([1, 2, 3, 4, 5, 6, 7, 8, 9], False),  # 47%, with none
        ([1, 2, 3, 4, 5, 6, 7, 8, 9, 11], True),  # 53%, whichever they are
    ],
)
def test_withdrawal_is_considered_by_share_and_by_the_named_criteria(unmet: list[int], expected: bool) -> None:
    assert lists(commune(unmet))["withdrawal"] is expected


@pytest.mark.parametrize(
    ("unmet", "unknown", "expected"),
    [
        ([1, 2, 3, 4, 5], [INCOME], None),  # income may fail: then six fail, it among them
        ([1, 2, 3, 4, 5], [6], False),  # six may fail, but none of the named ones
        ([1, 2, 3, 4, 5, INCOME], [6, 7], True),  # whatever the others are
        ([INCOME], [1, 2, 3], False),  # four may fail at most
        ([1, 2, 3, 4, 5, 6, 7, 8, 9], [11], None),  # ten may fail
    ],
)
def test_what_is_unknown_never_fails_but_may_leave_it_open(
    unmet: list[int], unknown: list[int], expected: bool | None
) -> None:
    assert lists(commune(unmet, unknown))["withdrawal"] is expected


def test_a_commune_that_told_nothing_is_open_and_not_flagged() -> None:
    assert lists(commune([], **SILENT)) == {"withdrawal": None, "below_15": None, "one_away": False}
    assert lists(commune([], **SILENT, standard="none")) == {"withdrawal": False, "below_15": None, "one_away": None}


def test_without_any_set_nothing_is_decided() -> None:
    row = commune([], **{**SILENT, "set_code": None, "criteria_total": None, "unknown_mask": 0})
    assert lists(row)["withdrawal"] is None


def test_before_the_decision_and_under_another_set_there_is_no_rule() -> None:
    failing = [1, 2, 3, 4, 5, INCOME]
    assert lists(commune(failing, period_end=pd.Timestamp("2022-07-31")))["withdrawal"] is False
    assert lists(commune(failing, set_code="XA_NTM_2026_2030"))["withdrawal"] is None


@pytest.mark.parametrize(("standard", "expected"), [("none", False), ("unknown", None), ("kieu_mau", True)])
def test_only_who_holds_a_standard_can_lose_it(standard: str, expected: bool | None) -> None:
    assert lists(commune([1, 2, 3, 4, 5, INCOME], standard=standard))["withdrawal"] is expected


@pytest.mark.parametrize(("unmet", "expected"), [(range(1, 6), True), (range(1, 5), False)])
def test_fewer_than_15_is_a_list(unmet: range, expected: bool) -> None:
    assert lists(commune(list(unmet), standard="none"))["below_15"] is expected


def test_below_15_says_nothing_of_a_set_of_ten() -> None:
    assert lists(commune([1], criteria_total=10, criteria_met=9))["below_15"] is False


def test_what_is_met_already_keeps_off_the_list_and_what_is_unknown_does_not_put_on() -> None:
    assert lists(commune([], [1, 2, 3]))["below_15"] is False
    assert lists(commune([], [1, 2, 3, 4, 5]))["below_15"] is None


@pytest.mark.parametrize(
    ("unmet", "unknown", "standard", "expected"),
    [
        ([4], [], "none", True), ([4], [], "unknown", True), ([4], [], "ntm", False), ([], [], "none", False),
        ([4, 5], [], "none", False), ([4], [5], "none", None), ([], [5], "none", None), ([4, 5], [6], "none", False),
    ],
)  # fmt: skip
def test_one_criterion_away_is_said_of_communes_without_the_standard(
    unmet: list[int], unknown: list[int], standard: str, expected: bool | None
) -> None:
    assert lists(commune(unmet, unknown, standard=standard))["one_away"] is expected


def test_every_rule_names_its_document_and_how_surely_it_was_read() -> None:
    assert set(watch_rules()) == set(LISTS)
    for rule in watch_rules().values():
        assert rule["document"]
        assert rule["source"]
        assert rule["confidence"] in {"verbatim", "secondary", "unverified"}
