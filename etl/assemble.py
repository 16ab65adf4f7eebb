"""Readings of many workbooks to the rows of the warehouse: one fact a key, findings numbered, files listed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from etl.context import Fact, SheetReading
from etl.issues import Issue
from etl.sheet import WorkbookReading
from ntm.catalog import table

_PLACE_COLUMNS = ("source_id", "sheet", "cell", "path")


@dataclass(frozen=True)
class Assembled:
    """Rows ready for insertion, by table; `source_files` and `issues` as the catalog describes them."""

    facts: Mapping[str, Sequence[Fact]]
    source_files: Sequence[Mapping[str, object]]
    issues: Sequence[Mapping[str, object]]


def assemble(readings: Iterable[WorkbookReading]) -> Assembled:
    """Put the readings together in the order of their paths. A file given twice counts once."""
    unique = {
        reading.sha256: reading for reading in sorted(readings, key=lambda item: item.path, reverse=True)
    }
    ordered = sorted(unique.values(), key=lambda item: item.path)
    facts: dict[str, dict[tuple[object, ...], Fact]] = {}
    issues: list[Mapping[str, object]] = []
    for reading in ordered:
        issues += [_issue_row(reading, issue) for issue in reading.issues]
        for sheet in reading.sheets:
            issues += [_issue_row(reading, issue) for issue in sheet.issues]
            issues += [_issue_row(reading, issue) for issue in _merge(reading, sheet, facts)]
    numbered = [{"issue_no": number, **row} for number, row in enumerate(issues, start=1)]
    return Assembled(
        facts={name: [_without_path(fact) for fact in by_key.values()] for name, by_key in facts.items()},
        source_files=[_file_row(reading, sheet) for reading in ordered for sheet in reading.sheets],
        issues=numbered,
    )


def _merge(
    reading: WorkbookReading, sheet: SheetReading, facts: dict[str, dict[tuple[object, ...], Fact]]
) -> Iterator[Issue]:
    """Add a sheet's facts. Of two facts for one key the first stays, whichever they say: nobody is overruled silently."""
    for name, rows in sheet.facts.items():
        key_columns = table(name).key
        by_key = facts.setdefault(name, {})
        for row in rows:
            fact = {**row, "source_id": reading.source_id, "path": reading.path}
            key = tuple(fact.get(column) for column in key_columns)
            earlier = by_key.setdefault(key, fact)
            if earlier is not fact:
                is_same = all(earlier.get(c) == fact.get(c) for c in fact if c not in _PLACE_COLUMNS)
                yield Issue(
                    "FACT_REPEATED" if is_same else "FACT_CONFLICT",
                    sheet.sheet,
                    str(fact["cell"]),
                    values={"place": _place(earlier), "other": _place(fact)},
                )


def _place(fact: Fact) -> str:
    return f"{fact['path']} › {fact['sheet']} › {fact['cell']}"


def _without_path(fact: Fact) -> Fact:
    return {name: value for name, value in fact.items() if name != "path"}


def _file_row(reading: WorkbookReading, sheet: SheetReading) -> dict[str, object]:
    return {
        "source_id": reading.source_id,
        "path": reading.path,
        "sha256": reading.sha256,
        "form": sheet.form,
        "sheet": sheet.sheet,
        "title": sheet.title,
        "document": sheet.document,
        "period_end": sheet.period_end,
        "reporting_unit_code": sheet.reporting_unit_code,
        "is_illustrative": sheet.is_illustrative,
        "rows_read": sheet.rows_read,
        "rows_loaded": sheet.rows_loaded,
        "rows_rejected": sheet.rows_rejected,
    }


def _issue_row(reading: WorkbookReading, issue: Issue) -> dict[str, object]:
    return {
        "source_id": reading.source_id,
        "path": reading.path,
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
