"""Readings of many workbooks to the rows of the warehouse: one fact a key, findings numbered, files listed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from etl.conflicts import Stated, conflict, differing, is_fuller
from etl.context import Fact, SheetReading
from etl.issues import Issue
from etl.replacement import find_replaced, table_id
from etl.workbook import WorkbookReading
from ntm.catalog import table

NOTHING_LOADED: Mapping[str, datetime] = {}
# Facts of one table by their key, each with the workbook that it came from.
_Facts = dict[tuple[object, ...], Stated]


@dataclass(frozen=True)
class Assembled:
    """Rows ready for insertion, by table; `source_files` and `issues` as the catalog describes them.

    A fact may hold more than the table's columns. `readings` are those that count: each content once, in the order of
    the paths.
    """

    readings: tuple[WorkbookReading, ...]
    facts: Mapping[str, Sequence[Fact]]
    source_files: Sequence[Mapping[str, object]]
    issues: Sequence[Mapping[str, object]]


def assemble(readings: Iterable[WorkbookReading], first_loaded: Mapping[str, datetime] = NOTHING_LOADED) -> Assembled:
    """Put the readings together in the order of their paths. A file with the content of another counts once.

    A table that a newer file states anew gives no figures (etl/replacement.py); `first_loaded` tells which is newer.
    """
    facts: dict[str, _Facts] = {}
    issues: list[Mapping[str, object]] = []
    files: list[Mapping[str, object]] = []
    kept, repeated = _each_content_once(readings)
    replaced = find_replaced(kept, first_loaded)
    for reading, twin in repeated:
        issues.append(issue_row(reading.source_id, reading.path, _repeated_file(reading, twin)))
    for reading in kept:
        found = list(reading.issues)
        for sheet in reading.sheets:
            newer = replaced.get(table_id(reading, sheet))
            if newer:
                found.append(_replaced_table(sheet, newer))
                files.append(_file_row(reading, sheet, frozenset(sheet.loaded), newer))
                continue
            merged, overruled = _merge(reading, sheet, facts)
            found += [*sheet.issues, *merged]
            files.append(_file_row(reading, sheet, overruled))
        issues += [issue_row(reading.source_id, reading.path, issue) for issue in found]
    return Assembled(
        readings=tuple(kept),
        facts={name: [stated.fact for stated in by_key.values()] for name, by_key in facts.items()},
        source_files=files,
        issues=[{"issue_no": number, **row} for number, row in enumerate(issues, start=1)],
    )


def _each_content_once(
    readings: Iterable[WorkbookReading],
) -> tuple[list[WorkbookReading], list[tuple[WorkbookReading, WorkbookReading]]]:
    """Return the readings to keep, in the order of their paths, and the others, each with the one of its content."""
    kept: list[WorkbookReading] = []
    repeated: list[tuple[WorkbookReading, WorkbookReading]] = []
    by_content: dict[str, WorkbookReading] = {}
    for reading in sorted(readings, key=lambda item: item.path):
        twin = by_content.setdefault(reading.sha256, reading) if reading.sha256 else reading
        if twin is reading:
            kept.append(reading)
        else:
            repeated.append((reading, twin))
    return kept, repeated


def _replaced_table(sheet: SheetReading, newer: WorkbookReading) -> Issue:
    """Return the finding about a table that counts no more: what else was found in it needs nobody now."""
    count = sum(len(rows) for rows in sheet.facts.values())
    return Issue("REPLACED", sheet.sheet, values={"newer": newer.path, "count": count})


def _repeated_file(reading: WorkbookReading, twin: WorkbookReading) -> Issue:
    """Return the finding about a second file of one content: graver when its name would give it another period."""
    periods = [[sheet.period_end for sheet in item.sheets] for item in (reading, twin)]
    code = "FILE_REPEATED" if periods[0] == periods[1] else "FILE_REPEATED_OTHER_PERIOD"
    return Issue(code, values={"other": twin.path})


def _merge(
    reading: WorkbookReading, sheet: SheetReading, facts: dict[str, _Facts]
) -> tuple[list[Issue], frozenset[int]]:
    """Add a sheet's facts. Return the findings about those that are there already, and the rows that gave nothing new.

    Of two facts for one key the first stays, whichever they say, in the order of the paths: nobody is overruled
    silently. Only of two that say the same, the one with a cause or a proposal beside it stays, and so its cell leads
    to them. A row of which every fact was overruled is not loaded.
    """
    issues: list[Issue] = []
    repeated: dict[str, list[Fact]] = defaultdict(list)
    left: set[int] = set()
    overruled: set[int] = set()
    for name, rows in sheet.facts.items():
        key_columns = table(name).key
        by_key = facts.setdefault(name, {})
        for row in rows:
            fact = {**row, "source_id": reading.source_id}
            number = int(str(row["row"]))
            stated = Stated(fact, reading)
            key = tuple(map(fact.get, key_columns))
            earlier = by_key.setdefault(key, stated)
            if earlier is stated:
                left.add(number)
            elif columns := differing(name, earlier.fact, fact):
                overruled.add(number)
                issues.append(conflict(earlier, stated, columns))
            else:
                left.add(number)
                if is_fuller(fact, earlier.fact):
                    by_key[key] = stated
                repeated[f"{earlier.reading.path} › {earlier.fact['sheet']}"].append(fact)
    for place, same in repeated.items():
        numbers = {"place": place, "count": len(same)}
        issues.append(Issue("FACT_REPEATED", sheet.sheet, str(same[0]["cell"]), values=numbers))
    return issues, frozenset(overruled - left)


def _file_row(
    reading: WorkbookReading, sheet: SheetReading, overruled: frozenset[int], newer: WorkbookReading | None = None
) -> dict[str, object]:
    return {
        "source_id": reading.source_id,
        "path": reading.path,
        "sha256": reading.sha256,
        "form": sheet.form,
        "sheet": sheet.sheet,
        "table_no": sheet.table_no,
        "title": sheet.title,
        "document": sheet.document,
        "period_end": sheet.period_end,
        "reporting_unit_code": sheet.reporting_unit_code,
        "is_illustrative": sheet.is_illustrative,
        "rows_read": len(sheet.read),
        "rows_loaded": len(sheet.loaded - overruled),
        "rows_rejected": len(sheet.rejected | overruled),
        "replaced_by": newer.source_id if newer else None,
    }


def issue_row(source_id: str, path: str, issue: Issue) -> dict[str, object]:
    """Return a finding as a row of load_issue, without its number."""
    return {
        "source_id": source_id,
        "path": path,
        "sheet": issue.sheet,
        "cell": issue.cell,
        "severity": issue.severity,
        "code": issue.code,
        "message_vi": issue.text("message", "vi"),
        "message_en": issue.text("message", "en"),
        "raw_value": issue.raw_value,
        "remedy_vi": issue.text("remedy", "vi"),
        "remedy_en": issue.text("remedy", "en"),
    }
