"""Sheets that the product itself writes beside forms: lists to choose from, the outcome of a check. They hold no data.

An office sends them back with its forms; they are passed over by what their first cell says, never by their names.
"""

from __future__ import annotations

from etl.clean.vocabulary import vocabulary
from etl.read.grid import Grid
from ntm.geo.names import text_key


def is_aid(grid: Grid) -> bool:
    """Tell whether a sheet is one of those, by its first cell."""
    first_cell = text_key(grid.own_text(1, 1))
    return any(first_cell == text_key(text) for text in vocabulary("titles")["aids"])
