"""Good workbooks to be damaged. Every figure tells by itself where it belongs: amounts and scores occur once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from openpyxl import Workbook

from tests.etl.workbooks import (
    HEADINGS_ROW,
    NTM,
    NTM_SET,
    Row,
    funding,
    matrix,
    products,
    recognition,
    recognitions,
    targets,
)

CRITERIA = (
    "Quy hoạch", "Giao thông", "Thủy lợi và phòng, chống thiên tai", "Điện", "Trường học", "Cơ sở vật chất văn hóa",
    "Cơ sở hạ tầng thương mại nông thôn", "Thông tin và Truyền thông", "Nhà ở dân cư", "Thu nhập", "Nghèo đa chiều",
    "Lao động", "Tổ chức sản xuất và phát triển kinh tế nông thôn", "Giáo dục và Đào tạo", "Y tế", "Văn hóa",
    "Môi trường và An toàn thực phẩm", "Hệ thống chính trị và Tiếp cận pháp luật", "Quốc phòng và An ninh",
)  # fmt: skip
COMMUNES = {
    "Thành phố Vị Thanh": ("Xã Vị Tân", "Hoả Lựu", "Xã Tân Tiến"),
    "Huyện Vị Thuỷ": ("Vị Trung", "Vị Thuỷ", "Vị Thanh", "Vĩnh Tường"),  # three of them bear the name of another unit
    "Thị xã Long Mỹ": ("Vĩnh Tường", "Phường Thuận An", "Long Trị", "Long Trị A"),
}
SOURCES = {
    "NGÂN SÁCH TRUNG ƯƠNG": ("central", ""),
    "Vốn đầu tư phát triển": ("", "investment"),
    "Vốn sự nghiệp": ("", "recurrent"),
    "NGÂN SÁCH ĐỊA PHƯƠNG": ("local", ""),
    "VỐN LỒNG GHÉP": ("integrated", ""),
    "VỐN TÍN DỤNG": ("credit", ""),
    "VỐN DOANH NGHIỆP": ("enterprise", ""),
    "HUY ĐỘNG TỪ CỘNG ĐỒNG DÂN CƯ": ("community", ""),
}
"""What a row's name means: source, nature. A part has the source of the row with a Roman number above it."""
STAGES = {
    "Nhu cầu vốn năm 2022": ("need", 2022),
    "Kế hoạch vốn năm 2022": ("plan", 2022),
    "Vốn đã giao năm 2022": ("allocated", 2022),
    "Kết quả giải ngân năm 2022": ("disbursed", 2022),
}
_PARTS = ("Vốn đầu tư phát triển", "Vốn sự nghiệp")


def _marked(with_district: bool = True) -> list[Row]:
    rows: list[Row] = []
    for number, (district, names) in enumerate(COMMUNES.items()):
        rows += [[("I", "II", "III")[number], district]] if with_district else []
        for ordinal, name in enumerate(names, start=1):
            marks = ["x" if (ordinal * 7 + criterion * (number + 3)) % 5 else "CĐ" for criterion in range(19)]
            rows.append([ordinal, name, *marks, marks.count("x")])
    return rows


def matrix_of_numbered_names() -> Workbook:
    """Headings such as '1. Quy hoạch', one row of them."""
    headings = [f"{number}. {name}" for number, name in enumerate(CRITERIA, start=1)]
    return matrix(*_marked(), criteria=headings, title=f"{NTM} TỈNH HẬU GIANG", remark=NTM_SET)


def matrix_in_levels() -> Workbook:
    """Headings in three rows: a common one over numbers over names."""
    book = matrix(*_marked(), criteria=[None] * 19, title=f"{NTM} TỈNH HẬU GIANG", remark=NTM_SET)
    sheet = book.active
    sheet.insert_rows(HEADINGS_ROW + 1, 2)
    sheet.cell(HEADINGS_ROW, 3, "Kết quả thực hiện các tiêu chí")
    sheet.merge_cells(start_row=HEADINGS_ROW, start_column=3, end_row=HEADINGS_ROW, end_column=21)
    for number, name in enumerate(CRITERIA, start=1):
        sheet.cell(HEADINGS_ROW + 1, number + 2, number)
        sheet.cell(HEADINGS_ROW + 2, number + 2, name)
    for column in (1, 2, 22, 23):
        sheet.merge_cells(start_row=HEADINGS_ROW, start_column=column, end_row=HEADINGS_ROW + 2, end_column=column)
    return book


def money() -> Workbook:
    """Amounts are whole numbers of which none occurs twice; a source with parts is their sum."""
    amounts = iter(range(20_011, 90_000, 1_373))
    rows: list[list[object]] = []
    for number, name in enumerate((name for name in SOURCES if name not in _PARTS), start=1):
        is_split = number == 1
        parts = [[next(amounts) for _ in STAGES] for _ in _PARTS] if is_split else []
        whole = [sum(column) for column in zip(*parts, strict=True)] if is_split else [next(amounts) for _ in STAGES]
        rows.append([("I", "II", "III", "IV", "V", "VI")[number - 1], name, *whole])
        rows += [[place, part, *line] for place, (part, line) in enumerate(zip(_PARTS, parts, strict=False), start=1)]
    total = [sum(int(str(row[column])) for row in rows if isinstance(row[0], str)) for column in range(2, 6)]
    return funding([None, "TỔNG SỐ", *total], *rows, headings=tuple(STAGES))


def recognised() -> Workbook:
    rows = [
        recognition("Xã Vị Tân", "Thành phố Vị Thanh", "NTM", date(2016, 3, 1), "Công nhận", 2015, "101/QĐ-UBND"),
        recognition("Vĩnh Tường", "Huyện Vị Thuỷ", "NTM nâng cao", date(2022, 4, 2), "Công nhận", 2021, "102/QĐ-UBND"),
        recognition("Vĩnh Tường", "Thị xã Long Mỹ", "NTM", date(2017, 5, 3), "Công nhận", 2016, "103/QĐ-UBND"),
        recognition("Vị Thanh", "H. Vị Thủy", "NTM", date(2018, 6, 4), "Công nhận lại", 2017, "104/QĐ-UBND"),
        recognition("Long Trị A", "TX. Long Mỹ", "NTM kiểu mẫu", date(2024, 7, 5), "Công nhận", 2023, "105/QĐ-UBND"),
        recognition("Xã Đông Phú", "Huyện Châu Thành", "NTM", date(2019, 8, 6), "Thu hồi", 2018, "106/QĐ-UBND"),
    ]
    return recognitions(*rows)


def ocop() -> Workbook:
    rows = [
        ["I. THÀNH PHỐ NGÃ BẢY"],
        [1, "Trà mãng cầu", "HTX Ngã Bảy", 71.5, "4 sao", "201/QĐ-UBND ngày 05/01/2022"],
        [2, "Rượu mãng cầu", "HTX Ngã Bảy", 62.25, "3 sao", "202/QĐ-UBND ngày 06/01/2022"],
        ["II. HUYỆN PHỤNG HIỆP"],
        [1, "Cá thát lát", "Công ty Kỳ Như", 90.75, "5 sao", "203/QĐ-UBND ngày 07/01/2022"],
        [2, "Mắm cá", "Hộ Bà Năm", 55.5, "3 sao", "204/QĐ-UBND ngày 08/01/2022"],
        ["III. Huyện Châu Thành A"],
        [1, "Trà mãng cầu", "Hộ Ông Tư", 73.25, "4 sao", "205/QĐ-UBND ngày 09/01/2022"],
    ]
    return products(*rows)


def planned() -> Workbook:
    rows = [
        [1, "Lũy kế số xã đạt chuẩn nông thôn mới", "xã", 38, "giao", None, date(2022, 12, 31), "KH 41"],
        [2, "Số xã đạt chuẩn nông thôn mới nâng cao", "xã", 11, "phấn đấu", None, date(2022, 12, 31), "KH 42"],
        [3, "Bình quân tiêu chí/xã", "tiêu chí", 17.5, "giao", None, date(2022, 12, 31), "KH 43"],
    ]
    return targets(*rows)


BOOKS: dict[str, Callable[[], Workbook]] = {
    book.__name__: book for book in (matrix_of_numbered_names, matrix_in_levels, money, recognised, ocop, planned)
}
