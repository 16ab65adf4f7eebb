"""Which table of an older file is stated anew by a newer one: the newer replaces it, both stay listed.

A table is stated anew by a file that came later, holds the same form of the same reporting unit for the same period,
and states at least half of the older one's figures again. The figures' keys tell sheets of one form apart (criteria
set, stage, year, district): a sheet about something else states none of them. What came later is known from the
published snapshot; the times of files say nothing, copying changes them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from etl.context import SheetReading
from etl.workbook import WorkbookReading
from ntm.catalog import table

TableId = tuple[str, str, int]
"""Checksum of the file, sheet, number of the table."""
_STATED_AGAIN = 0.5
_Key = tuple[object, ...]


@dataclass(frozen=True)
class _Candidate:
    """A table with figures: its file, the day it first came, the keys of its figures."""

    reading: WorkbookReading
    sheet: SheetReading
    came: datetime
    keys: frozenset[_Key]


def find_replaced(
    readings: Sequence[WorkbookReading], first_loaded: Mapping[str, datetime]
) -> Mapping[TableId, WorkbookReading]:
    """Return for each replaced table the newest file that states it anew.

    `first_loaded` is the first load of each file by checksum; a file that is not in it comes with this load.
    """
    by_identity: dict[_Key, list[_Candidate]] = defaultdict(list)
    for reading in readings:
        came = first_loaded.get(reading.sha256, datetime.max)
        for sheet in reading.sheets:
            if any(sheet.facts.values()):
                identity = (sheet.form, sheet.reporting_unit_code, sheet.period_end)
                by_identity[identity].append(_Candidate(reading, sheet, came, _keys(sheet)))
    replaced: dict[TableId, WorkbookReading] = {}
    for candidates in by_identity.values():
        if len({item.came for item in candidates}) > 1:
            replaced |= _replaced_among(candidates)
    return replaced


def table_id(reading: WorkbookReading, sheet: SheetReading) -> TableId:
    """Return what a table is known by."""
    return reading.sha256, sheet.sheet, sheet.table_no


def _replaced_among(candidates: Sequence[_Candidate]) -> Mapping[TableId, WorkbookReading]:
    files: dict[str, tuple[datetime, WorkbookReading, set[_Key]]] = {}
    for item in candidates:
        files.setdefault(item.reading.sha256, (item.came, item.reading, set()))[2].update(item.keys)
    replaced: dict[TableId, WorkbookReading] = {}
    for came, newer, keys in sorted(files.values(), key=lambda file: (file[0], file[1].path)):
        for item in candidates:
            if item.came < came and len(item.keys & keys) >= _STATED_AGAIN * len(item.keys):
                replaced[table_id(item.reading, item.sheet)] = newer
    return replaced


def _keys(sheet: SheetReading) -> frozenset[_Key]:
    return frozenset((name, *map(fact.get, table(name).key)) for name, facts in sheet.facts.items() for fact in facts)
