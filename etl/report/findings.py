"""What a report tells of one workbook: its findings in order, its sheets with their rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from openpyxl.utils.cell import coordinate_to_tuple

from etl.forms.form import form_label
from etl.issues import SEVERITIES

Row = Mapping[str, object]


@dataclass(frozen=True)
class Finding:
    """One finding as an office reads it. `sheet` and `cell` are '' where it is about the file or the whole sheet."""

    severity: str
    code: str
    sheet: str
    cell: str
    value: str
    message: str
    remedy: str

    @property
    def text(self) -> str:
        """What a note on the cell says."""
        return f"{SEVERITIES[self.severity].upper()}: {self.message}\n→ {self.remedy}\n[{self.code}]"


@dataclass(frozen=True)
class SheetCount:
    """What became of the rows of one table; most sheets have one."""

    sheet: str
    table_no: int
    form: str
    period_end: date | None
    read: int
    loaded: int
    rejected: int


@dataclass(frozen=True)
class FileFindings:
    """Everything about one workbook; `path` is as shown to the person who loads."""

    path: str
    findings: tuple[Finding, ...]
    sheets: tuple[SheetCount, ...]

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """Findings by severity, every severity named."""
        found = Counter(finding.severity for finding in self.findings)
        return {severity: found[severity] for severity in SEVERITIES}

    @property
    def rows(self) -> tuple[int, int, int]:
        """Rows read, loaded, rejected."""
        return tuple(sum(getattr(sheet, part) for sheet in self.sheets) for part in ("read", "loaded", "rejected"))

    def with_sheets(self, renamed: Mapping[str, str]) -> FileFindings:
        """Return the same with sheets called as in a copy."""
        return replace(
            self,
            findings=tuple(replace(item, sheet=renamed.get(item.sheet, item.sheet)) for item in self.findings),
            sheets=tuple(replace(item, sheet=renamed.get(item.sheet, item.sheet)) for item in self.sheets),
        )


def findings_by_file(paths: Iterable[str], sheets_read: Iterable[Row], issues: Iterable[Row]) -> list[FileFindings]:
    """Return the findings of every workbook, in the order of their paths. Rows are those of source_file, load_issue."""
    sheets_of, issues_of = _by_path(sheets_read), _by_path(issues)
    found = []
    for path in sorted(paths):
        sheets = tuple(_sheet_count(row) for row in sheets_of.get(path, ()))
        findings = _in_order(map(_finding, issues_of.get(path, ())), sheets)
        found.append(FileFindings(path, findings, sheets))
    return found


def _by_path(rows: Iterable[Row]) -> Mapping[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(str(row["path"]), []).append(row)
    return found


def _finding(row: Row) -> Finding:
    return Finding(
        severity=str(row["severity"]),
        code=str(row["code"]),
        sheet=str(row["sheet"] or ""),
        cell=str(row["cell"] or ""),
        value=str(row["raw_value"] or ""),
        message=str(row["message_vi"]),
        remedy=str(row["remedy_vi"]),
    )


def _sheet_count(row: Row) -> SheetCount:
    period_end = row["period_end"]
    return SheetCount(
        sheet=str(row["sheet"]),
        table_no=int(str(row["table_no"])),
        form=form_label(row["form"]),
        period_end=period_end if isinstance(period_end, date) else None,
        read=int(str(row["rows_read"])),
        loaded=int(str(row["rows_loaded"])),
        rejected=int(str(row["rows_rejected"])),
    )


def _in_order(findings: Iterable[Finding], sheets: Sequence[SheetCount]) -> tuple[Finding, ...]:
    """Put what was not loaded first: the rest often follows from it; then as one reads a workbook."""
    severities = list(SEVERITIES)
    names = ["", *(sheet.sheet for sheet in sheets)]

    def place(finding: Finding) -> tuple[int, int, tuple[int, int]]:
        sheet = names.index(finding.sheet) if finding.sheet in names else len(names)
        return severities.index(finding.severity), sheet, _position(finding.cell)

    return tuple(sorted(findings, key=place))


def _position(cell: str) -> tuple[int, int]:
    return coordinate_to_tuple(cell) if cell else (0, 0)
