"""Two facts for one key that say different things: what each says, as the clerk wrote it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from openpyxl.utils.cell import coordinate_to_tuple

from etl.context import Fact
from etl.issues import Issue, shown
from etl.workbook import WorkbookReading
from ntm.catalog import Column, table

_PLACE_COLUMNS = frozenset({"source_id", "sheet", "cell", "row"})
# What a form of one unit says beside a result; a matrix of many units has no room for it and so denies nothing.
_REMARKS = frozenset({"cause", "proposal"})
_BLANK = {"vi": "ô trống", "en": "a blank cell"}
_MOST = 3


@dataclass(frozen=True)
class Stated:
    """A fact and the workbook that states it."""

    fact: Fact
    reading: WorkbookReading

    @property
    def place(self) -> str:
        """Where a person finds it."""
        return f"{self.reading.path} › {self.fact['sheet']} › {self.fact['cell']}"

    def said(self, columns: Sequence[Column], language: str) -> str:
        """Return what it says in some columns: numbers and texts as they are read, codes in the words of the cell."""
        parts = [self._said(column, language) for column in columns]
        return ", ".join(dict.fromkeys(parts))

    def _said(self, column: Column, language: str) -> str:
        value = self.fact.get(column.name)
        if value is None or column.values or isinstance(value, bool):
            position = coordinate_to_tuple(str(self.fact["cell"]))
            text = self.reading.written.get((str(self.fact["sheet"]), *position), "")
            return f"'{text}'" if text else _BLANK[language]
        text = str(shown(value, language))
        return f"{column.label[language]} {text}" if isinstance(value, int | float | Decimal) else f"'{text}'"


def differing(name: str, one: Fact, other: Fact) -> list[Column]:
    """Return the columns in which two facts of a table differ, their places and what only one tells apart."""
    told = other.keys() - _PLACE_COLUMNS
    if is_fuller(other, one):
        told -= _REMARKS - one.keys()
    return [
        column for column in table(name).columns if column.name in told and one.get(column.name) != other[column.name]
    ]


def is_fuller(one: Fact, other: Fact) -> bool:
    """Tell whether a fact has all remarks that another has beside it (cause, proposal), and one more."""
    return one.keys() & _REMARKS > other.keys() & _REMARKS


def conflict(kept: Stated, left: Stated, columns: Sequence[Column]) -> Issue:
    """Return the finding about a fact that is not loaded beside the one that is."""
    values: Mapping[str, object] = {
        "place": kept.place,
        "other": left.place,
        **{f"kept_{language}": kept.said(columns[:_MOST], language) for language in _BLANK},
        **{f"left_{language}": left.said(columns[:_MOST], language) for language in _BLANK},
    }
    return Issue("FACT_CONFLICT", str(left.fact["sheet"]), str(left.fact["cell"]), values=values)
