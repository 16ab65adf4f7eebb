from __future__ import annotations

import pandas as pd

from ntm.metrics.arrears import Arrears, arrears_of
from ntm.metrics.binding import binding_criteria


def criteria(**outcomes: str) -> pd.DataFrame:
    """Return rows of district_criteria: commune -> the outcomes of criteria 1, 2, … as m, n or u."""
    words = {"m": "met", "n": "not_met", "u": "unknown"}
    return pd.DataFrame(
        [
            {
                "unit_code": unit, "criterion_no": str(number), "name_vi": f"Tiêu chí {number}",
                "name_en": f"Criterion {number}", "lead_agency": None, "outcome": words[letter],
            }
            for unit, letters in outcomes.items()
            for number, letter in enumerate(letters, start=1)
        ]
    )  # fmt: skip


def test_criteria_that_most_communes_miss_come_first_and_those_that_all_meet_are_left_out() -> None:
    table = binding_criteria(criteria(a="mnnu", b="mnmm", c="mnmm"))
    assert table[["criterion_no", "not_met", "unknown", "communes"]].to_numpy().tolist() == [
        ["2", 3, 0, 3], ["3", 1, 0, 3], ["4", 0, 1, 3],
    ]  # fmt: skip


def test_where_all_is_met_nothing_binds() -> None:
    assert not len(binding_criteria(criteria(a="mm", b="mm")))


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
