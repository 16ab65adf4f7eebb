"""Workbooks that report criteria in more ways than one column a criterion: pairs, indicators, periods, bands."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.etl.workbooks import HEAD, NTM, NTM_SET, Row, write

Path = Sequence[object]
TOP = 6

HUYEN = "KẾT QUẢ THỰC HIỆN BỘ TIÊU CHÍ QUỐC GIA VỀ HUYỆN NÔNG THÔN MỚI TỈNH HẬU GIANG"
HUYEN_SET = "giai đoạn 2021-2025 (Quyết định số 320/QĐ-TTg ngày 08/3/2022)"
TINH = "KẾT QUẢ THỰC HIỆN TIÊU CHÍ TỈNH HOÀN THÀNH NHIỆM VỤ XÂY DỰNG NÔNG THÔN MỚI TỈNH HẬU GIANG"
TINH_SET = "giai đoạn 2021-2025 (Quyết định số 321/QĐ-TTg ngày 08/3/2022)"
DEM = "TỔNG HỢP SỐ XÃ ĐẠT TIÊU CHÍ QUỐC GIA VỀ XÃ NÔNG THÔN MỚI GIAI ĐOẠN 2021-2025 TỈNH HẬU GIANG"
XA_HEAD = "UBND XÃ VỊ TRUNG, HUYỆN VỊ THỦY, TỈNH HẬU GIANG"


def headed(
    paths: Sequence[Path],
    rows: Sequence[Row],
    *,
    title: str = NTM + " TỈNH HẬU GIANG",
    remark: str = NTM_SET,
    cut_off: str = "(Số liệu đến 30/6/2022)",
    head: str = HEAD,
    below: Sequence[str] = (),
) -> Workbook:
    """Return a form whose columns are headed by paths, from top to bottom; parts that neighbours share are merged.

    The headings begin in row 6, the numbering follows them, then the rows.
    """
    book = Workbook()
    sheet = book.active
    for place, text in enumerate((head, title, remark, cut_off), start=1):
        sheet.cell(place, 1, text or None)
    depth = max(map(len, paths))
    for level in range(depth):
        _write_level(sheet, paths, level, depth)
    write(sheet, TOP + depth, [f"({number})" for number in range(1, len(paths) + 1)])
    for number, row in enumerate([*rows, *([text] for text in below)], start=TOP + depth + 1):
        write(sheet, number, row)
    return book


def _write_level(sheet: Worksheet, paths: Sequence[Path], level: int, depth: int) -> None:
    column = 0
    while column < len(paths):
        own = paths[column][: level + 1]
        last = column
        if len(own) > level and len(paths[column]) > level + 1:
            while last + 1 < len(paths) and paths[last + 1][: level + 1] == own and len(paths[last + 1]) > level + 1:
                last += 1
        if len(own) > level:
            is_leaf = len(paths[column]) == level + 1
            sheet.cell(TOP + level, column + 1, own[level])
            bottom = TOP + depth - 1 if is_leaf else TOP + level
            if last > column or bottom > TOP + level:
                sheet.merge_cells(start_row=TOP + level, end_row=bottom, start_column=column + 1, end_column=last + 1)
        column = last + 1


def indicator_paths(codes: Sequence[object], *, criteria: Sequence[int] = (), pairs: bool = False) -> list[Path]:
    """Return the headings of a matrix with indicators, and of the criteria beside them."""
    parts = ("Kết quả", "Đánh giá") if pairs else ("",)
    found: list[Path] = [("STT",), ("Tên xã",)]
    found += [("Chỉ tiêu", code, part) if part else ("Chỉ tiêu", code) for code in codes for part in parts]
    return [*found, *(("Đánh giá tiêu chí", number) for number in criteria)]
