"""The marked-up report: findings on their cells, the copy otherwise as it was, a summary that leads to every cell."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet
from typer.testing import CliRunner, Result

from etl.cli import app
from etl.report.marks import COLOURS, LONGEST_NOTE
from etl.report.paper import FIRST_CELL
from etl.report.summary_sheet import NAME
from tests.etl.workbooks import matrix

RUNNER = CliRunner()
FORM = "Sheet"
SOUND = [1, "Xã Vị Tân", "x", "x", "x", "x", 4]
UNKNOWN = [2, "Xã Không Có", "x", "x", "x", "x", 4]
DOUBTFUL = [3, "Xã Hỏa Lựu", "x", "cơ bản đạt", "x", "x", 3]
PLANNED = [4, "Xã Tân Tiến", "x", "KH 2023", "x", "x", 3]


def run(*arguments: object) -> Result:
    return RUNNER.invoke(app, [str(argument) for argument in arguments])


def check(tmp_path: Path, book: Workbook, name: str = "tieu_chi.xlsx") -> Workbook:
    """Return the report of a workbook."""
    path = tmp_path / name
    book.save(path)
    result = run("check", path, "--report", tmp_path / "ket_qua.xlsx")
    assert result.exit_code in (0, 1), result.output
    return load_workbook(tmp_path / "ket_qua.xlsx")


def note(sheet: Worksheet, cell: str) -> str:
    comment = sheet[cell].comment
    return comment.text if comment else ""


def colours(sheet: Worksheet) -> Mapping[str, str]:
    """Return the fill that a conditional format gives, by range."""
    return {
        str(part.sqref): rule.dxf.fill.start_color.rgb for part in sheet.conditional_formatting for rule in part.rules
    }


def findings(book: Workbook) -> list[list[object]]:
    """Return the rows of the summary's table of findings."""
    rows = [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]
    first = next(place for place, row in enumerate(rows) if row[0] == "STT") + 1
    return [row for row in rows[first:] if isinstance(row[0], int)]


def test_finding_stands_on_its_cell_in_the_colour_of_its_gravity(tmp_path: Path) -> None:
    sheet = check(tmp_path, matrix(SOUND, UNKNOWN, DOUBTFUL, PLANNED))[FORM]
    assert "KHÔNG NẠP: Không có đơn vị tên 'Xã Không Có'" in note(sheet, "B9")
    assert "→ Sửa tên theo danh mục" in note(sheet, "B9")
    assert "[UNIT_UNKNOWN]" in note(sheet, "B9")
    assert "CẦN XÁC NHẬN: Dấu 'cơ bản đạt'" in note(sheet, "D10")
    assert "LƯU Ý: 'KH 2023'" in note(sheet, "D11")
    assert colours(sheet) == {"B9": COLOURS["block"], "D10": COLOURS["ask"], "D11": COLOURS["note"]}
    assert note(sheet, "B8") == ""


def test_copy_keeps_what_the_workbook_holds(tmp_path: Path) -> None:
    book = matrix(SOUND, UNKNOWN)
    sheet = book[FORM]
    sheet["G8"] = '=COUNTIF(C8:F8,"x")'
    sheet["G8"].number_format = "0.0"
    sheet["B9"].font = Font("Arial", size=15, bold=True)
    sheet.merge_cells("A2:H2")
    sheet.row_dimensions[9].hidden = True
    sheet.column_dimensions["H"].hidden = True
    book.create_sheet("Ẩn").sheet_state = "hidden"
    book["Ẩn"]["A1"] = 1
    copy = check(tmp_path, book)
    marked = copy[FORM]
    for row in sheet.iter_rows():
        for cell in row:
            twin = marked[cell.coordinate]
            assert (twin.value, twin.number_format, twin.fill.start_color.rgb) == (
                cell.value,
                cell.number_format,
                cell.fill.start_color.rgb,
            )
    assert marked["B9"].font.sz == 15
    assert [str(part) for part in marked.merged_cells.ranges] == ["A2:H2"]
    assert marked.row_dimensions[9].hidden
    assert marked.column_dimensions["H"].hidden
    assert copy["Ẩn"].sheet_state == "hidden"
    assert load_workbook(tmp_path / "tieu_chi.xlsx").sheetnames == [FORM, "Ẩn"], "the workbook itself is not touched"


def test_note_that_was_there_stays_above_the_finding(tmp_path: Path) -> None:
    book = matrix(SOUND, UNKNOWN)
    book[FORM]["B9"].comment = Comment("Đã hỏi xã ngày 02/7", "Văn thư")
    book[FORM]["B8"].comment = Comment("Đúng", "Văn thư")
    sheet = check(tmp_path, book)[FORM]
    assert note(sheet, "B9").startswith("Đã hỏi xã ngày 02/7\n")
    assert "[UNIT_UNKNOWN]" in note(sheet, "B9")
    assert note(sheet, "B8") == "Đúng"


def test_finding_within_a_merged_range_colours_it_whole(tmp_path: Path) -> None:
    book = matrix(SOUND, UNKNOWN)
    book[FORM].merge_cells("B9:B10")
    sheet = check(tmp_path, book)[FORM]
    assert colours(sheet)["B9:B10"] == COLOURS["block"]
    assert "[UNIT_UNKNOWN]" in note(sheet, "B9")


def test_finding_about_a_sheet_stands_on_its_first_cell(tmp_path: Path) -> None:
    report = check(tmp_path, matrix(SOUND, cut_off=""))
    assert "[PERIOD_UNKNOWN]" in note(report[FORM], "A1")
    assert findings(report)[0][3] == "(cả trang)"


def test_summary_tells_counts_and_every_finding(tmp_path: Path) -> None:
    report = check(tmp_path, matrix(SOUND, UNKNOWN, DOUBTFUL, PLANNED))
    sheet = report.worksheets[0]
    assert sheet.title == NAME
    assert sheet["A1"].value == FIRST_CELL
    assert sheet["A2"].value == (
        "Vấn đề: 1 không nạp; 1 cần xác nhận; 1 lưu ý.     Dòng đọc: 4; nạp được: 3; không nạp: 1."
    )
    assert "Tệp: tieu_chi.xlsx" in sheet["A3"].value
    rows = findings(report)
    assert [(row[1], row[2], row[3], row[4], row[8]) for row in rows] == [
        ("không nạp", FORM, "B9", "Xã Không Có", "UNIT_UNKNOWN"),
        ("cần xác nhận", FORM, "D10", "cơ bản đạt", "MARK_UNKNOWN"),
        ("lưu ý", FORM, "D11", "KH 2023", "MARK_PLANNED"),
    ]
    assert "Không có đơn vị tên 'Xã Không Có'" in str(rows[0][5])
    texts = [str(cell.value) for row in sheet.iter_rows() for cell in row]
    assert "đọc 4, nạp 3, không nạp 1" in texts
    assert sheet.freeze_panes
    assert sheet.auto_filter.ref
    assert sheet.print_title_rows


def test_summary_leads_to_the_cell(tmp_path: Path) -> None:
    book = matrix(SOUND, UNKNOWN)
    book[FORM].title = "Xã's biểu"
    sheet = check(tmp_path, book).worksheets[0]
    links = [cell.hyperlink for cell in sheet["D"] if cell.hyperlink]
    assert [(link.location, link.target) for link in links] == [("'Xã''s biểu'!B9", None)]


def test_hidden_cell_is_said_to_be_hidden(tmp_path: Path) -> None:
    book = matrix(SOUND, UNKNOWN)
    book[FORM].row_dimensions[9].hidden = True
    assert "B9 (ẩn)" in [row[3] for row in findings(check(tmp_path, book))]


def test_value_like_a_formula_is_shown_not_calculated(tmp_path: Path) -> None:
    book = matrix(SOUND)
    book[FORM]["C8"] = "=1/0"
    report = check(tmp_path, book)
    cell = next(cell for cell in report.worksheets[0]["E"] if cell.value == "=1/0")
    assert cell.data_type == "s"


def test_copy_that_was_mended_reads_well_and_loses_its_marks(tmp_path: Path) -> None:
    report = check(tmp_path, matrix(SOUND, UNKNOWN))
    report[FORM]["B9"] = "Xã Hỏa Lựu"
    mended = tmp_path / "da_sua.xlsx"
    report.save(mended)
    result = run("check", mended, "--json", "--report", tmp_path / "lan_2.xlsx")
    outcome = json.loads(result.stdout)
    assert outcome["issues"] == []
    assert [sheet["sheet"] for sheet in outcome["sheets"]] == [FORM], "the summary is no form"
    again = load_workbook(tmp_path / "lan_2.xlsx")
    assert again.sheetnames == [NAME, FORM]
    assert colours(again[FORM]) == {}
    assert note(again[FORM], "B9") == ""
    assert "Không phải sửa gì." in [cell.value for cell in again.worksheets[0]["A"]]


def test_mark_of_an_earlier_check_is_replaced_not_repeated(tmp_path: Path) -> None:
    book = matrix(SOUND, UNKNOWN)
    book[FORM]["B9"].comment = Comment("Đã hỏi xã", "Văn thư")
    report = check(tmp_path, book)
    report.save(tmp_path / "chua_sua.xlsx")
    run("check", tmp_path / "chua_sua.xlsx", "--report", tmp_path / "lan_2.xlsx")
    again = load_workbook(tmp_path / "lan_2.xlsx")
    assert note(again[FORM], "B9") == note(report[FORM], "B9")
    assert colours(again[FORM]) == {"B9": COLOURS["block"]}


def test_name_of_the_summary_gives_way_to_a_sheet_of_that_name(tmp_path: Path) -> None:
    book = matrix(SOUND, UNKNOWN)
    book[FORM].title = NAME
    report = check(tmp_path, book)
    assert report.sheetnames == [f"{NAME} (2)", NAME]
    assert "[UNIT_UNKNOWN]" in note(report[NAME], "B9")


def test_notes_are_large_enough_and_beside_their_cells(tmp_path: Path) -> None:
    check(tmp_path, matrix(SOUND, UNKNOWN))
    with ZipFile(tmp_path / "ket_qua.xlsx") as archive:
        drawing = archive.read("xl/drawings/commentsDrawing1.vml").decode("utf-8")
    assert "height:108px" in drawing or "height:126px" in drawing
    assert "Anchor>2, 12, 7, 4," in drawing, "from the column after B, one row above row 9"


def test_very_long_finding_is_cut_off(tmp_path: Path) -> None:
    book = matrix([1, "Xã " + "Rất Dài " * 6000, "x", "x", "x", "x", 4])
    report = check(tmp_path, book)
    assert len(note(report[FORM], "B8")) < LONGEST_NOTE + 100
    assert all(len(str(value)) <= 1000 for row in findings(report) for value in row)


def test_drawings_that_the_copy_may_lose_are_said(tmp_path: Path) -> None:
    book = matrix(SOUND, UNKNOWN)
    chart = BarChart()
    chart.add_data(Reference(book[FORM], min_col=7, min_row=8, max_row=9))
    book[FORM].add_chart(chart, "K2")
    texts = [str(cell.value) for cell in check(tmp_path, book).worksheets[0]["A"]]
    assert any("biểu đồ" in text for text in texts)


def test_file_that_is_not_opened_has_a_summary_alone(tmp_path: Path) -> None:
    path = tmp_path / "hong.xlsx"
    path.write_bytes(b"no workbook")
    assert run("check", path, "--report", tmp_path / "ket_qua.xlsx").exit_code == 1
    report = load_workbook(tmp_path / "ket_qua.xlsx")
    assert report.sheetnames == [NAME]
    assert findings(report)[0][2] == "(cả tệp)"


def test_file_of_another_kind_is_rebuilt_from_its_cells(tmp_path: Path) -> None:
    path = tmp_path / "kết quả [tháng 6] của các xã trên địa bàn tỉnh.csv"
    rows = matrix(SOUND, UNKNOWN)[FORM].iter_rows(values_only=True)
    path.write_text("\n".join(";".join("" if value is None else str(value) for value in row) for row in rows), "utf-8")
    assert run("check", path, "--report", tmp_path / "ket_qua.xlsx").exit_code == 1
    report = load_workbook(tmp_path / "ket_qua.xlsx")
    assert report.sheetnames == [NAME, "kết quả tháng 6 của các xã"]
    assert "[UNIT_UNKNOWN]" in note(report.worksheets[1], "B9")
    assert report.worksheets[0]["D8"].hyperlink.location == "'kết quả tháng 6 của các xã'!B9"
    assert any("không phải .xlsx" in str(cell.value) for cell in report.worksheets[0]["A"])


def test_several_workbooks_have_a_summary_and_a_folder_of_copies(tmp_path: Path) -> None:
    folder = tmp_path / "so_tinh"
    (folder / "xa").mkdir(parents=True)
    matrix(SOUND).save(folder / "dung.xlsx")
    matrix(UNKNOWN, [4, "Xã Tân Tiến", *["x"] * 4, 4]).save(folder / "xa" / "sai.xlsx")
    matrix(SOUND, cut_off="").save(folder / "khong_ky.xlsx")
    result = run("check", folder, "--report", tmp_path / "ket_qua.xlsx")
    assert result.exit_code == 1, result.output
    copies = sorted(path.name for path in (tmp_path / "ket_qua").iterdir())
    assert copies == ["khong_ky.xlsx", "xa_sai.xlsx"], "a workbook without findings needs no copy"
    assert "[UNIT_UNKNOWN]" in note(load_workbook(tmp_path / "ket_qua" / "xa_sai.xlsx")[FORM], "B8")
    overview = load_workbook(tmp_path / "ket_qua.xlsx")
    files = [[cell.value for cell in row[1:5]] for row in overview.worksheets[0] if isinstance(row[0].value, int)]
    assert files == [["dung.xlsx", 0, 0, 0], ["khong_ky.xlsx", 1, 0, 0], ["xa/sai.xlsx", 1, 0, 0]]
    links = {cell.hyperlink.target for sheet in overview for row in sheet for cell in row if cell.hyperlink}
    assert links == {"ket_qua/khong_ky.xlsx", "ket_qua/xa_sai.xlsx"}


@pytest.mark.parametrize("command", ["check", "load"])
@pytest.mark.parametrize(
    "target", ["so_tinh/ket_qua.xlsx", "ket_qua.csv", "co_roi.xlsx", "so_tinh/tieu_chi.xlsx", "co_roi.xlsx/a.xlsx"]
)
def test_report_never_takes_the_place_of_a_file_or_lies_among_the_workbooks(
    command: str, target: str, tmp_path: Path
) -> None:
    folder = tmp_path / "so_tinh"
    folder.mkdir()
    matrix(SOUND).save(folder / "tieu_chi.xlsx")
    (tmp_path / "co_roi.xlsx").write_bytes(b"being mended")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.xlsx")}
    assert run(command, folder, "--report", tmp_path / target).exit_code == 2
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.*")} == before


def test_load_writes_the_report_too(tmp_path: Path) -> None:
    path = tmp_path / "tieu_chi.xlsx"
    matrix(SOUND, UNKNOWN).save(path)
    run("load", path, "--warehouse", tmp_path / "kho", "--report", tmp_path / "ket_qua.xlsx")
    assert "[UNIT_UNKNOWN]" in note(load_workbook(tmp_path / "ket_qua.xlsx")[FORM], "B9")
