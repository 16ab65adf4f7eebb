"""What the map's browser part is sent with each rerun: small, because it goes over the wire every time."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Sequence

from ntm.charts.map_layers import MapClass, MapFrame, MapUnit

FIRST = 48
"""The character that stands for the first class in a month's states, '0'; the second class is '1' and so on."""


def pack(classes: Sequence[MapClass], units: Sequence[MapUnit], frames: Sequence[MapFrame]) -> str:
    """Return the units and their states in other months as JSON, deflated, as base64 text.

    `lines` are the different tooltip lines, most of them shared by many units. `units` has for each unit its code, the
    position of its class and those of its lines. `states` has one text for each frame with one character for each
    unit: the position of its class, counted from FIRST. A province of 559 communes over 60 months takes some kilobytes.

    Raises:
        KeyError: the class of a unit or a frame is none of `classes`.
        ValueError: a frame has not as many classes as there are units.
    """
    positions = {item.key: position for position, item in enumerate(classes)}
    characters = {key: chr(FIRST + position) for key, position in positions.items()}
    for frame in frames:
        if len(frame.class_keys) != len(units):
            raise ValueError(f"{frame.key}: {len(frame.class_keys)} classes for {len(units)} units")
    lines: dict[str, int] = {}
    rows = [
        [unit.code, positions[unit.class_key], *(lines.setdefault(line, len(lines)) for line in unit.tooltip)]
        for unit in units
    ]
    states = ["".join(characters[key] for key in frame.class_keys) for frame in frames]
    content = json.dumps({"lines": list(lines), "units": rows, "states": states}, ensure_ascii=False)
    return base64.b64encode(zlib.compress(content.encode(), 6)).decode()
