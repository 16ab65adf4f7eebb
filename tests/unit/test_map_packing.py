"""What the map sends to the browser: every unit and month is found again, and it stays small."""

from __future__ import annotations

import base64
import json
import random
import zlib
from typing import Any

import pytest

from ntm.charts.map_layers import MapClass, MapFrame, MapUnit
from ntm.ui.map.packing import FIRST, pack

CLASSES = [MapClass("met", "Đạt", "blue", 1), MapClass("unmet", "Chưa đạt", "red", 1)]
UNITS = [
    MapUnit("31333", "met", ("Xã Vị Tân", "Thành phố Vị Thanh", "Đạt")),
    MapUnit("31336", "unmet", ("Xã Hoả Lựu", "Thành phố Vị Thanh")),
]


def unpacked(text: str) -> Any:
    return json.loads(zlib.decompress(base64.b64decode(text)))


def test_units_and_months_are_found_again() -> None:
    frame = MapFrame("2022-01-31", "01/2022", ("unmet", "met"), (1, 1))
    found = unpacked(pack(CLASSES, UNITS, [frame]))
    lines = [[found["lines"][line] for line in row[2:]] for row in found["units"]]
    assert lines == [list(unit.tooltip) for unit in UNITS]
    assert [row[:2] for row in found["units"]] == [["31333", 0], ["31336", 1]]
    assert [ord(character) - FIRST for character in found["states"][0]] == [1, 0]


def test_a_class_that_is_none_and_a_frame_of_other_units_are_refused() -> None:
    with pytest.raises(KeyError, match="nowhere"):
        pack(CLASSES, [MapUnit("1", "nowhere", ("x",))], [])
    with pytest.raises(KeyError, match="nowhere"):
        pack(CLASSES, UNITS, [MapFrame("2022-01-31", "01/2022", ("met", "nowhere"), (1, 1))])
    with pytest.raises(ValueError, match="1 classes for 2 units"):
        pack(CLASSES, UNITS, [MapFrame("2022-01-31", "01/2022", ("met",), (1, 0))])


def test_five_years_of_a_large_province_are_small() -> None:
    chance = random.Random(1)
    classes = [MapClass(str(number), "", "red", 0) for number in range(6)]
    units = [MapUnit(f"{number:05}", "0", (f"Xã {chance.random()}", f"Huyện {number // 20}")) for number in range(559)]
    states = [0] * len(units)
    frames = []
    for month in range(60):
        states = [min(5, state + (chance.random() < 0.05)) for state in states]
        frames.append(MapFrame(str(month), str(month), tuple(map(str, states)), (0,) * 6))
    assert len(pack(classes, units, frames)) < 40_000
