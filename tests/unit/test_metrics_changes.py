from __future__ import annotations

import pandas as pd
import pytest

from ntm.metrics.changes import Changes, changes

NOTHING = {"ntm": (), "nang_cao": (), "kieu_mau": ()}


def commune(name: str = "Xã Một", before: str = "none", now: str = "none", **values: object) -> dict[str, object]:
    return {
        "name": name, "standard_before": before, "standard": now, "criteria_change": 0, "is_other_set": False,
    } | values  # fmt: skip


def changed(*rows: dict[str, object]) -> Changes:
    return changes(pd.DataFrame(rows))


def test_reaching_a_higher_standard_reaches_those_below_that_were_not_held() -> None:
    found = changed(commune("A", "none", "nang_cao"), commune("B", "ntm", "nang_cao"), commune("C", "ntm", "ntm"))
    assert found.reached == {"ntm": ("A",), "nang_cao": ("A", "B"), "kieu_mau": ()}
    assert found.lost == NOTHING


def test_a_revoked_standard_is_lost() -> None:
    found = changed(commune("A", "kieu_mau", "ntm"), commune("B", "ntm", "none"))
    assert found.lost == {"ntm": ("B",), "nang_cao": ("A",), "kieu_mau": ("A",)}
    assert found.reached == NOTHING


@pytest.mark.parametrize(("before", "now"), [("unknown", "ntm"), ("ntm", "unknown"), ("unknown", "unknown")])
def test_what_was_or_is_unknown_is_neither_reached_nor_lost(before: str, now: str) -> None:
    assert changed(commune("A", before, now)).is_empty


def test_more_and_fewer_criteria_are_told_apart_and_an_unknown_change_is_none() -> None:
    found = changed(
        commune("A", criteria_change=2),
        commune("B", criteria_change=-1),
        commune("C", criteria_change=0),
        commune("D", criteria_change=None),
    )
    assert (found.better, found.worse) == (("A",), ("B",))


def test_another_criteria_set_is_said_and_compares_nothing() -> None:
    found = changed(*(commune(name, criteria_change=None, is_other_set=True) for name in "AB"))
    assert found.is_other_set
    assert found.is_empty


def test_a_set_that_was_unknown_before_is_not_another_set() -> None:
    assert not changed(commune("A", is_other_set=None)).is_other_set


def test_no_communes_make_no_changes() -> None:
    assert changes(pd.DataFrame([commune()]).head(0)).is_empty


def test_the_frame_is_left_as_it_was() -> None:
    frame = pd.DataFrame([commune("A", "none", "ntm", criteria_change=None), commune("B")])
    before = frame.copy(deep=True)
    changes(frame)
    pd.testing.assert_frame_equal(frame, before)
