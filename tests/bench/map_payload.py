"""What the browser is sent for a map: the shapes, once, and the message of each rerun."""

from __future__ import annotations

import gzip
import json
import re

from tests.bench.results import Section, kilobytes
from tests.bench.server import fetch
from tests.bench.visitor import Visitor

SMALL_MAP, LARGE_MAP = "ban-do", "bench-large-map"
_PAGES = {"Hậu Giang": SMALL_MAP, "Thanh Hóa": LARGE_MAP}
_GEOMETRY = re.compile(rb"/geo/[0-9a-f]+\.json")


def measure_map(address: str) -> Section:
    """Return the sizes for a small and a large province, both schematic."""
    rows = tuple(_row(address, name, page) for name, page in _PAGES.items())
    head = ("province", "units", "shapes", "gzip", "on the wire", "message", "bar of the shapes")
    return Section("Map", head, rows)


def _row(address: str, name: str, page: str) -> tuple[str, ...]:
    visitor = Visitor(address, page)
    visitor.close()
    messages = [message.SerializeToString() for message in visitor.first.messages]
    message, url = next((text, found[0]) for text in messages if (found := _GEOMETRY.search(text)))
    shapes, wire = fetch(address, url.decode())
    units = len(json.loads(shapes)["features"])
    sizes = (len(shapes), len(gzip.compress(shapes, 6)), wire, len(message))
    return (name, str(units), *map(kilobytes, sizes), "< 1 MB")
