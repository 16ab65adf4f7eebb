"""Figures that readers have do not vanish silently: the load is refused with a list, or somebody lets them go."""

from __future__ import annotations

from datetime import date

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.etl.loading import Office, issue
from tests.etl.workbooks import matrix, recognition, recognitions

CITY = ["I", "Thành phố Vị Thanh"]
BOTH = matrix(CITY, [1, "Xã Vị Tân", *"xxxx"], [2, "Xã Hoả Lựu", *"xxxx"])
JULY = matrix(CITY, [1, "Xã Vị Tân", *"xxxx"], cut_off="(Số liệu đến 31/7/2022)")


@pytest.fixture(autouse=True)
def loaded(office: Office) -> None:
    """What readers have before."""
    office.load(thang_6=BOTH, thang_7=JULY, cong_nhan=recognitions(recognition(), recognition("Xã Hoả Lựu")))


def test_period_that_vanished_refuses_the_publication(office: Office) -> None:
    before = office.published()
    office.remove("thang_7")
    found = office.load(exit_code=1)
    assert (found["state"], found["build_id"], office.published()) == ("refused", None, before)
    (loss,) = found["losses"]
    july = {"path": "thang_7.xlsx", "table": "criterion_result", "day": "31/07/2022", "units": "Xã Vị Tân"}
    assert loss == {**july, "before": 4, "now": 0}
    said = " ".join(office.run().output.split())
    assert "thang_7.xlsx: còn 0 trên 4 số liệu của 'Kết quả tiêu chí', kỳ 31/07/2022, Xã Vị Tân" in said
    assert "--allow-shrink" in said
    assert not list(office.warehouse.glob("*.part*"))


@pytest.mark.parametrize(
    ("name", "book", "table", "units"),
    [
        ("thang_6", matrix(CITY, [1, "Xã Vị Tân", *"xxxx"]), "criterion_result", "Xã Hoả Lựu"),
        (
            "thang_6",
            matrix(CITY, [1, "Xã Vị Tân", *"xxxx"], [2, "Xã Hoả Lựu", None, None, None, None]),
            "criterion_result",
            "Xã Hoả Lựu",
        ),
        ("cong_nhan", recognitions(recognition()), "recognition", "Xã Hoả Lựu"),
    ],
    ids=["a row left out", "a row left blank", "an event left out"],
)
def test_unit_with_fewer_figures_refuses_the_publication(
    office: Office, name: str, book: Workbook, table: str, units: str
) -> None:
    found = office.load(exit_code=1, **{name: book})
    assert [(loss["table"], loss["units"]) for loss in found["losses"]] == [(table, units)]


def test_loss_names_the_file_that_had_what_is_lost(office: Office) -> None:
    """Another file that states figures about the same unit is not to blame."""
    others = {
        f"{letter}_khac": recognitions(
            recognition(number=f"{day}/QĐ-UBND", day=date(2022, 5, day), event="Công nhận lại")
        )
        for letter, day in (("a", 2), ("z", 3))
    }
    office.load(**others)
    for name in others:
        office.put(**others)
        office.remove(name)
        assert f"{name}.xlsx: còn 2 trên 3 số liệu của 'Quyết định công nhận', Xã Vị Tân" in " ".join(
            office.run().output.split()
        )


def test_folder_left_out_is_one_line_for_each_of_its_files(office: Office) -> None:
    """A file of many months is one line and one finding; machines get each month."""
    months = {f"T{month}": f"(Số liệu đến 28/{month}/2023)" for month in range(1, 6)}
    book = Workbook()
    book.remove(book.active)
    for name, cut_off in months.items():
        copy_into(book.create_sheet(name), matrix(CITY, [1, "Xã Vị Tân", *"xxxx"], cut_off=cut_off).active)
    office.load(ca_nam=book)
    for name in ("ca_nam", "thang_7"):
        office.remove(name)
    assert len(office.load(exit_code=1)["losses"]) == 6
    said = " ".join(office.run().output.split())
    assert said.count("ca_nam.xlsx: còn 0 trên 20 số liệu") == 1
    assert "… và 2 bảng, kỳ khác" in said
    found = office.load("--allow-shrink")
    shrunk = [row["path"] for row in found["issues"] if row["code"] == "DATA_SHRUNK"]
    assert shrunk == ["ca_nam.xlsx", "thang_7.xlsx"]


def copy_into(sheet: Worksheet, other: Worksheet) -> None:
    for row in other.iter_rows():
        for cell in row:
            sheet.cell(cell.row, cell.column, cell.value)


def test_somebody_may_let_them_go_and_has_to_confirm(office: Office) -> None:
    office.remove("thang_7")
    found = office.load("--allow-shrink")
    assert found["state"] == "published"
    shrunk = issue(found, "DATA_SHRUNK")
    assert (shrunk["severity"], shrunk["path"]) == ("ask", "thang_7.xlsx")
    assert "còn 0 trên 4 số liệu của 'Kết quả tiêu chí', kỳ 31/07/2022, Xã Vị Tân" in shrunk["message_vi"]
    assert office.ask("select count(*) from fact_change where change = 'removed'") == [(4,)]
    assert office.ask("select note, removed from load_history order by built_at desc limit 1") == [
        ("shrink_allowed", 4)
    ]
    assert office.load()["state"] == "unchanged"


def test_figure_that_only_changed_is_no_loss(office: Office) -> None:
    found = office.load(thang_6=matrix(CITY, [1, "Xã Vị Tân", "CĐ", "x", "x", "x"], [2, "Xã Hoả Lựu", *"xxxx"]))
    assert (found["state"], found["losses"]) == ("published", [])


@pytest.mark.parametrize("damage", ["missing", "no database"])
def test_load_without_the_snapshot_before_is_refused_until_somebody_agrees(office: Office, damage: str) -> None:
    path = office.published()
    path.unlink()
    if damage == "no database":
        path.write_text("x", encoding="utf-8")
    assert office.load(exit_code=1)["state"] == "lost"
    assert office.load("--allow-shrink")["state"] == "published"
    assert office.ask("select note from load_history") == [("previous_lost",)]
