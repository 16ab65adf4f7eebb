"""What stands behind a unit of today: classes of its old communes, and sums that agree with what there was before."""

from __future__ import annotations

import pandas as pd
import pytest

from ntm.metrics.reform import CLASSES, new_units, reconcile, reform_day, reform_documents
from ntm.settings import ROOT


def part(
    new: str | None, old: str, standard: str | None = "ntm", kind: str = "xã", **values: object
) -> dict[str, object]:
    return {
        "new_code": new, "new_name": new and f"Xã {new}", "old_code": old, "old_name": f"Xã {old}", "old_kind": kind,
        "is_rural_commune": kind == "xã", "district_name": "Huyện Hai", "province_code": "93",
        "province_name": "Tỉnh Hậu Giang", "is_outside": False, "is_partial": False,
        "standard": standard if kind == "xã" else None,
    } | values  # fmt: skip


def frame(*rows: dict[str, object]) -> pd.DataFrame:
    return pd.DataFrame(list(rows))


def class_of(*rows: dict[str, object]) -> str:
    (row,) = new_units(frame(*rows)).to_dict("records")
    return str(row["class_key"])


def before(parts: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return what commune_units and communes tell of the old units of the parts."""
    own = parts[~parts["is_outside"]].drop_duplicates("old_code").rename(columns={"old_code": "unit_code"})
    return own, own[own["is_rural_commune"]]


@pytest.mark.parametrize(
    ("standards", "expected"),
    [
        (["kieu_mau", "kieu_mau"], "all_kieu_mau"),
        (["kieu_mau", "nang_cao"], "all_nang_cao"),
        (["kieu_mau", "ntm", "nang_cao"], "all_ntm"),
        (["kieu_mau", "none"], "some"),
        (["none", "none"], "none"),
        (["ntm"], "all_ntm"),
    ],
)
def test_the_class_is_the_lowest_standard_that_all_old_communes_hold_and_no_mean(
    standards: list[str], expected: str
) -> None:
    assert class_of(*(part("1", f"a{number}", standard) for number, standard in enumerate(standards))) == expected


@pytest.mark.parametrize("unknown", ["unknown", None])
@pytest.mark.parametrize("other", ["kieu_mau", "none"])
def test_one_unknown_commune_makes_the_whole_unknown(unknown: str | None, other: str) -> None:
    assert class_of(part("1", "a", other), part("1", "b", unknown)) == "unknown"


def test_wards_and_townships_neither_raise_nor_lower_a_class_and_have_their_own() -> None:
    township = part("1", "c", kind="thị trấn")
    assert class_of(part("1", "a", "nang_cao"), township) == "all_nang_cao"
    assert class_of(part("1", "a", "none"), township) == "none"
    assert class_of(township, part("1", "d", kind="phường")) == "no_rural"


def test_parts_are_counted_by_what_they_are() -> None:
    (row,) = new_units(
        frame(
            part("1", "a", is_partial=True),
            part("1", "b", "unknown"),
            part("1", "c", kind="thị trấn"),
            part("1", "d", None, is_outside=True, province_name="Tỉnh Khác"),
            part(None, "e"),
        )
    ).to_dict("records")
    assert row == {
        "new_code": "1", "class_key": "unknown", "parts": 4, "rural_parts": 3, "unknown_parts": 2,
        "divided_parts": 1, "outside_parts": 1,
    }  # fmt: skip


def test_a_divided_commune_is_counted_once_and_named_with_all_that_it_went_into() -> None:
    parts = frame(
        part("1", "a"), part("1", "b", "nang_cao", is_partial=True), part("2", "b", "nang_cao", is_partial=True),
        part("2", "c", "none"),
    )  # fmt: skip
    found = reconcile(*before(parts), parts)
    assert (found.old_units, found.whole, len(found.divided), found.unknown) == (3, 2, 1, ())
    assert (found.divided[0].name, found.divided[0].into) == ("Xã b (Huyện Hai)", ("Xã 1", "Xã 2"))
    sums = found.standings.set_index("standing")
    assert list(sums.loc["nang_cao"]) == [1, 2, 1, 0, 0]
    assert list(sums.loc["total"]) == [3, 4, 1, 0, 0]
    assert found.is_exact


def test_a_commune_of_which_only_a_part_is_known_to_have_gone_somewhere_is_not_whole() -> None:
    parts = frame(part("1", "a", is_partial=True))
    assert (reconcile(*before(parts), parts).whole, len(reconcile(*before(parts), parts).divided)) == (0, 1)


def test_a_commune_without_a_known_new_unit_is_named_and_still_in_the_sum() -> None:
    parts = frame(part("1", "a"), part(None, "b", "none"), part(None, "c", kind="phường"))
    found = reconcile(*before(parts), parts)
    assert found.unknown == ("Xã b (Huyện Hai)", "Xã c (Huyện Hai)")
    sums = found.standings.set_index("standing")
    assert (sums.loc["none", "unknown_successor"], sums.loc["not_rural", "unknown_successor"]) == (1, 1)
    assert found.is_exact


def test_parts_from_other_provinces_are_named_and_not_in_the_sum() -> None:
    parts = frame(part("1", "a"), part("1", "z", None, is_outside=True, province_name="Tỉnh Khác"))
    found = reconcile(*before(parts), parts)
    assert found.outside == ("Xã z (Tỉnh Khác)",)
    assert (found.old_units, found.is_exact) == (1, True)


@pytest.mark.parametrize("wrong", [{"standard": "none"}, {"is_rural_commune": False}])
def test_a_standing_that_is_another_among_the_parts_shows_as_a_difference(wrong: dict[str, object]) -> None:
    parts = frame(part("1", "a"), part("1", "b"))
    changed = frame(part("1", "a"), part("1", "b", **wrong))
    found = reconcile(*before(parts), changed)
    assert not found.is_exact
    assert found.standings.set_index("standing").loc["ntm", "difference"] == 1


def test_an_old_unit_that_is_no_part_of_anything_shows_as_a_difference() -> None:
    parts = frame(part("1", "a"), part("1", "b"))
    assert not reconcile(*before(parts), parts.head(1)).is_exact


def test_a_province_without_old_units_has_nothing_to_reconcile() -> None:
    parts = frame(part("1", "a")).head(0)
    found = reconcile(*before(parts), parts)
    assert (found.old_units, found.new_units, found.is_exact) == (0, 0, True)
    assert len(new_units(parts)) == 0


def test_documents_of_a_province_are_those_of_all_and_its_own_and_say_how_far_they_are_known() -> None:
    everywhere, there = reform_documents("38"), reform_documents("92")
    assert {document.number for document in there} - {document.number for document in everywhere} == {
        "1668/NQ-UBTVQH15"
    }
    known = {"verbatim", "secondary", "unverified"}
    assert {document.confidence for document in there} <= known
    assert all(document.source for document in there)


def test_the_first_day_is_that_of_the_register() -> None:
    rows = pd.read_csv(ROOT / "data" / "reference" / "unit_changes.csv", dtype=str)
    assert set(rows["change_date"]) == {reform_day().isoformat()}
    assert len(CLASSES) == len(set(CLASSES))
