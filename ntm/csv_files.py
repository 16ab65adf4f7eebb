"""Reference files in CSV, read by the columns that are asked for: tables of ten thousand rows in a moment."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from operator import itemgetter
from pathlib import Path


def read_columns(path: Path, *names: str) -> Iterator[tuple[str, ...]]:
    """Yield the named columns (two or more) of each row. Raises OSError without the file, KeyError without a column."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        places = {name: place for place, name in enumerate(next(rows))}
        yield from map(itemgetter(*(places[name] for name in names)), rows)
