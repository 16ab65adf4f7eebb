"""How sections write: a value becomes a figure with its cells, a text with figures becomes a sentence."""

from __future__ import annotations

import pandas as pd

from ntm.formatting import UNKNOWN
from ntm.i18n import Translator
from ntm.model import is_missing
from ntm.reports.deck.model import Cell, Figure, Sentence, Value

PLACE = ["path", "sheet", "cell"]


def figure(key: str, value: Value, text: str, definition: str, rows: pd.DataFrame | None = None) -> Figure:
    """Return the figure of a value that was made from `rows` (path, sheet, cell); a missing value is unknown."""
    if is_missing(value):
        return Figure(key, None, UNKNOWN, definition, cells_of(rows))
    return Figure(key, value, text, definition, cells_of(rows))


def cells_of(rows: pd.DataFrame | None) -> tuple[Cell, ...]:
    """Return the cells that rows of a query name, each once, in the order of the rows."""
    if rows is None or not len(rows):
        return ()
    # In Python: a figure has a few cells, and pandas takes longer to begin than this to end.
    places = dict.fromkeys(zip(*(rows[name] for name in PLACE), strict=True))
    return tuple(Cell(*map(str, place)) for place in places if not any(map(is_missing, place)))


def say(t: Translator, key: str, text_key: str, /, **parts: Figure | str) -> Sentence:
    """Return a sentence of the interface's texts in which figures and words stand for its placeholders."""
    words = {name: part.text if isinstance(part, Figure) else part for name, part in parts.items()}
    return Sentence(key, t(text_key, **words), tuple(part for part in parts.values() if isinstance(part, Figure)))
