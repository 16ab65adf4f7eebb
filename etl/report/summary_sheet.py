"""The first sheet of a report: what was checked, what came of it, every finding with the way to its cell."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from openpyxl import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from etl.issues import SEVERITIES
from etl.report.findings import FileFindings, Finding
from etl.report.paper import (
    FIRST_CELL,
    frame,
    keep_in_view,
    tint,
    write_headings,
    write_link,
    write_meaning,
    write_row,
    write_top,
)
from ntm.geo.names import text_key

NAME = "Kết quả kiểm tra"
_HOW_TO = (
    "Cách sửa: bấm vào tên ô ở cột 'Ô' để tới ô đó; sửa ngay trên trang biểu; lưu rồi gửi lại tệp này."
    " Trang này, các màu và ghi chú kiểm tra được bỏ qua khi nạp lại."
)
_MEANINGS = {
    "block": "chưa vào kho số liệu cho tới khi được sửa",
    "ask": "đã đọc như trong biểu, cần người xác nhận",
    "note": "không bắt buộc sửa",
}
_HEADINGS = ("STT", "Mức độ", "Trang tính", "Ô", "Giá trị trong ô", "Vấn đề", "Cách xử lý", "Đã xử lý", "Mã")
_WIDTHS = (5, 13, 20, 10, 18, 46, 42, 9, 19)
_ALIGNS = ("center", "center", "left", "center", "left", "left", "left", "center", "left")
_CELL, _DONE = 4, "H"
_SPANS = {"block": (1, 5), "ask": (6, 6), "note": (7, 9)}
_OF_SHEETS = ("Trang tính", "", "Kỳ số liệu đến", "", "Biểu", "Số dòng")
_OF_SHEETS_FIRST = 2


def add_summary(book: Workbook, file: FileFindings, checked_at: datetime, remark: str) -> None:
    """Put the summary of one workbook before its sheets. An earlier summary is taken away."""
    for sheet in list(book.worksheets):
        if text_key(str(sheet["A1"].value)) == text_key(FIRST_CELL):
            book.remove(sheet)
    sheet = book.create_sheet(_free_name(book), 0)
    for other in book.worksheets:
        other.sheet_view.tabSelected = other is sheet
    book.active = 0
    lines = [
        outcome(file),
        f"Tệp: {file.path}.     Kiểm tra lúc: {checked_at:%H:%M ngày %d/%m/%Y}.",
        _HOW_TO if file.findings else "Không phải sửa gì.",
        remark,
    ]
    row = write_top(sheet, _WIDTHS, [line for line in lines if line])
    write_colours(sheet, row, _SPANS)
    last = _write_findings(sheet, row + 1, file.findings)
    _write_sheets(sheet, last + 2, file)


def outcome(file: FileFindings) -> str:
    """Return in a sentence what came of one workbook."""
    read, loaded, rejected = file.rows
    counted = "; ".join(f"{count} {SEVERITIES[severity]}" for severity, count in file.counts.items() if count)
    return f"Vấn đề: {counted or 'không có'}.     Dòng đọc: {read}; nạp được: {loaded}; không nạp: {rejected}."


def write_colours(sheet: Worksheet, row: int, spans: dict[str, tuple[int, int]]) -> None:
    """Write what the colours mean, one beside the other."""
    for severity, (first, last) in spans.items():
        for column in range(first, last + 1):
            tint(sheet.cell(row, column), severity)
            frame(sheet.cell(row, column))
        write_meaning(sheet.cell(row, first), f"{SEVERITIES[severity].capitalize()}: {_MEANINGS[severity]}")
        if last > first:
            sheet.merge_cells(start_row=row, end_row=row, start_column=first, end_column=last)


def place_text(finding: Finding) -> str:
    """Return the cell of a finding, or that it is about the whole sheet; '' for one about the file."""
    return finding.cell or ("(cả trang)" if finding.sheet else "")


def _is_hidden(book: Workbook, finding: Finding) -> bool:
    """Tell whether the cell of a finding is hidden, so that the link to it seems to lead nowhere."""
    if finding.sheet not in book.sheetnames:
        return False
    sheet = book[finding.sheet]
    cell = sheet[finding.cell or "A1"]
    columns = (size for size in sheet.column_dimensions.values() if size.hidden)
    return (
        sheet.sheet_state != "visible"
        or sheet.row_dimensions[cell.row].hidden
        or any(size.min <= cell.column <= size.max for size in columns)
    )


def _write_findings(sheet: Worksheet, first: int, findings: Sequence[Finding]) -> int:
    """Write the table of findings and return its last row."""
    write_headings(sheet, first, _HEADINGS)
    for row, finding in enumerate(findings, start=first + 1):
        values = (
            row - first,
            SEVERITIES[finding.severity],
            finding.sheet or "(cả tệp)",
            place_text(finding) + (" (ẩn)" if _is_hidden(sheet.parent, finding) else ""),
            finding.value,
            finding.message,
            finding.remedy,
            "",
            finding.code,
        )
        write_row(sheet, row, values, _ALIGNS, _WIDTHS)
        tint(sheet.cell(row, 2), finding.severity)
        if finding.sheet in sheet.parent.sheetnames:
            write_link(sheet.cell(row, _CELL), "", finding.sheet, finding.cell or "A1")
    last = first + len(findings)
    keep_in_view(sheet, first, last, len(_HEADINGS))
    if findings:
        done = DataValidation("list", formula1='"x"', allow_blank=True)
        done.add(f"{_DONE}{first + 1}:{_DONE}{last}")
        sheet.add_data_validation(done)
    return last


def _write_sheets(sheet: Worksheet, first: int, file: FileFindings) -> None:
    """Write what became of the rows of each sheet, in columns B to G."""
    write_headings(sheet, first, _OF_SHEETS, first=_OF_SHEETS_FIRST)
    for row, item in enumerate(file.sheets, start=first + 1):
        period = f"{item.period_end:%d/%m/%Y}" if item.period_end else "không rõ"
        name = item.sheet if item.table_no == 1 else f"{item.sheet} (bảng {item.table_no})"
        counts = f"đọc {item.read}, nạp {item.loaded}, không nạp {item.rejected}"
        widths = (_WIDTHS[1] + _WIDTHS[2], *_WIDTHS[2:7])
        aligns = ("left", "left", "center", "center", "left", "left")
        write_row(sheet, row, (name, "", period, "", item.form, counts), aligns, widths, first=_OF_SHEETS_FIRST)
        for column in (_OF_SHEETS_FIRST, _OF_SHEETS_FIRST + 2):
            sheet.merge_cells(start_row=row, end_row=row, start_column=column, end_column=column + 1)


def _free_name(book: Workbook) -> str:
    """Return the summary's name, with a number where a sheet has it already."""
    taken = {name.casefold() for name in book.sheetnames}
    names = (NAME if number == 1 else f"{NAME} ({number})" for number in range(1, len(taken) + 2))
    return next(name for name in names if name.casefold() not in taken)
