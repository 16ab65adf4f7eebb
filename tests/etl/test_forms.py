"""Forms as data: parent headings, titles of other forms, forms that stand on their side."""

from __future__ import annotations

import re

import pytest

from etl import table_reading
from etl.context import SheetContext
from etl.facts import target_unit
from etl.forms import recognise as recognition
from etl.forms.form import TRANSPOSED, Form, Role, forms
from etl.read.header import Heading
from tests.etl.findings import Reader, codes, row_counts
from tests.etl.workbooks import form

MID_YEAR = Heading(3, ("Thực hiện 6 tháng", "Kết quả"))
PLAN = Heading(4, ("Kế hoạch 6 tháng cuối năm", "Kết quả"))


def role(name: str, *headings: str, **other: object) -> Role:
    """Return a required role with such headings."""
    shape: dict[str, object] = {"is_required": True, "many": False, "at_least": 1, "example": name, **other}
    words = frozenset(Heading(0, headings).keys)
    return Role(name=name, headings=words, contains=(), pattern=None, **shape)  # type: ignore[arg-type]


def some_form(*roles: Role, **other: object) -> Form:
    shape: dict[str, object] = {"titles": (), "units_on": ("end",), **other}
    return Form(name="form", label={"vi": "Biểu", "en": "Form"}, facts="target_unit", roles=roles, **shape)  # type: ignore[arg-type]


def test_role_under_a_parent_heading_has_that_parent() -> None:
    done = role("done", "Kết quả", under=Heading(0, ("thực hiện",)).keys)
    assert (done.fits(MID_YEAR), done.fits(PLAN)) == (True, False)
    assert not done.fits(Heading(3, ("Kết quả thực hiện",)))


@pytest.mark.parametrize(("title", "is_allowed"), [("KẾT QUẢ NỢ ĐỌNG", False), ("KẾT QUẢ", True), ("DANH SÁCH", False)])
def test_title_of_another_form_is_not_taken(title: str, is_allowed: bool) -> None:
    words = Heading(0, ("kết quả", "nợ đọng")).keys
    assert some_form(role("a", "A"), titles=words[:1], titles_not=words[1:]).allows(title) is is_allowed


def test_form_that_stands_on_its_side_is_read_by_its_first_columns(
    monkeypatch: pytest.MonkeyPatch, read: Reader
) -> None:
    """Its headings lie one below the other; each further column is a row of it."""
    roles = [role("heading", "Hạng mục"), role("roads", "Đường xã"), role("schools", "Trường học")]
    lying = some_form(*roles, shape=TRANSPOSED)
    seen: list[tuple[object, ...]] = []

    def rows(context: SheetContext) -> None:
        for item in context.rows("heading"):
            number = item.number
            place = context.provenance(number, context.column("roads"))["cell"]
            seen.append((item.name, context.value(number, "roads"), place))
            context.accept(number)

    for module in (table_reading, recognition):
        monkeypatch.setattr(module, "forms", lambda: (*forms(), lying))
    monkeypatch.setattr(target_unit, "read", rows)
    headings = ["TT", "Hạng mục", "Năm 2021", "Năm 2022"]
    items: list[list[object]] = [[1, "Đường xã", 5, 6], [2, "Trường học", 7, 8]]
    reading = read(form("BIỂU TỔNG HỢP TỈNH HẬU GIANG", headings, items))
    assert (codes(reading), row_counts(reading)) == ([], (2, 2, 0))
    assert seen == [("Năm 2021", 5, "C8"), ("Năm 2022", 6, "D8")]


def test_every_required_role_has_a_heading_to_name_it_by() -> None:
    """FORM_UNKNOWN tells a clerk which heading is missing, in words of a header and not of the product."""
    roles = [item for one in forms() for item in one.roles if item.is_required]
    assert [item.name for item in roles if re.fullmatch(r"[a-z_]+", item.example)] == []
