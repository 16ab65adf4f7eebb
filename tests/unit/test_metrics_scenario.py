"""What a scenario changes: closing recognises nobody, the unknown stays unknown, delays and other targets count."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from ntm.errors import NtmError
from ntm.metrics.scenario import Scenario, TargetChange, from_content, lacking, near_closures, to_content
from ntm.metrics.scenario_effects import Effects, effects
from ntm.warehouse import Snapshot, current_path

MONTH = date(2025, 6, 30)
TOTAL = 19


def outcomes(**communes: tuple[str, str, str]) -> pd.DataFrame:
    """Return rows of commune_outcomes: name -> (district, standard, letters m, n, u; the rest is met)."""
    words = {"m": "met", "n": "not_met", "u": "unknown"}
    return pd.DataFrame(
        [
            {
                "unit_code": name, "name": f"Xã {name}",
                "district_code": district, "district_name": f"Huyện {district}",
                "standard": standard, "criterion_no": str(number + 1),
                "outcome": words[(letters + "m" * TOTAL)[number]],
            }
            for name, (district, standard, letters) in communes.items()
            for number in range(TOTAL)
        ]
    )  # fmt: skip


def target(metric: str = "ntm_communes", value: float = 3, **values: Any) -> dict[str, Any]:
    return {
        "target_id": metric, "metric": metric, "comparison": ">=", "value": value, "kind": "firm",
        "due_date": pd.Timestamp("2025-12-31"),
    } | values  # fmt: skip


def plans(*rows: tuple[str, str, int, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["unit_code", "standard", "target_year", "kind"])


def run(rows: pd.DataFrame, scenario: Scenario, *targets: dict[str, Any], **values: Any) -> Effects:
    frame = pd.DataFrame(targets or [target()])
    options: dict[str, Any] = {"plans": plans(), "month": MONTH} | values
    return effects(rows, scenario, targets=frame, **options)


FOUR = outcomes(
    a=("1", "ntm", ""), b=("1", "none", "n"), c=("2", "none", "nnnnn"), d=("2", "none", "u"),
)  # fmt: skip
CLOSE_B = Scenario(closures=(("b", "1"),))


def test_closing_the_last_criterion_makes_a_commune_wait_and_recognises_nobody() -> None:
    found = run(FOUR, CLOSE_B)
    assert (found.before.full, found.after.full) == (1, 2)
    assert (found.before.waiting, found.after.waiting) == (0, 1)
    assert (found.before.ntm, found.after.ntm) == (1, 1)
    (row,) = found.targets.to_dict("records")
    assert (row["actual_after"], row["gap_after"], row["status_after"]) == (1, 2, "open")
    assert (row["possible_before"], row["possible_after"]) == (1, 2)
    assert found.communes[["unit_code", "closed", "met_before", "met_after", "is_waiting"]].values.tolist() == [
        ["b", 1, 18, 19, True]
    ]


def test_the_mean_and_the_bands_are_of_communes_that_tell_all_criteria() -> None:
    found = run(FOUR, CLOSE_B)
    assert (found.before.communes, found.before.known) == (4, 3)
    assert found.before.mean == pytest.approx((19 + 18 + 14) / 3)
    assert found.after.mean == pytest.approx((19 + 19 + 14) / 3)
    assert (found.after.below_15, found.after.lowest) == (1, 14)


def test_the_unknown_is_known_only_when_the_scenario_closes_it() -> None:
    found = run(FOUR, Scenario(closures=(("d", "1"),)))
    assert (found.before.known, found.after.known) == (3, 4)
    assert found.after.waiting == 1
    assert pd.isna(found.communes["met_before"].iloc[0])


def test_a_count_whose_standards_are_unknown_stays_unknown() -> None:
    found = run(outcomes(a=("1", "unknown", ""), b=("1", "none", "n")), CLOSE_B)
    assert (found.after.ntm, found.after.waiting, found.after.without_ntm) == (None, None, None)
    assert found.targets["status_after"].iloc[0] == "unknown"
    assert found.districts["ntm_after"].isna().all()


def test_communes_without_any_report_have_no_figures_of_criteria() -> None:
    found = run(outcomes(a=("1", "none", "u" * TOTAL)), Scenario())
    assert (found.after.full, found.after.mean, found.after.below_15) == (None, None, None)


def test_below_15_says_nothing_of_a_set_of_another_size() -> None:
    rows = FOUR[FOUR["criterion_no"].isin(["1", "2"])]
    assert run(rows, CLOSE_B).after.below_15 is None


def test_closures_that_change_nothing_are_told_apart() -> None:
    scenario = Scenario(closures=(("b", "1"), ("b", "1"), ("a", "1"), ("gone", "1"), ("b", "99")))
    found = run(FOUR, scenario)
    assert found.closures == (("b", "1"),)
    assert found.idle == (("a", "1"), ("gone", "1"), ("b", "99"))


def test_need_of_money_is_summed_where_it_is_known_and_the_others_are_counted() -> None:
    scenario = Scenario(closures=(("b", "1"), ("c", "1"), ("c", "2"), ("a", "1")))
    costs = {("b", "1"): Decimal("0.1"), ("c", "1"): Decimal("0.2"), ("a", "1"): Decimal(99)}
    found = run(FOUR, scenario, costs=costs)
    assert (found.cost, found.uncosted) == (Decimal("0.3"), 1)
    assert run(FOUR, scenario).uncosted == 3


def test_a_withdrawn_commune_holds_nothing_and_does_not_wait() -> None:
    found = run(FOUR, Scenario(withdrawn=("a", "b")))
    assert (found.after.ntm, found.after.waiting) == (0, 0)
    assert (found.before.without_ntm, found.after.without_ntm) == (1, 2)
    assert found.targets["possible_after"].iloc[0] == 0


@pytest.mark.parametrize(
    ("plan", "delay", "possible"),
    [
        ((), (), 1),
        ((("c", "ntm", 2025, "firm"),), (), 2),
        ((("c", "ntm", 2025, "stretch"),), (), 1),
        ((("c", "ntm", 2024, "firm"),), (), 1),
        ((("c", "ntm", 2026, "firm"),), (), 1),
        ((("c", "ntm", 2025, "firm"),), (("c", 1),), 1),
        ((("c", "nang_cao", 2025, "firm"),), (), 1),
    ],
)
def test_who_a_firm_plan_names_for_a_day_to_come_counts_as_possible_unless_late(
    plan: tuple[tuple[str, str, int, str], ...], delay: tuple[tuple[str, int], ...], possible: int
) -> None:
    found = run(FOUR, Scenario(delays=delay), plans=plans(*plan))
    assert found.targets["possible_after"].iloc[0] == possible


def test_a_delay_that_ends_before_the_due_date_changes_nothing() -> None:
    late = Scenario(closures=CLOSE_B.closures, delays=(("b", 12),))
    due = target(due_date=pd.Timestamp("2026-12-31"))
    assert run(FOUR, late, due).targets["possible_after"].iloc[0] == 2
    assert run(FOUR, late).targets["possible_after"].iloc[0] == 1


def test_another_value_or_due_date_changes_gap_and_status() -> None:
    past = target(due_date=pd.Timestamp("2024-12-31"))
    assert len(run(FOUR, Scenario(), past).targets) == 0
    later = Scenario(targets=(TargetChange("ntm_communes", 1.0, date(2025, 12, 31)),))
    (row,) = run(FOUR, later, past).targets.to_dict("records")
    assert (row["status_before"], row["status_after"], row["gap_before"], row["gap_after"]) == (
        "missed",
        "reached",
        2,
        0,
    )


@pytest.mark.parametrize(
    ("values", "before", "after"),
    [
        ({"metric": "criteria_met_mean", "value": 17.3}, "open", "reached"),
        ({"metric": "communes_below_15", "comparison": "<=", "value": 0}, "open", "open"),
        ({"metric": "criteria_met_min", "value": 14}, "reached", "reached"),
    ],
)
def test_targets_on_criteria_move_with_closures(values: dict[str, Any], before: str, after: str) -> None:
    (row,) = run(FOUR, CLOSE_B, target(**values)).targets.to_dict("records")
    assert (row["status_before"], row["status_after"]) == (before, after)


def test_targets_that_criteria_cannot_change_are_left_out() -> None:
    assert len(run(FOUR, CLOSE_B, target("ocop_products_new")).targets) == 0


def test_districts_are_told_before_and_after_with_the_weights() -> None:
    found = run(FOUR, Scenario(closures=(("c", "1"),), weights=(("1", 3.0),)))
    rows = found.districts.set_index("unit_code")
    assert list(rows.loc["2", ["communes", "known_before", "met_sum_before", "met_sum_after"]]) == [2, 1, 14, 15]
    assert rows.loc["2", "score_before"] == pytest.approx(14 / 21)
    assert rows.loc["2", "score_after"] == pytest.approx(17 / 21)
    assert list(rows["ntm_after"]) == [1, 0]


def test_presets_close_what_near_communes_lack_and_leave_out_who_does_not_tell() -> None:
    table = lacking(FOUR)
    assert list(table["unit_code"]) == ["d", "b", "c"]
    assert near_closures(table, 4) == (("b", "1"),)
    assert near_closures(table, 5, ["1", "3"]) == (("b", "1"), ("c", "1"), ("c", "3"))


def test_a_scenario_is_the_same_after_it_was_saved() -> None:
    scenario = Scenario(
        (("b", "1"),),
        (("c", 6),),
        ("a",),
        (TargetChange("x", 2.5, date(2026, 1, 31)), TargetChange("y")),
        (("2", 3.0),),
    )
    assert from_content(to_content(scenario)) == scenario


@pytest.mark.parametrize(
    "change",
    [{"closures": [["a"]]}, {"closures": [[1, 2]]}, {"closures": "ab"}, {"delays": [["a", -1]]},
     {"delays": [["a", 10**9]]}, {"weights": [["1", "x"]]}, {"weights": [["1", -1]]},
     {"targets": [["x", None, "soon"]]}, {"withdrawn": None}],
)  # fmt: skip
def test_content_of_another_shape_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(NtmError):
        from_content(to_content(Scenario()) | change)


def test_figures_of_today_are_those_of_the_marts(sample_warehouse: Path) -> None:
    snapshot = Snapshot(current_path(sample_warehouse))
    for month in (date(2022, 6, 30), date(2022, 12, 31), date(2025, 6, 30)):
        rows = snapshot.read("commune_outcomes", province="93", district=None, month=month)
        targets = snapshot.read("targets", unit="93", month=month)
        named = snapshot.read("target_units", province="93", month=month)
        found = effects(rows, Scenario(), targets=targets, plans=named, month=month)
        mart = snapshot.read("standing_by_month", unit="93").set_index("period_end").loc[pd.Timestamp(month)].to_dict()
        assert found.before == found.after
        plain = found.before.plain()
        told = ("communes", "ntm", "nang_cao", "kieu_mau", "below_15", "mean", "known")
        columns = ("communes", "ntm_communes", "nang_cao_communes", "kieu_mau_communes", "communes_below_15",
                   "criteria_met_mean", "known_communes")  # fmt: skip
        assert [plain[name] for name in told] == [pytest.approx(float(mart[name])) for name in columns]
        assert len(found.targets) > 0
        assert list(found.targets["actual_before"]) == pytest.approx(list(found.targets["actual"]))
        assert list(found.targets["gap_before"]) == pytest.approx(list(found.targets["gap"].clip(lower=0)))
