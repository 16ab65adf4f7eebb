"""A table as every file of it tells it: its columns with kind, unit and meaning, and where it all comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Literal

import numpy as np
import pandas as pd

from ntm import catalog
from ntm.geo.names import plain_key
from ntm.i18n import Translator
from ntm.model import is_missing
from ntm.reports.values import is_year, plain_value

Kind = Literal["text", "number", "year", "day", "time", "flag"]
Item = tuple[str, str]
PLACE = ("path", "sheet", "cell")
"""Columns that lead from a row to the cell of the workbook that it was read from."""
_MONEY = "_vnd_million"
_UNIT = re.compile(r"\(([^()]+)\)\s*$")
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What no XML and no UTF-8 file can hold."""
_LONGEST_NAME = 60


@dataclass(frozen=True)
class Origin:
    """What a table says of itself, in the reader's language. `unit` is that of its chart; what is empty is not said."""

    title: str = ""
    as_of: date | None = None
    source: str = ""
    unit: str = ""


@dataclass(frozen=True, eq=False)
class TableSheet:
    """A table with all that is said about it.

    labels: column -> heading of those that are shown, in their order. address: of the page with its filters.
    """

    table: pd.DataFrame
    labels: Mapping[str, str]
    origin: Origin = Origin()
    build_id: str = ""
    is_illustrative: bool = False
    address: str = ""


@dataclass(frozen=True)
class Column:
    """A column of a file: its name in the frame, its heading (unit included), kind, unit and meaning ('' if none)."""

    name: str
    head: str
    kind: Kind
    unit: str
    meaning: str


def columns(sheet: TableSheet, t: Translator) -> tuple[Column, ...]:
    """Return the columns that are shown; no two have one heading."""
    made: list[Column] = []
    heads: set[str] = set()
    for name, label in sheet.labels.items():
        kind = _kind(name, sheet.table[name])
        unit = _unit(name, label, kind, t)
        head = base = label if not unit or unit in label else f"{label} ({unit})"
        number = 1
        while head in heads:
            number += 1
            head = f"{base} ({number})"
        heads.add(head)
        made.append(Column(name, head, kind, unit, _meaning(name, label, t)))
    return tuple(made)


def rows(sheet: TableSheet, t: Translator) -> Iterator[tuple[object, ...]]:
    """Yield the rows as plain values: None for what is unknown, text without what no file can hold."""
    shown = sheet.table[list(sheet.labels)]
    for row in shown.itertuples(index=False, name=None):
        yield tuple(plain(value, t) for value in row)


def plain(value: object, t: Translator) -> object:
    """Return a value of a frame as None, text, number, day or moment (UTC, without a zone)."""
    if isinstance(value, pd.Timestamp) and value.tzinfo is not None:
        value = value.tz_convert("UTC").tz_localize(None)
    found = plain_value(value, t)
    if found is None or isinstance(found, (int, float, Decimal, date)):
        return found
    return clean(str(found))


def clean(text: str) -> str:
    """Return a text without the characters that no file can hold; a line ends in one way."""
    return _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def about(sheet: TableSheet, t: Translator) -> list[Item]:
    """Return item and content: what the table says of itself, one sentence each."""
    said = sheet.origin
    items = [
        (t("download.title"), said.title),
        (t("export.as_of"), t.format.day(said.as_of) if said.as_of else ""),
        (t("export.source"), said.source or t("download.warehouse")),
        (t("download.unit"), said.unit),
        (t("export.build_id"), sheet.build_id),
        (t("export.illustrative"), t("yes" if sheet.is_illustrative else "no")),
        (t("download.address"), sheet.address),
        (t("download.rows"), t.format.number(len(sheet.table))),
        (t("export.note"), t("export.empty_cells")),
        (t("export.note"), t("download.percent")),
    ]
    return [(item, clean(content)) for item, content in items if content]


def places(sheet: TableSheet, t: Translator) -> tuple[list[str], list[tuple[object, ...]]]:
    """Return headings and rows that lead from each row of the table to its cell; no rows where the table tells none."""
    heads = [t("download.row"), *(t(f"sources.{part}") for part in PLACE)]
    if not set(PLACE) <= set(sheet.table):
        return heads, []
    found = sheet.table[list(PLACE)].itertuples(index=False, name=None)
    return heads, [(number, *(plain(part, t) for part in row)) for number, row in enumerate(found, start=2)]


def file_name(sheet: TableSheet, key: str, ending: str) -> str:
    """Return a name in ASCII: 'tong-quan-tinh-hau-giang_source-files_2022-06-30.xlsx'."""
    title = plain_key(sheet.origin.title).replace(" ", "-")[:_LONGEST_NAME].strip("-")
    day = sheet.origin.as_of.isoformat() if sheet.origin.as_of else ""
    own = re.sub(r"[^a-z0-9]+", "-", key.lower()).strip("-")
    return "_".join(filter(None, (title, own, day))) + ending


def _kind(name: str, values: pd.Series) -> Kind:
    if pd.api.types.is_bool_dtype(values):
        return "flag"
    if pd.api.types.is_datetime64_any_dtype(values):
        known = values.dropna()
        return "day" if (known == known.dt.normalize()).all() else "time"
    if pd.api.types.is_numeric_dtype(values):
        return "year" if is_year(name) else "number"
    # A list is neither missing nor one of these.
    return _kind_of_values(name, [value for value in values if not is_missing(value)])


def _kind_of_values(name: str, known: list[object]) -> Kind:
    def all_are(*kinds: type) -> bool:
        return bool(known) and all(isinstance(value, kinds) for value in known)

    if all_are(bool, np.bool_):
        return "flag"
    if all_are(int, float, Decimal, np.number) and not any(isinstance(value, bool) for value in known):
        return "year" if is_year(name) else "number"
    return "day" if all_are(date) else "text"


def _unit(name: str, label: str, kind: Kind, t: Translator) -> str:
    if kind == "time":
        return "UTC"
    if kind != "number":
        return ""
    if found := _UNIT.search(label):
        return found[1]
    if name.endswith("pct"):
        return "%"
    return t("download.million") if name.endswith(_MONEY) else ""


def _meaning(name: str, label: str, t: Translator) -> str:
    """Return what the catalog says of the column that a label is of; '' where the label is none of its.

    A column without any words, as a question in SQL gives it, is known by its name, if that means one thing only.
    """
    if isinstance(label, catalog.ColumnLabel):
        return label.meaning
    found = _by_name(t.language).get(name, set()) if name == label else set()
    return next(iter(found)) if len(found) == 1 else ""


@cache
def _by_name(language: str) -> dict[str, set[str]]:
    """Return the meanings that the catalog has for columns of a name."""
    found: dict[str, set[str]] = {}
    for table in catalog.tables().values():
        for column in table.columns:
            found.setdefault(column.name, set()).add(column.meaning_vi if language == "vi" else column.meaning)
    return found
