"""The cells of one sheet as a reader meets them, and the grid of them: the same for one sheet, whatever its file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from etl.read.grid import CellPosition, Grid, Merge, cell_name
from etl.read.limits import check_count, check_merged, check_place
from etl.read.texts import Run, texts_in_unicode
from ntm.geo.names import clean_text

_LITERAL = re.compile(r'"[^"]*"|\\.')
_EXACT_INTEGERS = 2**53


@dataclass
class Cells:
    """Cells of one sheet. A text is kept as it is stored, a number without a fraction as int, a date as datetime.

    `runs` holds the fonts of the texts that have a special one (etl.read.texts).
    """

    values: dict[CellPosition, object] = field(default_factory=dict)
    errors: dict[CellPosition, str] = field(default_factory=dict)
    uncached: dict[CellPosition, str] = field(default_factory=dict)
    percents: set[CellPosition] = field(default_factory=set)
    date_formats: dict[CellPosition, str] = field(default_factory=dict)
    runs: dict[CellPosition, Sequence[Run]] = field(default_factory=dict)

    def add_text(self, position: CellPosition, text: str, runs: Sequence[Run] = ()) -> None:
        """Keep a text; one of white space alone is an empty cell."""
        if text.strip() if text.isascii() else clean_text(text):
            self.values[position] = text
            if runs:
                self.runs[position] = runs

    def add_value(self, position: CellPosition, value: object, number_format: str = "") -> None:
        """Keep a number, date, time or truth value, with the number format that shows it."""
        if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT_INTEGERS:
            value = int(value)
        if isinstance(value, datetime | date | time | timedelta):
            self.date_formats[position] = number_format.replace("\\", "")
        elif number_format and is_percent_format(number_format):
            self.percents.add(position)
        self.values[position] = value

    def check(self, row: int, column: int, name: str) -> None:
        """Refuse a cell far outside or one too many. Raises RefusedError."""
        check_place(row, column, name)
        check_count(len(self.values) + 1)

    def grid(
        self,
        sheet: str,
        *,
        merges: Iterable[Merge] = (),
        hidden_rows: Iterable[int] = (),
        hidden_columns: Iterable[int] = (),
        is_hidden: bool = False,
    ) -> Grid:
        """Return the grid. What stands under a merged range is not shown by any program, and left out."""
        merged = tuple(merges)
        self._uncover(merged)
        texts = {position: value for position, value in self.values.items() if isinstance(value, str)}
        changed, issues = texts_in_unicode(sheet, texts, self.runs)
        self.values.update(changed)
        filled = [*self.values, *self.errors, *self.uncached]
        last_row = max((row for row, _ in filled), default=0)
        last_column = max((column for _, column in filled), default=0)
        return Grid(
            sheet=sheet,
            values=self.values,
            merges=merged,
            errors=self.errors,
            uncached=self.uncached,
            percents=frozenset(self.percents),
            date_formats=self.date_formats,
            hidden_rows=frozenset(row for row in hidden_rows if row <= last_row),
            hidden_columns=frozenset(column for column in hidden_columns if column <= last_column),
            is_hidden=is_hidden,
            issues=issues,
        )

    def _uncover(self, merges: Iterable[Merge]) -> None:
        covered = 0
        for merge in merges:
            covered += (merge.bottom - merge.top + 1) * (merge.right - merge.left + 1)
            check_merged(covered, f"{cell_name(merge.top, merge.left)}:{cell_name(merge.bottom, merge.right)}")
            for row in range(merge.top, merge.bottom + 1):
                for column in range(merge.left, merge.right + 1):
                    if (row, column) != (merge.top, merge.left):
                        for cells in (self.values, self.errors, self.uncached):
                            cells.pop((row, column), None)


@lru_cache(maxsize=1024)
def is_percent_format(number_format: str) -> bool:
    """Tell whether a number format shows a hundredfold with a percent sign; a sign in quotes is only a sign."""
    return "%" in _LITERAL.sub("", number_format)
