from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from ntm.metrics.share import share
from ntm.metrics.standing import standing_at

MONTH = date(2022, 12, 31)


def month(**values: object) -> pd.DataFrame:
    """Return a row of standing_by_month: Hậu Giang at the end of 2022 unless said otherwise."""
    row = {
        "period_end": pd.Timestamp(MONTH), "set_code": "XA_NTM_2021_2025", "communes": 51, "known_communes": 51,
        "unknown_communes": 0, "not_reporting_communes": 0, "stale_communes": 0, "ntm_communes": 37,
        "nang_cao_communes": 7, "kieu_mau_communes": 0, "criteria_met_mean": 893 / 51, "communes_below_15": 5,
    }  # fmt: skip
    return pd.DataFrame([row | values])


def test_shares_carry_their_numerator_and_denominator() -> None:
    standing = standing_at(month(), MONTH)
    assert standing
    ntm = standing.of_communes["ntm"]
    assert (ntm.numerator, ntm.denominator, ntm.definition) == (37, 51, "share.of_communes")
    assert ntm.pct == pytest.approx(72.549, abs=0.001)
    assert standing.criteria_met_mean == pytest.approx(17.51, abs=0.005)


def test_higher_standards_are_given_over_all_communes_and_over_ntm_communes() -> None:
    """Nine of 51 or nine of 38: the plan of 2022 of Hậu Giang, where the denominator changes the story."""
    standing = standing_at(month(ntm_communes=38, nang_cao_communes=9), MONTH)
    assert standing
    assert standing.of_communes["ntm"].pct == pytest.approx(74.5098, abs=1e-4)
    assert standing.of_communes["nang_cao"].pct == pytest.approx(17.6, abs=0.05)
    assert standing.of_ntm["nang_cao"].pct == pytest.approx(23.7, abs=0.05)


@pytest.mark.parametrize("none", [None, float("nan"), pd.NA])
def test_without_a_list_of_recognitions_standards_are_unknown_and_not_zero(none: object) -> None:
    standing = standing_at(month(ntm_communes=none, nang_cao_communes=none, kieu_mau_communes=none), MONTH)
    assert standing
    assert {item.numerator for item in standing.of_communes.values()} == {None}
    assert {item.pct for item in standing.of_ntm.values()} == {None}
    assert standing.communes == 51


def test_without_a_known_count_mean_and_watch_list_are_unknown() -> None:
    standing = standing_at(month(criteria_met_mean=None, communes_below_15=None, known_communes=0), MONTH)
    assert standing
    assert standing.criteria_met_mean is None
    assert standing.communes_below_15 is None


def test_no_commune_of_ntm_makes_no_share_of_them() -> None:
    standing = standing_at(month(ntm_communes=0, nang_cao_communes=0, kieu_mau_communes=0), MONTH)
    assert standing
    assert standing.of_communes["ntm"].pct == 0
    assert standing.of_ntm["nang_cao"].pct is None


def test_a_month_that_is_not_there_has_no_standing() -> None:
    assert standing_at(month(), date(2022, 11, 30)) is None
    assert standing_at(month().head(0), MONTH) is None


def test_the_frame_is_left_as_it_was() -> None:
    frame = month()
    before = frame.copy(deep=True)
    standing_at(frame, MONTH)
    pd.testing.assert_frame_equal(frame, before)


@pytest.mark.parametrize(
    ("numerator", "denominator", "pct"),
    [(37, 51, 72.549), (0, 51, 0), (None, 51, None), (37, None, None), (0, 0, None)],
)
def test_a_share_without_both_its_parts_is_none(
    numerator: float | None, denominator: float | None, pct: float | None
) -> None:
    found = share(numerator, denominator, "share.of_communes").pct
    assert found == (None if pct is None else pytest.approx(pct, abs=0.001))
