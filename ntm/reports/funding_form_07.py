"""Biểu 07 (11 of communes): rows are sources, columns plan of the year, mobilised, plan of the months that remain."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pandas as pd

from ntm.reports.form_page import Cell, FormPage, total
from ntm.reports.funding_form import PARTS, Amounts, FundingForm, layout, write_foot, write_top
from ntm.reports.funding_form_lines import Line, lines_07

NAME = "bieu_07"
WIDTHS = (6, 48, 20, 20, 20)
_KINDS = ("center", "text", *("money" for _ in PARTS))


def rows_of(amounts: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that the form sums up: of forms by source; where none tells of a group, of those by content."""
    is_by_source = amounts["component_no"].isna()
    groups = list(zip(amounts["part"], amounts["source_group"], strict=True))
    told = {group for group, is_told in zip(groups, is_by_source, strict=True) if is_told}
    return amounts[is_by_source | pd.Series([group not in told for group in groups], amounts.index, dtype=bool)]


def write(page: FormPage, form: FundingForm) -> Amounts:
    """Write the form on a page and return its amounts with their places."""
    amounts = Amounts(rows_of(form.amounts), ("part",))
    write_top(page, form, NAME)
    page.headings([(heading,) for heading in _headings(form)])
    lines = lines_07([amounts.sources(part) for part in PARTS])
    columns = [_column(lines, amounts, part, page.row + 1, place) for place, part in enumerate(PARTS, start=2)]
    page.body(["", layout(NAME)["rows"][0][1], *(sums for sums, _ in columns)], _KINDS, "group")
    for number, line in enumerate(lines):
        cells = [stated.get(number) for _, stated in columns]
        page.body([line.ordinal, line.name, *cells], _KINDS, "group" if line.is_group else "body")
    write_foot(page, form)
    return amounts


def _headings(form: FundingForm) -> list[str]:
    given = [column["heading"][-1].format(year=form.year) for column in layout(NAME)["columns"]]
    if form.months == 12:
        given[-2] = given[-2].replace("6T/năm", "năm")
    elif form.months != 6:
        given[-2] = given[-2].replace("6T/", f"{form.months}T/")
        given[-1] = given[-1].replace("6T", f"{12 - form.months}T")
    if form.is_cumulative:
        given[-2] = given[-2].replace("huy động", "huy động lũy kế")
    return given


def _column(
    lines: Sequence[Line], amounts: Amounts, part: str, first: int, column: int
) -> tuple[Cell, dict[int, Cell]]:
    """Return the total of a column and its cells by number of the line; `first` is the row of the first line."""
    values: dict[int, Decimal] = {}
    cells: dict[int, Cell] = {}
    for number, line in reversed(list(enumerate(lines))):
        place = (first + number, column)
        if told := [values[below] for below in line.parts if below in values]:
            values[number] = sum(told, Decimal(0))
            cells[number] = total([(first + below, column) for below in line.parts], values[number])
        elif line.source and (part, line.source) in amounts:
            values[number] = amounts.at((part, line.source), place)
            cells[number] = values[number]
    groups = [number for number, line in enumerate(lines) if line.is_group]
    told = [values[number] for number in groups if number in values]
    whole = total([(first + number, column) for number in groups], sum(told, Decimal(0))) if told else None
    return whole, cells
