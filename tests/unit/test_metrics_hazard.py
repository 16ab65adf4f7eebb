"""Hazards from reports: what is at risk, what is an event, and how little data are drawn to their neighbours."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from ntm.metrics.hazard import (
    MET,
    NOT_MET,
    UNKNOWN,
    closing_rates,
    counts,
    history_until,
    losing_rates,
    nearness,
    own_variance,
    shared_spread,
    shrunk,
)

SET = "XA_NTM_2021_2025"
SYMBOLS = {"+": MET, "-": NOT_MET, "?": UNKNOWN}


def reports(told: dict[str, list[str | None]], *, first: str = "2022-07-31", **more: object) -> pd.DataFrame:
    """Return rows of projection_reports: a text of '+', '-', '?' for each month of a commune, None without a report."""
    rows = []
    months = pd.date_range(first, periods=max(map(len, told.values())), freq="ME")
    for code, texts in told.items():
        last, text = pd.NaT, "?" * len(next(text for text in texts if text))
        for month, now in zip(months, texts, strict=True):
            if now is not None:
                last, text = month, now
            masks = [sum(1 << number for number, mark in enumerate(text, 1) if mark == symbol) for symbol in "-?"]
            rows.append(
                {
                    "unit_code": code, "valid_from": pd.Timestamp("2000-01-01"), "name": f"Xã {code}",
                    "district_code": code[:1], "district_name": f"Huyện {code[:1]}", "period_end": month,
                    "set_code": SET, "criteria_total": len(text), "unmet_mask": masks[0], "unknown_mask": masks[1],
                    "last_report": last, "standard": "none",
                }
                | more
            )  # fmt: skip
    return pd.DataFrame(rows).astype({"last_report": "datetime64[ns]"})


def end(rows: pd.DataFrame) -> date:
    return rows["period_end"].max().date()


def closings(told: list[str | None]) -> tuple[float, float]:
    rows = reports({"a": told})
    found = history_until(rows, end(rows))
    assert found is not None
    pairs = counts(found, NOT_MET, MET)
    return float(pairs.events.sum()), float(pairs.exposure.sum())


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (["-", "-", "+"], (1, 2)),
        (["+", "+", "+"], (0, 0)),
        (["-", "+", "-", "+"], (2, 2)),
        (["-", "?", "?"], (0, 0)),
        (["-", None, "+"], (1, 2)),
        (["-", "?", "+"], (1, 2)),
        (["-", None, None, None, "+"], (0, 0)),
        (["?", "+", "-"], (0, 0)),
    ],
    ids=[
        "met later",
        "met always",
        "lost and met again",
        "unknown",
        "a month silent",
        "a month unknown",
        "too long silent",
        "begins unknown",
    ],
)
def test_unknown_outcomes_are_neither_at_risk_nor_events(told: list[str | None], expected: tuple[float, float]) -> None:
    assert closings(told) == expected


def test_only_the_set_in_use_and_the_units_in_force_count() -> None:
    old = reports({"a": ["-", "+", "-"]}, first="2022-04-30", set_code="XA_NTM_2016_2020")
    gone = reports({"b": ["-", "+", "+"]}, valid_from=pd.Timestamp("1990-01-01"))
    gone = gone[gone["period_end"] < gone["period_end"].max()]
    rows = pd.concat([old, gone, reports({"a": ["+", "-", "+"]})], ignore_index=True)
    found = history_until(rows, end(rows))
    assert found is not None
    assert found.units["unit_code"].tolist() == ["a"]
    assert found.reported_months == 3
    assert counts(found, NOT_MET, MET).seen == 1
    assert counts(found, MET, NOT_MET).seen == 1


def test_later_months_are_not_looked_at() -> None:
    rows = reports({"a": ["-", "-", "+"]})
    found = history_until(rows, date(2022, 8, 31))
    assert found is not None
    assert counts(found, NOT_MET, MET).seen == 0
    assert found.latest.tolist() == [[NOT_MET]]


def test_few_events_are_drawn_to_the_district_and_the_province() -> None:
    events = np.array([[0.0], [0.0], [6.0], [6.0]])
    exposure = np.full((4, 1), 30.0)
    shape, scale = shrunk(events, exposure, np.array([0, 0, 1, 1]))
    slow, _, fast, _ = (shape / scale)[:, 0]
    assert 0 < slow < 12.5 / 121 < fast < 0.2
    none, lots = (
        shrunk(np.zeros((1, 1)), np.zeros((1, 1)), np.array([0])),
        shrunk(np.full((1, 1), 300.0), np.full((1, 1), 1000.0), np.array([0])),
    )
    assert (lots[0] / lots[1])[0, 0] == pytest.approx(0.3, rel=0.01)
    assert np.isfinite(none[0] / none[1]).all()


def test_communes_near_a_decision_are_a_class_of_their_own() -> None:
    missing, held = np.array([0, 1, 2, 3, 9, 1]), np.array([False, False, False, False, False, True])
    assert nearness(missing, held).tolist() == [1, 1, 2, 3, 3, 0]


def test_what_near_communes_do_faster_is_told_by_the_rates() -> None:
    near = {f"a{number}": ["+-", "++", "++"] for number in range(10)}
    far = {f"b{number}": ["-" * 2] * 3 for number in range(10)}
    rows = reports({**near, **far})
    found = history_until(rows, end(rows))
    assert found is not None
    events, expected = closing_rates(found).nearness
    assert events[1] / expected[1] > 2 > 1 > events[2] / expected[2]
    assert losing_rates(found).seen == 0


def test_half_years_that_differ_widen_what_communes_share() -> None:
    expected = np.full(36, 5.0)
    calm = shared_spread(expected, expected)
    wild = shared_spread(np.repeat([0.0, 10.0, 0.0, 10.0, 0.0, 10.0], 6), expected)
    assert calm < 0.5 < wild


def test_criteria_that_are_met_together_show_as_efforts_of_communes() -> None:
    expected = np.full((40, 12), 0.25)
    together = np.zeros((40, 12))
    together[::4, 3] = 12
    assert own_variance(expected, expected) < 1 < own_variance(together, expected)
