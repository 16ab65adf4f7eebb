"""Tiny workbooks for tests, in the layouts that offices send. Each builder makes a sound one; a test breaks one thing.

Every sheet has: row 1 who reports, row 2 the title, row 3 the set or a remark, row 4 the cut-off, row 5 the unit of
money, row 6 the headings, row 7 the numbering, from row 8 on the body, then the notes.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

HEADINGS_ROW = 6
FIRST_ROW = 8
HEAD = "BAN CHỈ ĐẠO CÁC CHƯƠNG TRÌNH MTQG TỈNH HẬU GIANG"
LEGEND = "Ghi chú: x: đạt; CĐ: chưa đạt."
Row = Sequence[object]

KIEU_MAU = "KẾT QUẢ THỰC HIỆN QUY ĐỊNH TIÊU CHÍ XÃ NÔNG THÔN MỚI KIỂU MẪU TỈNH HẬU GIANG"
KIEU_MAU_SET = "(Quyết định số 319/QĐ-TTg ngày 08/3/2022)"
NTM = "KẾT QUẢ THỰC HIỆN BỘ TIÊU CHÍ QUỐC GIA VỀ XÃ NÔNG THÔN MỚI"
NTM_SET = "giai đoạn 2021-2025 (Quyết định số 318/QĐ-TTg ngày 08/3/2022)"
NTM_SET_BEFORE = "giai đoạn 2016-2020 (Quyết định số 1980/QĐ-TTg ngày 17/10/2016)"


def form(
    title: str,
    headings: Row,
    rows: Sequence[Row],
    *,
    head: str = HEAD,
    remark: str = "",
    cut_off: str = "(Số liệu đến 30/6/2022)",
    unit: str = "",
    numbering: bool = True,
    below: Sequence[str] = (),
) -> Workbook:
    """Return a workbook with one form."""
    book = Workbook()
    sheet = book.active
    for place, text in enumerate((head, title, remark, cut_off, unit), start=1):
        sheet.cell(place, 1, text or None)
    write(sheet, HEADINGS_ROW, headings)
    first = HEADINGS_ROW + 1
    if numbering:
        write(sheet, first, [f"({number})" for number in range(1, len(headings) + 1)])
        first = FIRST_ROW
    for number, row in enumerate([*rows, *([text] for text in below)], start=first):
        write(sheet, number, row)
    return book


def write(sheet: Worksheet, number: int, row: Row) -> None:
    """Write one row from column A on; None leaves a cell empty."""
    for column, value in enumerate(row, start=1):
        if value is not None:
            sheet.cell(number, column, value)


def matrix(*rows: Row, criteria: Row = (1, 2, 3, 4), below: Sequence[str] = (LEGEND,), **parts: object) -> Workbook:
    """Return a criteria matrix of the set of 319/QĐ-TTg, which has four criteria: ordinal, name, marks, total."""
    shape: dict[str, object] = {"title": KIEU_MAU, "remark": KIEU_MAU_SET, **parts}
    headings = ["STT", "Tên xã", *criteria, "Tổng số TC đạt", "Ghi chú"]
    return form(headings=headings, rows=rows, below=below, **shape)  # type: ignore[arg-type]


def ntm_matrix(
    cut_off: str,
    met: dict[str, int | None],
    *,
    decision: str = NTM_SET,
    province: str = "TỈNH HẬU GIANG",
    district: str | None = None,
) -> Workbook:
    """Return a matrix of 19 criteria: each commune meets the first so many; None leaves its row blank."""
    rows: list[Row] = [["I", district]] if district else []
    for ordinal, (name, count) in enumerate(met.items(), start=1):
        marks = [None] * 19 if count is None else ["x"] * count + ["CĐ"] * (19 - count)
        rows.append([ordinal, name, *marks, count])
    title = f"{NTM} {province}"
    return matrix(*rows, criteria=range(1, 20), title=title, remark=decision, cut_off=cut_off, head=f"UBND {province}")


def recognitions(*rows: Row, cut_off: str = "(Số liệu đến 30/6/2025)", **parts: object) -> Workbook:
    """Return a list of recognitions: ordinal, commune, district, standard, year, decision, its date, event."""
    headings = ["TT", "Tên xã", "Huyện", "Mức", "Năm đạt", "Số quyết định", "Ngày quyết định", "Hình thức"]
    title = "DANH SÁCH XÃ ĐƯỢC CÔNG NHẬN ĐẠT CHUẨN NÔNG THÔN MỚI TỈNH HẬU GIANG"
    return form(**{"title": title, "cut_off": cut_off, **parts}, headings=headings, rows=rows)  # type: ignore[arg-type]


def recognition(
    name: str = "Xã Vị Tân",
    district: str = "Thành phố Vị Thanh",
    standard: str = "NTM",
    day: object = date(2021, 12, 20),
    event: str | None = "Công nhận",
    year: object = 2021,
    number: str = "1/QĐ-UBND",
) -> Row:
    """Return a row of a list of recognitions."""
    return [1, name, district, standard, year, number, day, event]


def funding(
    *rows: Row,
    headings: Row = ("Kế hoạch năm 2022",),
    unit: str = "ĐVT: Triệu đồng",
    **parts: object,
) -> Workbook:
    """Return a funding form: ordinal, source, amounts."""
    title = "TỔNG HỢP NGUỒN VỐN THỰC HIỆN CHƯƠNG TRÌNH MTQG XÂY DỰNG NÔNG THÔN MỚI TỈNH HẬU GIANG NĂM 2022"
    columns = ["TT", "Nguồn vốn", *headings, "Ghi chú"]
    return form(**{"title": title, "unit": unit, **parts}, headings=columns, rows=rows)  # type: ignore[arg-type]


def targets(*rows: Row, cut_off: str = "", **parts: object) -> Workbook:
    """Return a list of targets of 2022: ordinal, wording, unit, value, kind, denominator, day, document."""
    headings = ["TT", "Chỉ tiêu", "ĐVT", "Giá trị", "Loại chỉ tiêu", "Mẫu số", "Hạn hoàn thành", "Văn bản"]
    title = "CHỈ TIÊU XÂY DỰNG NÔNG THÔN MỚI TỈNH HẬU GIANG NĂM 2022"
    return form(**{"title": title, "cut_off": cut_off, **parts}, headings=headings, rows=rows)  # type: ignore[arg-type]


def products(*rows: Row, cut_off: str = "(Số liệu đến 31/01/2023)", **parts: object) -> Workbook:
    """Return a list of OCOP products: ordinal, product, producer, score, stars, decision."""
    headings = ["STT", "Tên sản phẩm", "Tên chủ thể", "Điểm", "Hạng", "Số, ngày QĐ"]
    title = "DANH SÁCH SẢN PHẨM OCOP ĐƯỢC CÔNG NHẬN TRÊN ĐỊA BÀN TỈNH HẬU GIANG"
    return form(**{"title": title, "cut_off": cut_off, **parts}, headings=headings, rows=rows)  # type: ignore[arg-type]
