from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest

from ntm.metrics.targets import METRICS, MISSED, OPEN, REACHED, UNKNOWN, named_units, with_status

DUE = date(2022, 12, 31)


def target(metric: str = "ntm_communes", **values: object) -> dict[str, object]:
    """Return a row of the targets query: 38 communes by the end of 2022, 37 so far, unless said otherwise."""
    return {
        "metric": metric, "kind": "firm", "value": 38.0, "due_date": pd.Timestamp(DUE), "actual": 37.0, "gap": 1.0,
        "is_reached": False,
    } | values  # fmt: skip


def frame(*rows: dict[str, object]) -> pd.DataFrame:
    return pd.DataFrame(rows).astype({"is_reached": "boolean"})


def status(row: dict[str, object], month: date) -> str:
    return str(with_status(frame(row), month)["status"].iloc[0])


@pytest.mark.parametrize(
    ("values", "month", "expected"),
    [
        ({}, date(2022, 11, 30), OPEN),
        ({}, DUE, MISSED),
        ({}, date(2023, 6, 30), MISSED),
        ({"is_reached": True, "gap": 0.0}, date(2022, 6, 30), REACHED),
        ({"is_reached": True, "gap": 0.0}, DUE, REACHED),
        ({"is_reached": pd.NA, "actual": None, "gap": None}, date(2022, 6, 30), UNKNOWN),
        ({"is_reached": pd.NA, "actual": None, "gap": None}, DUE, UNKNOWN),
    ],
)
def test_a_target_is_open_until_due_then_missed_and_unknown_without_a_value(
    values: dict[str, Any], month: date, expected: str
) -> None:
    assert status(target(**values), month) == expected


def test_the_gap_of_a_target_that_is_more_than_reached_is_zero_and_of_an_unknown_one_unknown() -> None:
    rows = frame(
        target(is_reached=True, actual=45.0, gap=-7.0), target(is_reached=pd.NA, gap=None), target("kieu_mau_communes")
    )
    assert with_status(rows, DUE)["gap"].fillna(-1).tolist() == [0, -1, 1]


def test_targets_stand_in_the_order_of_due_date_and_of_what_leaders_ask_first() -> None:
    rows = frame(
        target(METRICS[3]),
        target(METRICS[0], due_date=pd.Timestamp("2025-12-31")),
        target(METRICS[1]),
        target(METRICS[0]),
    )
    ordered = with_status(rows, DUE)
    assert list(ordered["metric"]) == [METRICS[0], METRICS[1], METRICS[3], METRICS[0]]
    assert "rank" not in ordered


def test_a_metric_that_is_new_stands_last_and_is_kept() -> None:
    assert list(with_status(frame(target("something_new"), target(METRICS[-1])), DUE)["metric"]) == [
        METRICS[-1],
        "something_new",
    ]


def named(standard: str, now: str | None) -> bool | None:
    units = named_units(pd.DataFrame({"standard": [standard], "standard_now": [now]}))
    value = units["is_reached"].iloc[0]
    return None if pd.isna(value) else bool(value)


@pytest.mark.parametrize(
    ("standard", "now", "is_reached"),
    [
        ("ntm", "ntm", True),
        ("ntm", "kieu_mau", True),
        ("nang_cao", "ntm", False),
        ("ntm", "none", False),
        ("ntm", "unknown", None),
        ("ntm", None, None),
    ],
)
def test_a_named_commune_has_reached_when_it_holds_at_least_the_standard(
    standard: str, now: str | None, is_reached: bool | None
) -> None:
    assert named(standard, now) is is_reached


@pytest.mark.parametrize("standard", ["hoan_thanh", "do_thi_van_minh"])
def test_of_a_standard_that_no_month_tells_the_result_is_unknown_and_not_no(standard: str) -> None:
    assert named(standard, "none") is None


def test_frames_are_left_as_they_were() -> None:
    rows, units = frame(target(gap=-7.0)), pd.DataFrame({"standard": ["ntm"], "standard_now": ["none"]})
    before = rows.copy(deep=True), units.copy(deep=True)
    with_status(rows, DUE)
    named_units(units)
    pd.testing.assert_frame_equal(rows, before[0])
    pd.testing.assert_frame_equal(units, before[1])
