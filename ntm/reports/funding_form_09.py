"""Biểu 09 (12 of communes): rows are the Programme's contents, columns the sources: mobilised, then planned."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pandas as pd

from ntm.formatting import Format
from ntm.metrics.exact import exact_sum
from ntm.reports.form_page import Cell, FormPage, money_width, total
from ntm.reports.funding_form import Amounts, FundingForm, layout, write_foot, write_top
from ntm.reports.funding_form_lines import Source, columns_09

NAME = "bieu_09"
_HALVES = ("mobilised", "rest")
_DIRECT = ("central", "local")
_FIRST = 2
_NARROWEST = 10


def rows_of(amounts: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that the form states: those that name a content of the Programme."""
    return amounts[amounts["component_no"].notna()]


def widths(form: FundingForm) -> list[float]:
    """Return the widths of the form's columns, in characters."""
    amounts = _amounts(form)
    rows = rows_of(form.amounts)
    sums = [exact_sum(rows.loc[rows["part"] == part, "amount_vnd_million"]) for part in _HALVES]
    money = max(money_width(sums), _NARROWEST)
    return [5, 38, *(money for half in _halves(amounts) for _ in half), 11]


def write(page: FormPage, form: FundingForm) -> Amounts:
    """Write the form on a page and return its amounts with their places."""
    said, amounts = layout(NAME), _amounts(form)
    halves = _halves(amounts)
    columns = said["columns"]
    write_top(page, form, NAME)
    done, planned = _half_names(form)
    paths = [*((done, *path) for path, _ in halves[0]), *((planned, *path) for path, _ in halves[1])]
    page.headings([tuple(columns[0]["heading"]), tuple(columns[1]["heading"]), *paths, tuple(columns[-1]["heading"])])
    kinds = ["center", "text", *("money" for _ in paths), "text"]
    first = page.row + 1
    rows: list[dict[int, Cell]] = []
    values: list[dict[int, Decimal]] = []
    for number in range(1, len(said["rows"])):
        cells, stated = _row(amounts, halves, f"{number:02}", first + number - 1)
        rows.append(cells)
        values.append(stated)
    everything: dict[int, Cell] = {}
    for column in range(_FIRST, _FIRST + len(paths)):
        if told := [stated[column] for stated in values if column in stated]:
            everything[column] = total([(first + row, column) for row in range(len(rows))], sum(told, Decimal(0)))
    for fixed, cells in zip(said["rows"], [everything, *rows], strict=True):
        ordinal, name = fixed
        shown = [cells.get(column) for column in range(_FIRST, _FIRST + len(paths))]
        page.body([str(ordinal), name, *shown, None], kinds, "body" if ordinal else "group")
    write_foot(page, form, *left_out(form))
    return amounts


def _amounts(form: FundingForm) -> Amounts:
    rows = rows_of(form.amounts)
    return Amounts(rows[rows["part"].isin(_HALVES)], ("part", "component_no"))


Half = list[tuple[tuple[str, ...], Source | None]]


def _halves(amounts: Amounts) -> list[Half]:
    """Return headings and source of each half's columns; the first two are its sums: of all, of direct capital."""
    return [
        [(("Tổng số",), None), (("Vốn đầu tư trực tiếp", "Tổng số"), None), *columns_09(amounts.sources(part))]
        for part in _HALVES
    ]


def _half_names(form: FundingForm) -> tuple[str, str]:
    """Return the headings of the halves; those of the form are of June, other reports name their own months."""
    done, planned = (str(layout(NAME)["columns"][place]["heading"][0]) for place in (2, 11))
    span = "Cả năm" if form.months == 12 else f"{form.months}T"
    done = done.replace("6T", f"{span} {form.year}")
    return done.replace("huy động", "huy động lũy kế") if form.is_cumulative else done, f"{planned} {form.year}"


def _row(
    amounts: Amounts, halves: Sequence[Half], component: str, row: int
) -> tuple[dict[int, Cell], dict[int, Decimal]]:
    """Return the cells of a content and their values, by column."""
    cells: dict[int, Cell] = {}
    values: dict[int, Decimal] = {}
    start = _FIRST
    for part, half in zip(_HALVES, halves, strict=True):
        direct: list[int] = []
        others: list[int] = []
        for column, (_, source) in enumerate(half, start=start):
            if source is None:
                continue
            (direct if source.group in _DIRECT else others).append(column)
            key = (part, component, source)
            if key in amounts:
                cells[column] = values[column] = amounts.at(key, (row, column))
        for column, summed in ((start + 1, direct), (start, [start + 1, *others])):
            if told := [values[place] for place in summed if place in values]:
                values[column] = sum(told, Decimal(0))
                cells[column] = total([(row, place) for place in summed], values[column])
        start += len(half)
    return cells, values


def left_out(form: FundingForm) -> list[str]:
    """Say what was mobilised that no report divides by content: it is no part of the form."""
    rows = form.amounts[(form.amounts["part"] == "mobilised") & form.amounts["component_no"].isna()]
    contents = rows_of(form.amounts)
    contents = contents[contents["part"] == "mobilised"]
    amount = Decimal(0)
    for group, told in rows.groupby("source_group"):
        divided = contents.loc[contents["source_group"] == group, "amount_vnd_million"]
        amount += max(exact_sum(told["amount_vnd_million"]) - exact_sum(divided), Decimal(0))
    text = Format("vi").plain(amount, 6)
    return [f"Ngoài biểu này: {text} triệu đồng đã huy động, báo cáo không tách theo nội dung."] if amount else []
