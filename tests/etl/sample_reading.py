"""Reads the sample workbooks back cell by cell, apart from the generator."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

CRITERION_COLUMNS = slice(2, 21)


@cache
def sheets(path: Path) -> list[Worksheet]:
    return load_workbook(path).worksheets


def cells(path: Path, sheet: int = 0) -> list[list[object]]:
    return [[cell.value for cell in row] for row in sheets(path)[sheet].rows]


def table(path: Path, sheet: int = 0) -> list[list[object]]:
    """The rows below the numbering row whose first cell is a number."""
    rows = cells(path, sheet)
    start = next(place for place, row in enumerate(rows) if row[0] == "(1)")
    return [row for row in rows[start + 1 :] if isinstance(row[0], int)]


@dataclass(frozen=True)
class CommuneRow:
    district: str
    name: str
    marks: tuple[object, ...]
    total: object
    year: object
    note: object


def communes(path: Path) -> list[CommuneRow]:
    rows, district = [], ""
    for ordinal, name, *rest in cells(path):
        if isinstance(ordinal, str) and re.fullmatch("[IVX]+", ordinal):
            district = str(name)
        elif isinstance(ordinal, int) and district:
            total, year, note = rest[19:]
            rows.append(CommuneRow(district, str(name), tuple(rest[:19]), total, year, note))
    return rows


def legends(path: Path) -> dict[str, dict[str, str]]:
    """What each mark means, '' for the file's own legend and by district for the others."""
    lines = [
        str(row[0])
        for row in cells(path)
        if isinstance(row[0], str) and (row[0].startswith("Ghi chú: ") or ": đạt; " in row[0])
    ]
    meanings = {}
    for line in lines:
        district, marks = re.fullmatch(r"(Ghi chú|[^:]+): (.+)\.", line).groups()  # type: ignore[union-attr]
        pairs = dict(pair.split(": ") for pair in marks.split("; "))
        meanings["" if district == "Ghi chú" else district] = pairs
    return meanings


def meaning(row: CommuneRow, legend: dict[str, dict[str, str]]) -> list[str]:
    marks = legend.get(row.district, legend[""])
    return [marks["để trống" if mark is None else str(mark)] for mark in row.marks]


def mean_met(path: Path) -> float:
    legend = legends(path)
    met = [meaning(row, legend).count("đạt") for row in communes(path)]
    return sum(met) / len(met)


def criteria_files(folder: Path) -> Iterator[Path]:
    return iter(sorted((folder / "tieu_chi").iterdir()))


def recognitions(folder: Path) -> list[list[object]]:
    return table(folder / "cong_nhan" / "cong_nhan_ntm.xlsx")


def holding(folder: Path, standard: str, day: date) -> set[object]:
    return {
        (name, district)
        for _, name, district, level, _, _, decided, event, _ in recognitions(folder)
        if level == standard and event == "Công nhận" and decided.date() <= day
    }


def funding_rows(path: Path) -> dict[str, list[object]]:
    rows = cells(path)
    start = next(place for place, row in enumerate(rows) if row[0] == "(1)")
    return {row[1]: row[2:7] for row in rows[start + 1 :] if row[1]}
