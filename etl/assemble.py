"""Readings of many workbooks to the rows of the warehouse: one fact a key, findings numbered, files listed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from etl.context import Fact, SheetReading
from etl.issues import Issue
from etl.sheet import WorkbookReading
from ntm.catalog import table

_PLACE_COLUMNS = frozenset({"source_id", "sheet", "cell", "row"})
# Facts of one table by their key, each with the path of the workbook that it came from.
_Facts = dict[tuple[object, ...], tuple[Fact, str]]


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


def assemble(readings: Iterable[WorkbookReading]) -> Assembled:
    """Put the readings together in the order of their paths. A file with the content of another counts once."""
    facts: dict[str, _Facts] = {}
    issues: list[Mapping[str, object]] = []
    files: list[Mapping[str, object]] = []
    kept: list[WorkbookReading] = []
    by_content: dict[str, WorkbookReading] = {}
    for reading in sorted(readings, key=lambda item: item.path):
        twin = by_content.setdefault(reading.sha256, reading) if reading.sha256 else reading
        if twin is not reading:
            issues.append(_issue_row(reading, _repeated_file(reading, twin)))
            continue
        kept.append(reading)
        issues += [_issue_row(reading, issue) for issue in reading.issues]
        for sheet in reading.sheets:
            merged, overruled = _merge(reading, sheet, facts)
            issues += [_issue_row(reading, issue) for issue in (*sheet.issues, *merged)]
            files.append(_file_row(reading, sheet, overruled))
    return Assembled(
        readings=tuple(kept),
        facts={name: [fact for fact, _ in by_key.values()] for name, by_key in facts.items()},
        source_files=files,
        issues=[{"issue_no": number, **row} for number, row in enumerate(issues, start=1)],
    )


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
    silently. A row of which every fact was overruled is not loaded.
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
            earlier, path = by_key.setdefault(tuple(map(fact.get, key_columns)), (fact, reading.path))
            if earlier is fact:
                left.add(number)
            elif all(earlier.get(column) == fact[column] for column in fact.keys() - _PLACE_COLUMNS):
                left.add(number)
                repeated[f"{path} › {earlier['sheet']}"].append(fact)
            else:
                overruled.add(number)
                values = {"place": _place(path, earlier), "other": _place(reading.path, fact)}
                issues.append(Issue("FACT_CONFLICT", sheet.sheet, str(fact["cell"]), values=values))
    for place, same in repeated.items():
        numbers = {"place": place, "count": len(same)}
        issues.append(Issue("FACT_REPEATED", sheet.sheet, str(same[0]["cell"]), values=numbers))
    return issues, frozenset(overruled - left)


def _place(path: str, fact: Fact) -> str:
    return f"{path} › {fact['sheet']} › {fact['cell']}"


def _file_row(reading: WorkbookReading, sheet: SheetReading, overruled: frozenset[int]) -> dict[str, object]:
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
