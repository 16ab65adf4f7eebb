"""The register finds a unit by name or code within its validity, and says so when there is none or several."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ntm.geo.units import Register, Unit, read_register

BEFORE, AFTER = date(2025, 6, 30), date(2025, 7, 1)


@pytest.fixture(scope="module")
def register(root: Path) -> Register:
    return read_register(root / "data" / "reference" / "units.csv")


def unit(code: str, name: str, valid_from: date = date(2021, 11, 1), valid_to: date | None = None) -> Unit:
    kind, _, short = name.partition(" ")
    return Unit(code, "commune", kind.lower(), name, short, "001", "01", kind == "Xã", valid_from, valid_to)


def test_hau_giang_has_51_rural_communes_in_8_districts(register: Register) -> None:
    communes = [item for item in register.within("93", BEFORE) if item.is_rural_commune]
    assert (len(communes), len({item.district_code for item in communes})) == (51, 8)
    assert register.within("93", AFTER) == []


def test_kind_narrows_a_homonym(register: Register) -> None:
    """'Long Mỹ' is a huyện and a thị xã (forms.md, case 59)."""
    names = {"Long Mỹ": 2, "Huyện Long Mỹ": 1, "TX Long Mỹ": 1, "Quận Long Mỹ": 0}
    for name, count in names.items():
        found = register.find(name, level="district", day=BEFORE, province_code="93")
        assert len(found) == count, name


def test_district_narrows_a_homonym(register: Register) -> None:
    assert len(register.find("Xuân Lộc", level="commune", day=BEFORE, province_code="38")) == 3
    found = register.find("Xuân Lộc", level="commune", day=BEFORE, province_code="38", district_code="396")
    assert [item.district_code for item in found] == ["396"]


def test_unit_is_found_within_its_validity_only(register: Register) -> None:
    assert register.find("Hậu Giang", level="province", day=BEFORE)
    assert register.find("Hậu Giang", level="province", day=AFTER) == []


def test_code_means_a_unit_only_together_with_a_day(register: Register) -> None:
    """Code 92 is Cần Thơ before and after 1 July 2025, of different size; 93 ended then."""
    old = register.by_code("92", level="province", day=BEFORE)
    new = register.by_code("92", level="province", day=AFTER)
    assert old
    assert new
    assert (old.name, old.valid_to) == ("Thành phố Cần Thơ", BEFORE)
    assert (new.name, new.valid_from) == ("Thành phố Cần Thơ", AFTER)
    assert register.by_code("93", level="province", day=AFTER) is None
    assert register.by_code("93", level="district", day=BEFORE) is None


def test_reused_code_is_two_units() -> None:
    register = Register([unit("00004", "Phường Trúc Bạch", valid_to=BEFORE), unit("00004", "Phường Ba Đình", AFTER)])
    assert [item.name for item in register.within("01", BEFORE)] == ["Phường Trúc Bạch"]
    assert [item.name for item in register.within("01", AFTER)] == ["Phường Ba Đình"]
    assert register.find("Trúc Bạch", level="commune", day=AFTER, province_code="01") == []


def test_name_that_differs_by_a_tone_is_not_found() -> None:
    """Forms.md, case 58."""
    register = Register([unit("1", "Xã Hoằng Phụ")])
    assert register.find("Xã Hoằng Phú", level="commune", day=BEFORE) == []


def test_missing_register_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="units"):
        read_register(tmp_path / "units.csv")
