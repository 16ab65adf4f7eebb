"""Keys of names: the same name in any writing has one key, two names of the register never do."""

from __future__ import annotations

import csv
import random
import unicodedata
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm.geo.names import clean_text, plain_key, text_key, unit_name_key

RNG_SEED = 20220308
PREFIXES = {
    "xã": ("Xã ", "xã ", "XÃ ", "X. ", "X.", ""),
    "phường": ("Phường ", "P. ", "P."),
    "thị trấn": ("TT ", "TT. "),
}
# The two places of a tone mark: old style on the first vowel, new style on the second.
TONE_PLACES = [("hòa", "hoà"), ("hóa", "hoá"), ("hỏa", "hoả"), ("thủy", "thuỷ"), ("thúy", "thuý"), ("lũy", "luỹ")]


def register() -> list[dict[str, str]]:
    path = Path(__file__).parents[2] / "data" / "reference" / "units.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


UNITS = register()
PROVINCES = sorted({row["province_code"] for row in UNITS if row["valid_to"]})
CHOSEN = random.Random(RNG_SEED).sample(PROVINCES, 10)
COMMUNES = [row for row in UNITS if row["level"] == "commune" and row["province_code"] in CHOSEN and row["valid_to"]]


@st.composite
def scrambled(draw: st.DrawFn) -> tuple[dict[str, str], str]:
    """A commune of the register and a way in which somebody may write its name."""
    unit = draw(st.sampled_from(COMMUNES))
    name = unit["short_name"]
    if draw(st.booleans()):
        for one, other in TONE_PLACES:
            name = name.lower().replace(one, other) if draw(st.booleans()) else name
    name = draw(st.sampled_from([str, str.upper, str.lower, str.title]))(name)
    name = draw(st.sampled_from(PREFIXES.get(unit["kind"], ("",)))) + name
    name = unicodedata.normalize(draw(st.sampled_from(["NFC", "NFD"])), name)
    name = name.replace("Đ", draw(st.sampled_from(["Đ", "Ð"])))
    space = draw(st.sampled_from([" ", "  ", "\u00a0", " \u200b"]))
    return unit, draw(st.sampled_from(["", " ", "\u200b"])) + name.replace(" ", space) + space


@given(scrambled())
def test_any_writing_of_a_name_has_its_key(case: tuple[dict[str, str], str]) -> None:
    unit, written = case
    kind, key = unit_name_key(written)
    assert key == unit_name_key(unit["name"])[1]
    assert kind in (None, unit["kind"])


@given(st.text())
def test_keys_do_not_change_when_made_again(text: str) -> None:
    assert clean_text(clean_text(text)) == clean_text(text)
    assert plain_key(plain_key(text)) == plain_key(text)


def test_no_two_units_of_a_parent_share_kind_and_key() -> None:
    """Over the whole register, both maps: a full name within its parent means one unit."""
    codes = defaultdict(set)
    for row in UNITS:
        place = (row["level"], row["district_code"], row["province_code"], row["valid_from"])
        codes[*place, *unit_name_key(row["name"])].add(row["unit_code"])
    assert [key for key, units in codes.items() if len(units) > 1] == []


def test_kind_of_every_unit_is_read_from_its_name() -> None:
    assert [row["name"] for row in UNITS if unit_name_key(row["name"])[0] != row["kind"]] == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hoả Lựu", "Hỏa Lựu"),  # forms.md, case 56
        ("Vị Thuỷ", "Vị Thủy"),
        ("Tân Hoà", "Tân Hòa"),
        ("Tam Xuân II", "Tam Xuân 2"),  # case 57
        ("Sơn Kim I", "Sơn Kim 1"),
        ("Phường 01", "Phường 1"),
        ("TP.Vị Thanh", "Thành phố Vị Thanh"),
        ("T.P. Vị Thanh", "tp Vị Thanh"),
        ("T.X Long Mỹ", "Thị xã Long Mỹ"),
        ("Ðông Phú", "Đông Phú"),  # case 62: U+00D0
        ("Phƣơng Phú", "Phương Phú"),  # U+01A3
        ("Ea M' Doal", "Ea M’Doal"),
        ("H. Ia H' Drai", "Huyện Ia H'Drai"),
    ],
)
def test_writings_of_one_name(one: str, other: str) -> None:
    assert unit_name_key(one) == unit_name_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Đông Phước", "Đông Phước A"),  # case 57: a suffix is part of the name
        ("Long Trị", "Long Trị A"),
        ("Hoằng Phụ", "Hoằng Phú"),  # case 58: only a tone apart
        ("Minh Quán", "Minh Quân"),
        ("Xã Vĩnh Tường", "Phường Vĩnh Tường"),  # case 59
        ("Xã Neng", "Xã H' Neng"),
        ("Tam Xuân 1", "Tam Xuân 11"),
    ],
)
def test_different_names_stay_different(one: str, other: str) -> None:
    assert unit_name_key(one) != unit_name_key(other)


def test_text_key_keeps_diacritics_and_plain_key_drops_them() -> None:
    assert text_key("Tiêu chí số 1: Quy hoạch") == text_key("TIÊU CHÍ SỐ 1 - QUY HOẠCH")
    assert text_key("đạt") != text_key("dat")
    assert plain_key("Huyện Phụng Hiệp, tỉnh Hậu Giang") == "huyen phung hiep tinh hau giang"


def test_soft_hyphen_is_kept() -> None:
    """In TCVN3 text it is the letter ư: to drop it before the encoding is mended would lose the letter."""
    assert clean_text("Ch\u00ad¬ng") == "Ch\u00ad¬ng"
