"""The summary of several workbooks: what came of each, with the way to its marked-up copy and to every finding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from etl.issues import SEVERITIES
from etl.report.findings import FileFindings
from etl.report.paper import keep_in_view, tint, write_headings, write_link, write_row, write_top
from etl.report.summary_sheet import NAME, place_text, write_colours

_ALL = "Các vấn đề"
_OF_FILES = ("STT", "Tệp", "Không nạp", "Cần xác nhận", "Lưu ý", "Dòng đọc", "Dòng nạp", "Dòng không nạp")
_FILE_WIDTHS = (6, 70, 14, 16, 14, 12, 12, 14)
_FILE_ALIGNS = ("center", "left", *["center"] * 6)
_OF_FINDINGS = ("STT", "Mức độ", "Tệp", "Trang tính", "Ô", "Giá trị trong ô", "Vấn đề", "Cách xử lý", "Mã")
_WIDTHS = (5, 13, 26, 18, 10, 16, 44, 40, 19)
_ALIGNS = ("center", "center", "left", "left", "center", *["left"] * 4)


def overview_book(files: Sequence[FileFindings], copies: Mapping[str, str], checked_at: datetime) -> Workbook:
    """Return the summary of several workbooks. `copies` are the marked-up ones, by path as shown."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = NAME
    _write_files(sheet, files, copies, checked_at)
    _write_findings(book.create_sheet(_ALL), files, copies)
    return book


def _write_files(
    sheet: Worksheet, files: Sequence[FileFindings], copies: Mapping[str, str], checked_at: datetime
) -> None:
    lines = [
        f"{len(files)} tệp, {len(copies)} tệp có vấn đề.     Kiểm tra lúc: {checked_at:%H:%M ngày %d/%m/%Y}.",
        "Bấm vào tên tệp để mở bản sao đã đánh dấu; sửa trong bản sao đó, lưu rồi gửi lại."
        f" Mọi vấn đề của các tệp: trang '{_ALL}'.",
    ]
    row = write_top(sheet, _FILE_WIDTHS, lines)
    write_colours(sheet, row, {"block": (1, 2), "ask": (3, 5), "note": (6, 8)})
    write_headings(sheet, row + 1, _OF_FILES)
    for number, file in enumerate(files, start=1):
        at = row + 1 + number
        write_row(sheet, at, (number, file.path, *file.counts.values(), *file.rows), _FILE_ALIGNS, _FILE_WIDTHS)
        for column, (severity, count) in enumerate(file.counts.items(), start=3):
            if count:
                tint(sheet.cell(at, column), severity)
        if file.path in copies:
            write_link(sheet.cell(at, 2), copies[file.path], NAME, "A1")
    keep_in_view(sheet, row + 1, row + 1 + len(files), len(_OF_FILES))


def _write_findings(sheet: Worksheet, files: Sequence[FileFindings], copies: Mapping[str, str]) -> None:
    row = write_top(sheet, _WIDTHS, ["Mọi vấn đề của các tệp; bấm vào tên ô để tới ô đó trong bản sao đã đánh dấu."])
    write_headings(sheet, row, _OF_FINDINGS)
    found = [(file.path, finding) for file in files for finding in file.findings]
    for number, (path, finding) in enumerate(found, start=1):
        at = row + number
        values = (
            number,
            SEVERITIES[finding.severity],
            path,
            finding.sheet or "(cả tệp)",
            place_text(finding),
            finding.value,
            finding.message,
            finding.remedy,
            finding.code,
        )
        write_row(sheet, at, values, _ALIGNS, _WIDTHS)
        tint(sheet.cell(at, 2), finding.severity)
        if finding.sheet:
            write_link(sheet.cell(at, 5), copies[path], finding.sheet, finding.cell or "A1")
    keep_in_view(sheet, row, row + len(found), len(_OF_FINDINGS))
