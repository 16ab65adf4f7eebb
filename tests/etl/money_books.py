"""Tiny workbooks of forms that hold money, beside the form of sources in workbooks.py."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl import Workbook

from tests.etl.workbooks import HEADINGS_ROW, Row, form, write

MILLION = "ĐVT: Triệu đồng"
MOBILISED = "TỔNG HỢP KẾT QUẢ HUY ĐỘNG NGUỒN LỰC XÂY DỰNG NÔNG THÔN MỚI TỈNH HẬU GIANG"
PAID = "TÌNH HÌNH GIẢI NGÂN VỐN THỰC HIỆN CHƯƠNG TRÌNH MTQG XÂY DỰNG NÔNG THÔN MỚI TỈNH HẬU GIANG NĂM 2022"
PAID_CENTRAL = "GIẢI NGÂN VỐN NGÂN SÁCH TRUNG ƯƠNG XÂY DỰNG NÔNG THÔN MỚI TỈNH HẬU GIANG NĂM 2022"
OWED = "TỔNG HỢP NỢ ĐỌNG XÂY DỰNG CƠ BẢN TRONG XÂY DỰNG NÔNG THÔN MỚI TỈNH HẬU GIANG"
BUILT = "KẾT QUẢ THỰC HIỆN VỐN ĐẦU TƯ PHÁT TRIỂN TỪ NGÂN SÁCH TRUNG ƯƠNG TỈNH HẬU GIANG"


def layered(paths: Sequence[Sequence[str]], rows: Sequence[Row], **parts: object) -> Workbook:
    """Return a form whose headings stand one below the other, merged as offices do, the body right below them.

    `paths` are the headings of each column from top to bottom; neighbours with the same beginning share its cells.
    """
    depth = max(map(len, paths))
    book = form(headings=[], rows=[], numbering=False, **{"title": MOBILISED, "unit": MILLION, **parts})  # type: ignore[arg-type]
    sheet = book.active
    for level in range(depth):
        column = 1
        while column <= len(paths):
            last = column
            head = paths[column - 1][: level + 1]
            while len(head) > level and last < len(paths) and paths[last][: level + 1] == head:
                last += 1
            if len(head) > level:
                bottom = HEADINGS_ROW + (depth - 1 if len(paths[column - 1]) == level + 1 else level)
                sheet.cell(HEADINGS_ROW + level, column, head[level])
                if (bottom, last) != (HEADINGS_ROW + level, column):
                    sheet.merge_cells(
                        start_row=HEADINGS_ROW + level, start_column=column, end_row=bottom, end_column=last
                    )
            column = last + 1
    first = HEADINGS_ROW + depth
    write(sheet, first, [f"({number})" for number in range(1, len(paths) + 1)])
    for number, row in enumerate(rows, start=first + 1):
        write(sheet, number, row)
    return book


HALF = "6T - Kết quả huy động"
DIRECT = "Vốn đầu tư trực tiếp"
FOUR_LEVELS = (
    ("TT",),
    ("Huyện",),
    (HALF, "Tổng số"),
    (HALF, DIRECT, "Tổng số"),
    (HALF, DIRECT, "NSTW", "ĐTPT"),
    (HALF, DIRECT, "NSTW", "SN"),
    (HALF, DIRECT, "NSĐP"),
    (HALF, "Vốn lồng ghép"),
    (HALF, "Vốn tín dụng"),
    (HALF, "Dân đóng góp"),
    ("Ghi chú",),
)
"""Headings of one half of Biểu 09, with districts for rows; its body begins in row 11."""
FOUR_LEVELS_FIRST_ROW = 11


def by_district(*rows: Row, paths: Sequence[Sequence[str]] = FOUR_LEVELS, **parts: object) -> Workbook:
    """Return money of districts by source under four headings."""
    return layered(paths, rows, **parts)


def months(*rows: Row, headings: Row = ("Tháng 1", "Tháng 2", "Tháng 3"), **parts: object) -> Workbook:
    """Return money paid out by month: ordinal, source, months."""
    columns = ["TT", "Nguồn vốn", *headings]
    shape: dict[str, object] = {"title": PAID, "unit": MILLION, **parts}
    return form(headings=columns, rows=rows, **shape)  # type: ignore[arg-type]


ARREARS = (
    "TT",
    "Tên công trình",
    "Địa điểm XD",
    "Năm KC-HT",
    "TMĐT",
    "Giá trị KLHT",
    "Vốn đã bố trí",
    "Còn nợ",
    "KH xử lý",
)
ARREARS_NUMBERS = ("1", "2", "3", "4", "5", "6", "7", "8=6-7", "9")


def arrears(*rows: Row, numbers: Row = ARREARS_NUMBERS, **parts: object) -> Workbook:
    """Return a list of arrears, with the rule 8=6-7 in its numbering row."""
    shape: dict[str, object] = {"title": OWED, "unit": MILLION, "numbering": False, **parts}
    return form(headings=ARREARS, rows=[numbers, *rows], **shape)  # type: ignore[arg-type]


def works(
    *rows: Row, headings: Row = ("Kế hoạch năm", "KQ TH 6 tháng", "KQ TH kế hoạch năm"), **parts: object
) -> Workbook:
    """Return a list of works (Biểu 08): ordinal, work, amounts."""
    shape: dict[str, object] = {"title": BUILT, "unit": MILLION, **parts}
    return form(headings=["TT", "CÔNG TRÌNH", *headings, "Ghi chú"], rows=rows, **shape)  # type: ignore[arg-type]
