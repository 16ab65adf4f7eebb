"""Section of checks on the money page: what was found or not, of how much, and where; as a person reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ntm.settings import settings
from tests.etl.workbooks import funding
from tests.pages.reading import Visit

PAID = "Giải ngân lũy kế đến 30/6/2022"


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory, load_workbooks: Callable[[Path], Path], root: Path) -> Path:
    """A warehouse of money with one fault of each kind, and a month to look at."""
    folder = tmp_path_factory.mktemp("faulty")
    (folder / "tieu_chi_2022_06.xlsx").write_bytes((root / "data/sample/tieu_chi/tieu_chi_2022_06.xlsx").read_bytes())
    books = {
        "vuot": funding([1, "Ngân sách trung ương", 100, 130], headings=["Phân bổ năm 2022", PAID]),
        "cong": funding(["I", "NSĐP", 90], [1, "Tỉnh", 30], [2, "Huyện", 50], headings=["Phân bổ năm 2022"]),
        "am": funding([1, "Vốn lồng ghép", -5], headings=["Phân bổ năm 2022"]),
        "lech": funding([1, "Vốn doanh nghiệp", 5000, 5], headings=["Huy động năm 2021", "Huy động năm 2022"]),
    }  # fmt: skip
    for name, book in books.items():
        book.save(folder / f"{name}.xlsx")
    return load_workbooks(folder)


@pytest.fixture
def patch(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    monkeypatch.setenv("NTM_BOUNDARIES", "")
    yield monkeypatch
    settings.cache_clear()


def visit(patch: pytest.MonkeyPatch, warehouse: Path, **query: str) -> Visit:
    patch.setenv("NTM_WAREHOUSE", str(warehouse))
    settings.cache_clear()
    return Visit(patch, funding_section="checks", **query).open("funding.py")


def test_nothing_found_is_said_with_how_much_was_looked_at(patch: pytest.MonkeyPatch, sample_warehouse: Path) -> None:
    page = visit(patch, sample_warehouse)
    assert "Giải ngân nhiều hơn vốn đã giao** – không phát hiện; đã kiểm tra 142 cặp" in page.text
    assert len({line for line in page.text.splitlines() if "không phát hiện" in line}) == 8
    assert "chỗ cần xem" not in page.text


def test_each_fault_is_found_with_its_cells(patch: pytest.MonkeyPatch, faulty: Path) -> None:
    page = visit(patch, faulty)
    for name in ("Số cộng so với", "Số tiền âm", "Giải ngân nhiều hơn", "Lệch khoảng 1.000 lần"):
        (line,) = {text for text in page.texts() if text.startswith(f"**{name}")}
        assert "1 chỗ cần xem" in line, line
    page.app.button(key="sources_check_over").click().run()
    (table,) = [table for table in page.tables() if "Tỷ lệ giải ngân (%)" in table]
    assert set(table["Tỷ lệ giải ngân (%)"]) == {"130"}
    assert set(table["Tệp"]) == {"vuot.xlsx"}
    assert sorted(table["Ô"]) == ["C8", "D8"]


def test_a_form_without_amounts_is_not_offered(patch: pytest.MonkeyPatch, sample_warehouse: Path) -> None:
    page = visit(patch, sample_warehouse)
    assert "Biểu 09: chưa có báo cáo nào chia vốn huy động" in page.text
    labels = [str(getattr(button, "label", "")) for button in page.app.get("download_button")]
    assert "Biểu 07: nguồn lực theo nguồn vốn (XLSX)" in labels
    assert not [label for label in labels if label.startswith("Biểu 09")]
