"""What the lines above a table say: period, title, unit of money, who reports (cases 42, 49-52 and 54)."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from openpyxl import Workbook

from etl.context import Options
from tests.etl.findings import Reader, codes, facts, message, only_issue, row_counts
from tests.etl.workbooks import KIEU_MAU, KIEU_MAU_SET, funding, matrix

ROW = [1, "Xã Vị Tân", "x", "x", "x", "x"]
CREDIT = [1, "Vốn tín dụng", 100]
JUNE = date(2022, 6, 30)


@pytest.mark.case(49)
@pytest.mark.case(50)
@pytest.mark.case(54)
@pytest.mark.parametrize(
    ("line", "end"),
    [
        ("(Số liệu đến 30/6/2022)", JUNE),
        ("Số liệu tính đến hết ngày 30.6.2022", JUNE),
        ("(Lũy kế từ năm 2021 đến hết năm 2022)", date(2022, 12, 31)),
        ("Kết quả thực hiện đến tháng 5.2022", date(2022, 5, 31)),
        ("Số liệu đến 44742", JUNE),
        ("Số liệu đến ngày 7-6-2022", date(2022, 6, 7)),
        ("Tháng 6 năm 2022", JUNE),
        ("(T6/2022)", JUNE),
        ("Kỳ báo cáo: Quý II/2022", JUNE),
        ("(Quí II năm 2022)", JUNE),
        ("6 tháng đầu năm 2022", JUNE),
        ("Sáu tháng đầu năm 2022", JUNE),
        ("9 tháng năm 2022", date(2022, 9, 30)),
        ("6T/2022", JUNE),
        ("Ước 12 tháng năm 2022", date(2022, 12, 31)),
        ("(30/6/2022)", JUNE),
        ("Giai đoạn 2021-2025, tính đến 30/6/2022", JUNE),
    ],
)
def test_period_stands_in_a_line_above_the_table(read: Reader, line: str, end: date) -> None:
    reading = read(matrix(ROW, cut_off=line))
    assert (codes(reading), reading.period_end) == ([], end)


@pytest.mark.case(49)
@pytest.mark.parametrize("value", [datetime(2022, 6, 30), 44742])
@pytest.mark.parametrize("label", ["Số liệu đến", "Số liệu đến ngày:", "Kỳ báo cáo:"])
def test_cut_off_whose_day_is_a_date_of_the_spreadsheet(read: Reader, label: str, value: object) -> None:
    book = matrix(ROW, cut_off=label)
    book.active["C4"] = value
    assert read(book).period_end == JUNE


@pytest.mark.case(49)
@pytest.mark.parametrize("number_format", ["dd/mm/yyyy", '"Số liệu đến ngày" dd/mm/yyyy', "mm-dd-yy"])
def test_date_that_stands_alone_above_the_table(read: Reader, number_format: str) -> None:
    book = matrix(ROW, cut_off="")
    book.active["H4"] = datetime(2022, 6, 30)
    book.active["H4"].number_format = number_format
    assert read(book).period_end == JUNE


@pytest.mark.case(49)
def test_cut_off_counts_before_title_line_sheet_and_file(read: Reader) -> None:
    """Taken away one after the other: cut-off, title, a line that is a period, sheet, file, what the person gives."""
    book = matrix(ROW, title=f"{KIEU_MAU} NĂM 2021", cut_off="(Số liệu đến 31/3/2022)")
    sheet, name, options = book.active, "tieu_chi_2019_05.xlsx", Options(period="4/2018")
    sheet["H5"], sheet.title = "Tháng 2/2023", "T1.2020"
    ends = []
    for cell in ("A4", "A2", "H5"):
        ends.append(read(book, name, options).period_end)
        sheet[cell] = KIEU_MAU if cell == "A2" else None
    ends.append(read(book, name, options).period_end)
    sheet.title = "Sheet1"
    ends += [read(book, name, options).period_end, read(book, "bieu.xlsx", options).period_end]
    assert ends == [
        date(2022, 3, 31),
        date(2021, 12, 31),
        date(2023, 2, 28),
        date(2020, 1, 31),
        date(2019, 5, 31),
        date(2018, 4, 30),
    ]


@pytest.mark.case(51)
@pytest.mark.parametrize(
    "line",
    [
        "(Kèm theo Báo cáo số     /BC-VPĐP ngày    tháng 7 năm 2022)",
        "(Kèm theo Báo cáo số   /BC-VPĐP ngày 15 tháng 7 năm 2022)",
        "Hậu Giang, ngày      tháng     năm 2022",
        "Hậu Giang, ngày … tháng … năm 2022",
    ],
)
def test_date_of_the_document_is_no_period(read: Reader, line: str) -> None:
    issue = only_issue(read(matrix(ROW, cut_off=line)))
    assert (issue.code, issue.severity) == ("PERIOD_UNKNOWN", "block")


@pytest.mark.case(52)
@pytest.mark.parametrize(
    "line", ["(Số liệu đến 31/11/2016)", "Kỳ báo cáo: 30/2/2022", "Tính đến ngày 31 tháng 6 năm 2022"]
)
def test_day_that_does_not_exist_is_said(read: Reader, line: str) -> None:
    issue = only_issue(reading := read(matrix(ROW, cut_off=line), "tieu_chi_2022_05.xlsx"))
    assert (issue.code, issue.severity, reading.facts) == ("PERIOD_INVALID", "block", {})


@pytest.mark.case(54)
@pytest.mark.parametrize(
    "line", ["Giai đoạn 2021-2025", "giai đoạn 2021 – 2025", "từ năm 2021 đến năm 2025", "2021 đến 2025"]
)
def test_span_of_years_is_no_period(read: Reader, line: str) -> None:
    assert codes(read(matrix(ROW, cut_off="", title=f"{KIEU_MAU} {line.upper()}"))) == ["PERIOD_UNKNOWN"]


@pytest.mark.case(50)
@pytest.mark.parametrize("words", ["KẾ HOẠCH NĂM 2023", "ĐĂNG KÝ ĐẠT CHUẨN NĂM 2023", "ƯỚC THỰC HIỆN CẢ NĂM 2023"])
def test_year_of_a_plan_in_the_title_is_that_year(read: Reader, words: str) -> None:
    assert read(matrix(ROW, cut_off="", title=f"{KIEU_MAU}, {words}")).period_end == date(2023, 12, 31)


@pytest.mark.parametrize("number", ["Biểu số 01:", "PHỤ LỤC II.", "Biểu 03a -", "Mẫu số 05/NTM"])
def test_number_of_the_form_may_stand_before_its_title(read: Reader, number: str) -> None:
    title = f"{number} {KIEU_MAU}"
    assert read(matrix(ROW, title=title, remark=f"{KIEU_MAU_SET} {'rất dài ' * 30}")).title == title


@pytest.mark.case(42)
@pytest.mark.parametrize(
    "written",
    ["(ĐVT: triệu đồng)", "Đơn vị: Triệu đồng", "Đơn vị tính: Tr.đồng", "ĐVT triệu đồng", "Đơn vị tính (triệu đồng)"],
)
@pytest.mark.parametrize("cell", ["A5", "D5", "F1"])
def test_unit_of_money_above_the_table(read: Reader, written: str, cell: str) -> None:
    book = funding(CREDIT, unit="")
    book.active[cell] = written
    assert facts(read(book), "amount_vnd_million") == [100]


@pytest.mark.case(42)
def test_thousands_are_not_taken_for_dong(read: Reader) -> None:
    assert facts(read(funding([1, "Vốn tín dụng", 100_000], unit="Đơn vị: 1.000 đ")), "amount_vnd_million") == [100]


@pytest.mark.case(42)
def test_unit_of_money_in_the_cell_beside_its_label(read: Reader) -> None:
    book = funding(CREDIT, unit="")
    book.active["C5"], book.active["D5"] = "ĐVT:", "Tỷ đồng"
    assert facts(read(book), "amount_vnd_million") == [100_000]


@pytest.mark.case(42)
def test_unit_that_reports_is_no_unit_of_money(read: Reader) -> None:
    reading = read(funding(CREDIT, unit="Đơn vị: UBND xã Vị Tân"))
    assert (only_issue(reading).code, row_counts(reading)) == ("MONEY_UNIT_MISSING", (0, 0, 0))


def reporting(head: str, title: str = KIEU_MAU) -> Workbook:
    """Return a matrix whose head is as given; its set names no unit."""
    return matrix(ROW, head=head, title=title.removesuffix(" TỈNH HẬU GIANG"))


@pytest.mark.case(59)
@pytest.mark.parametrize(
    ("head", "code"),
    [
        ("UBND TỈNH HẬU GIANG", "93"),
        ("UBND HUYỆN CHÂU THÀNH, TỈNH HẬU GIANG", "933"),
        ("UBND TỈNH HẬU GIANG - UBND THÀNH PHỐ VỊ THANH", "930"),
        ("UBND XÃ ĐÔNG PHÚ, HUYỆN CHÂU THÀNH, TỈNH HẬU GIANG", "31375"),
        ("Xã: Đông Phú, huyện Châu Thành, tỉnh Hậu Giang", "31375"),
        ("TỈNH HẬU GIANG; UBND XÃ ĐÔNG PHƯỚC A", "31387"),
        ("TỈNH HẬU GIANG - CÁC XÃ AN TOÀN KHU", "93"),
        ("TỈNH HẬU GIANG: XÃ VỊ TÂN, XÃ HOẢ LỰU", "93"),
        ("BÁO CÁO CỦA UBND CẤP XÃ TỈNH HẬU GIANG", "93"),
    ],
)
def test_unit_named_alone_reports(read: Reader, head: str, code: str) -> None:
    assert read(reporting(head)).reporting_unit_code == code


@pytest.mark.case(59)
def test_homonym_in_the_head_is_refused(read: Reader) -> None:
    """Đông Phú is a commune of several provinces; so is Châu Thành a district."""
    reading = read(reporting("UBND XÃ ĐÔNG PHÚ"))
    issue = only_issue(reading)
    assert (issue.code, issue.severity, reading.facts) == ("REPORTER_AMBIGUOUS", "block", {})
    assert "Huyện Châu Thành, Tỉnh Hậu Giang" in message(issue)
    assert codes(read(reporting("UBND HUYỆN CHÂU THÀNH"))) == ["PROVINCE_UNKNOWN"]


@pytest.mark.case(60)
@pytest.mark.parametrize("head", ["UBND XÃ ĐÔNG PHÚU, TỈNH HẬU GIANG", "UBND HUYỆN CHÂU THÁNH, TỈNH HẬU GIANG"])
def test_unknown_unit_in_the_letterhead_does_not_report_for_the_province(read: Reader, head: str) -> None:
    issue = only_issue(reading := read(reporting(head)))
    assert (issue.code, issue.severity, reading.facts) == ("REPORTER_UNKNOWN", "block", {})
