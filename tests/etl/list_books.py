"""Tiny list forms for tests, beside those of workbooks.py: villages, inspections, directives, submissions, policies."""

from __future__ import annotations

from openpyxl import Workbook

from tests.etl.workbooks import Row, form

JUNE = "(Số liệu đến 30/6/2022)"


def villages(*rows: Row, title: str = "", headings: Row = (), **parts: object) -> Workbook:
    """Return a list of villages: ordinal, village, commune, district, standard, year, decision, its date, criteria."""
    columns = headings or ["STT", "Tên thôn", "Xã", "Huyện", "Mức", "Năm đạt", "Số QĐ", "Ngày QĐ", "Số tiêu chí đạt"]
    title = title or "DANH SÁCH ẤP ĐẠT CHUẨN NÔNG THÔN MỚI TỈNH HẬU GIANG"
    return form(title, columns, rows, **parts)  # type: ignore[arg-type]


def village_counts(*rows: Row, headings: Row = (), **parts: object) -> Workbook:
    """Return a count of villages: ordinal, unit, all villages, those that are NTM, kiểu mẫu, share."""
    columns = headings or ["STT", "Huyện/xã", "Tổng số ấp", "Số ấp đạt chuẩn NTM", "Số ấp NTM kiểu mẫu", "Tỷ lệ (%)"]
    return form("TỔNG HỢP ẤP ĐẠT CHUẨN NÔNG THÔN MỚI TỈNH HẬU GIANG", columns, rows, **parts)  # type: ignore[arg-type]


def inspections(*rows: Row, headings: Row = (), **parts: object) -> Workbook:
    """Return a list of inspections: ordinal, unit, content, day, finding, remedy, due date, state."""
    columns = headings or [
        "STT", "Đơn vị được kiểm tra", "Nội dung kiểm tra", "Ngày kiểm tra", "Tồn tại, hạn chế", "Biện pháp khắc phục",
        "Hạn khắc phục", "Tình trạng",
    ]  # fmt: skip
    title = "TỔNG HỢP KẾT QUẢ KIỂM TRA, GIÁM SÁT CHƯƠNG TRÌNH XÂY DỰNG NÔNG THÔN MỚI TỈNH HẬU GIANG"
    return form(title, columns, rows, **parts)  # type: ignore[arg-type]


def directives(*rows: Row, headings: Row = (), **parts: object) -> Workbook:
    """Return a list of tasks: ordinal, document, task, agency, due date, done date, state."""
    columns = headings or [
        "STT", "Văn bản giao", "Nhiệm vụ", "Cơ quan chủ trì", "Thời hạn", "Ngày hoàn thành", "Tình trạng",
    ]  # fmt: skip
    return form("BIỂU THEO DÕI NHIỆM VỤ ĐƯỢC GIAO TỈNH HẬU GIANG", columns, rows, **parts)  # type: ignore[arg-type]


def submissions(*rows: Row, headings: Row = (), **parts: object) -> Workbook:
    """Return a list of reports: ordinal, unit, report, period, due date, day received."""
    columns = headings or ["STT", "Đơn vị", "Tên báo cáo", "Kỳ báo cáo", "Hạn nộp", "Ngày nhận"]
    return form("BIỂU THEO DÕI NỘP BÁO CÁO TỈNH HẬU GIANG", columns, rows, **parts)  # type: ignore[arg-type]


def policies(*rows: Row, headings: Row = (), **parts: object) -> Workbook:
    """Return a Biểu 04: ordinal, kind, number and date, subject, aim, content."""
    columns = headings or [
        "TT", "Loại văn bản", "Số, ngày, tháng ban hành", "Trích yếu", "Mục tiêu", "Nội dung chủ yếu", "Ghi chú",
    ]  # fmt: skip
    return form("CÁC CƠ CHẾ, CHÍNH SÁCH DO ĐỊA PHƯƠNG BAN HÀNH TỈNH HẬU GIANG", columns, rows, **parts)  # type: ignore[arg-type]
