from __future__ import annotations

import pandas as pd

from ntm.metrics.arrears import Arrears, arrears_of
from ntm.metrics.binding import binding_criteria, communes_away, released_by_one, released_together
from ntm.metrics.outcomes import met_share, outcome_table
from tests.unit.outcome_rows import outcome_rows


def test_criteria_that_most_communes_miss_come_first_and_those_that_all_meet_are_left_out() -> None:
    table = binding_criteria(outcome_rows(a="mnnu", b="mnmm", c="mnmm"))
    assert table[["criterion_no", "not_met", "unknown", "communes"]].to_numpy().tolist() == [
        ["2", 3, 0, 3], ["3", 1, 0, 3], ["4", 0, 1, 3],
    ]  # fmt: skip


def test_where_all_is_met_nothing_binds() -> None:
    assert not len(binding_criteria(outcome_rows(a="mm", b="mm")))


def arrears(*owed: tuple[str | None, float], told_until: str | None = "2025-06-30") -> pd.DataFrame:
    rows = owed or ((None, None),)
    table = pd.DataFrame(rows, columns=["work", "amount_vnd_million"])
    return table.assign(told_until=pd.to_datetime(told_until))


def test_works_are_added_and_a_stated_total_is_not_added_to_them() -> None:
    day = pd.Timestamp("2025-06-30").date()
    assert arrears_of(arrears(("Đường", 100.0), ("Trường", 50.0))) == Arrears(day, 150.0, 2)
    assert arrears_of(arrears((None, 160.0), ("Đường", 100.0))) == Arrears(day, 160.0, 1)


def test_a_list_without_the_unit_tells_that_it_owes_nothing_and_no_list_tells_nothing() -> None:
    named_nothing = arrears_of(arrears())
    assert named_nothing is not None
    assert named_nothing.amount == 0
    assert arrears_of(arrears(told_until=None)) is None


class TestCommunesNearTheGoal:
    TABLE = outcome_table(
        outcome_rows(
            done="mmmm", one="nmmm", other="nmmm", two="nnmm", three="mnnn", four="nnnn", unsure="nmmu", silent="uuuu"
        )
    )
    AWAY = communes_away(TABLE)

    def test_those_who_miss_one_to_three_are_near_and_those_who_miss_more_or_nothing_are_not(self) -> None:
        sure = self.AWAY[self.AWAY["is_sure"]]
        assert dict(zip(sure["unit_code"], sure["unmet"], strict=True)) == {
            "one": ("1",), "other": ("1",), "two": ("1", "2"), "three": ("2", "3", "4"),
        }  # fmt: skip

    def test_who_does_not_tell_everything_is_listed_apart_and_counted_nowhere_as_near(self) -> None:
        unsure = self.AWAY[~self.AWAY["is_sure"]]
        assert dict(zip(unsure["unit_code"], unsure["untold"], strict=True)) == {
            "unsure": ("4",), "silent": ("1", "2", "3", "4"),
        }  # fmt: skip
        table = released_by_one(self.AWAY, self.TABLE.criteria).set_index("criterion_no")
        counts = table[["alone", "with_one", "with_two", "blocked", "unsure"]].loc["1"]
        assert list(counts) == [2, 1, 0, 3, 2]
        assert table.loc["1", "names"] == "Xã one, Xã other"

    def test_a_criterion_releases_alone_only_those_who_miss_nothing_else(self) -> None:
        table = released_by_one(self.AWAY, self.TABLE.criteria)
        assert table["criterion_no"].to_list() == ["1", "2", "4", "3"]
        assert table["alone"].to_list() == [2, 0, 0, 0]

    def test_criteria_together_release_those_too_who_miss_a_part_of_them(self) -> None:
        table = released_together(self.AWAY)
        found = dict(zip(table["unmet"], zip(table["exactly"], table["released"], strict=True), strict=True))
        assert found == {("1",): (2, 2), ("1", "2"): (1, 3), ("2", "3", "4"): (1, 1)}
        assert table["released"].to_list() == [3, 2, 1]

    def test_the_table_counts_both_ways_and_a_missing_row_is_unknown(self) -> None:
        rows = outcome_rows(a="mn", b="mu")
        table = outcome_table(rows[~((rows["unit_code"] == "a") & (rows["criterion_no"] == "2"))])
        assert table.units[["met", "not_met", "unknown"]].to_numpy().tolist() == [[1, 0, 1], [1, 0, 1]]
        assert table.criteria[["met", "not_met", "unknown"]].to_numpy().tolist() == [[2, 0, 0], [0, 0, 2]]
        assert met_share(0, 0).pct is None
        only = table.of(table.units["unit_code"] == "b")
        assert only.criteria["met"].to_list() == [1, 0]
