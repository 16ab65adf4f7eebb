"""Ranking: ties kept, the unknown apart with its reason, improvement within one criteria set, scores by weights."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from ntm.metrics.ranking import (
    ALONE,
    CHANGE,
    FEW_KNOWN,
    MEASURES,
    NO_BASE,
    NO_REPORT,
    NO_THEN,
    OTHER_CUTOFF,
    STALE,
    close_pairs,
    groups,
    rank,
    ranked,
    rules,
    score,
    with_money,
)

MEAN, NTM, NANG_CAO = (MEASURES["district"][key] for key in ("mean", "ntm", "nang_cao"))
CRITERIA = MEASURES["commune"]["criteria"]


def districts(*rows: dict[str, object]) -> pd.DataFrame:
    """Districts of five communes that report in time, with what each row says otherwise."""
    common = {
        "kind": "huyện", "communes": 5, "criteria_total": 19, "known_communes": 5, "ntm_communes": 3,
        "nang_cao_communes": 1, "criteria_met_sum": 90, "communes_below_15": 0, "then_communes": 5,
        "then_known_communes": 5, "then_ntm_communes": 2, "then_nang_cao_communes": 0, "then_criteria_met_sum": 85,
        "then_communes_below_15": 1,
    }  # fmt: skip
    return pd.DataFrame(
        [{**common, "unit_code": str(number), "name": f"H{number}", **row} for number, row in enumerate(rows, 1)]
    )


def communes(*rows: dict[str, object]) -> pd.DataFrame:
    common = {
        "district_name": "A", "kind": "huyện", "criteria_total": 19, "criteria_met": 15.0, "is_stale": False,
        "last_report": pd.Timestamp("2025-06-30"), "then_criteria_met": 14.0, "then_is_stale": False,
    }  # fmt: skip
    return pd.DataFrame(
        [{**common, "unit_code": str(number), "name": f"X{number}", **row} for number, row in enumerate(rows, 1)]
    )


def together(rows: pd.DataFrame) -> pd.Series:
    return groups(rows, "district", None)


def test_equal_values_share_a_rank_and_the_next_are_skipped() -> None:
    found = rank(pd.Series([18.0, 19.0, 18.0, np.nan, 17.0], index=list("abcde")))
    assert found["rank"].tolist()[:3] == [2, 1, 2]
    assert found["rank"]["e"] == 4
    assert pd.isna(found["rank"]["d"])
    assert found["is_tied"].tolist() == [True, False, True, False, False]


def test_the_lowest_is_first_where_lower_is_better() -> None:
    assert rank(pd.Series([3.0, 0.0, 1.0]), higher_is_better=False)["rank"].tolist() == [3, 1, 2]


def test_values_that_only_arithmetic_tells_apart_are_ties() -> None:
    assert rank(pd.Series([0.1 + 0.2, 0.3]))["rank"].tolist() == [1, 1]


def test_ranks_are_within_each_group() -> None:
    found = rank(pd.Series([5.0, 4.0, 3.0]), group=pd.Series(["a", "b", "b"]))
    assert found["rank"].tolist() == [1, 1, 2]
    assert not found["is_tied"].any()


def test_a_mean_is_over_known_communes_and_its_rank_moves_against_then() -> None:
    rows = districts({"criteria_met_sum": 95}, {"criteria_met_sum": 90, "then_criteria_met_sum": 92})
    table = ranked(rows, MEAN, together(rows)).set_index("name")
    assert table["value"].to_dict() == {"H1": 19, "H2": 18}
    assert table["rank"].tolist() == [1, 2]
    assert table["then_rank"].to_dict() == {"H1": 2, "H2": 1}
    assert table["moved"].to_dict() == {"H1": 1, "H2": -1}
    assert table["change"].round(6).to_dict() == {"H1": 2.0, "H2": -0.4}


@pytest.mark.parametrize(
    ("row", "measure", "why"),
    [
        ({"known_communes": 0, "criteria_met_sum": None}, MEAN, NO_REPORT),
        ({"known_communes": 2, "criteria_met_sum": 38}, MEAN, FEW_KNOWN),
        ({"ntm_communes": 0, "nang_cao_communes": 0}, NANG_CAO, NO_BASE),
    ],
)
def test_who_cannot_be_compared_has_no_rank_and_a_reason(row: dict[str, object], measure: object, why: str) -> None:
    rows = districts({}, {}, row)
    table = ranked(rows, measure, together(rows)).set_index("name")  # type: ignore[arg-type]
    assert pd.isna(table["rank"]["H3"])
    assert table["why"]["H3"] == why
    assert table.index[-1] == "H3"
    assert table["peers"].iloc[0] == 2


def test_half_of_the_communes_known_is_enough() -> None:
    assert rules()["known"]["at_least_pct"] == 50
    rows = districts({"communes": 4, "known_communes": 2, "criteria_met_sum": 30}, {})
    assert ranked(rows, MEAN, together(rows))["rank"].notna().all()


def test_the_unknown_standing_has_no_rank_and_is_never_zero() -> None:
    rows = districts({"ntm_communes": None}, {}, {"ntm_communes": 0})
    table = ranked(rows, NTM, together(rows)).set_index("name")
    assert pd.isna(table["rank"]["H1"])
    assert table["rank"]["H3"] == 2


def test_across_a_change_of_the_set_no_improvement_is_told() -> None:
    """The query leaves the columns of then empty where the set is another."""
    rows = districts({}, {}, {"then_criteria_met_sum": None, "then_known_communes": None, "then_communes": None})
    table = ranked(rows, MEAN, together(rows)).set_index("name")
    assert pd.isna(table["change"]["H3"])
    assert pd.isna(table["moved"]["H3"])
    assert table["rank"]["H3"] == 1
    improved = ranked(rows, MEAN, together(rows), by=CHANGE).set_index("name")
    assert improved["why"]["H3"] == NO_THEN
    assert improved["rank"]["H1"] == 1


def test_late_and_silent_communes_stand_apart() -> None:
    rows = communes({}, {}, {"is_stale": True}, {"last_report": pd.NaT, "criteria_met": None}, {"then_is_stale": True})
    table = ranked(rows, CRITERIA, groups(rows, "commune", None)).set_index("name")
    assert table["why"].dropna().to_dict() == {"X3": STALE, "X4": NO_REPORT}
    assert table["rank"]["X5"] == 1
    assert pd.isna(table["change"]["X5"])


def test_money_is_compared_at_one_cut_off_alone() -> None:
    rows = districts({}, {}, {}, {})
    paid = pd.DataFrame(
        {
            "unit_code": list("1234"), "allocated": [100.0, 50.0, 80.0, None], "disbursed": [40.0, 30.0, 80.0, None],
            "period_end": [*pd.to_datetime(["2025-06-30", "2025-06-30", "2025-03-31"]), pd.NaT],
        }
    )  # fmt: skip
    table = ranked(with_money(rows, paid), MEASURES["district"]["money"], together(rows)).set_index("name")
    assert table["rank"].dropna().to_dict() == {"H2": 1, "H1": 2}
    assert table["why"].dropna().to_dict() == {"H3": OTHER_CUTOFF, "H4": NO_REPORT}
    assert table["change"].isna().all()


def test_peer_groups_follow_the_rules_and_one_alone_has_no_rank() -> None:
    rows = districts({}, {}, {"kind": "thị xã"}, {"communes": 12})
    assert groups(rows, "district", "kind").tolist() == ["rural", "rural", "urban", "rural"]
    assert groups(rows, "district", "size").tolist() == ["small", "small", "small", "large"]
    table = ranked(rows, NTM, groups(rows, "district", "kind")).set_index("name")
    assert table["why"]["H3"] == ALONE
    assert pd.isna(table["rank"]["H3"])


def test_every_peer_rule_has_its_source_and_reason() -> None:
    for level in rules()["peers"].values():
        for rule in level.values():
            assert rule["source"]
            assert rule["reason"]


def test_neighbours_one_criterion_of_one_commune_apart_are_close() -> None:
    rows = districts({"criteria_met_sum": 90}, {"criteria_met_sum": 89}, {"criteria_met_sum": 80})
    pairs = close_pairs(ranked(rows, MEAN, together(rows)))
    assert pairs[["name", "next_name"]].values.tolist() == [["H1", "H2"]]
    assert pairs["step"].round(3).tolist() == [0.2]


def test_a_score_is_the_mean_of_its_parts_by_the_weights_given() -> None:
    rows = districts({"communes_below_15": 1, "ntm_communes": 5}, {"ntm_communes": None}, {"ntm_communes": 1})
    table = score(rows, {"ntm": 60, "below_15": 40, "mean": 0}).set_index("name")
    assert table["score"]["H1"] == pytest.approx(0.6 * 100 + 0.4 * 80)
    assert "mean" not in table
    assert table["missing"]["H2"] == ("ntm",)
    assert pd.isna(table["rank"]["H2"])
    assert table["rank"].dropna().to_dict() == {"H1": 1, "H3": 2}


def test_points_are_of_what_is_possible_and_not_of_who_else_is_there() -> None:
    pair, alone = districts({"criteria_met_sum": 95}, {"criteria_met_sum": 38}), districts({"criteria_met_sum": 38})
    of_pair = score(pair, {"mean": 1}).set_index("name")["score"]
    assert of_pair["H1"] == pytest.approx(100)
    assert of_pair["H2"] == pytest.approx(score(alone, {"mean": 1})["score"].iloc[0])


def test_without_a_weight_there_is_no_score() -> None:
    with pytest.raises(ValueError, match="weight"):
        score(districts({}), {"ntm": 0})


def test_the_frame_is_left_as_it_was() -> None:
    rows = districts({}, {"ntm_communes": None})
    before = rows.copy(deep=True)
    ranked(rows, MEAN, together(rows))
    score(rows, {"mean": 1})
    pd.testing.assert_frame_equal(rows, before)
