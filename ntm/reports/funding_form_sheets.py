"""The sheets beside a form: structure by source with and without credit, rates of disbursement, cells of each amount.

Their first cells say that they are no forms; the reader of forms passes them over.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.workbook import Workbook

from ntm.metrics.exact import exact, exact_sum
from ntm.metrics.funding import SOURCE_GROUPS, STAGES, latest
from ntm.metrics.payments import disbursement_by_source
from ntm.model import is_missing
from ntm.reports.form_page import Cell, FormPage, Formula, total
from ntm.reports.funding_form import Amounts, FundingForm
from ntm.reports.funding_form_lines import words

_KINDS = ("text", "money", "rate", "rate")
_HUNDRED = Decimal(100)


def write_structure(book: Workbook, form: FundingForm) -> None:
    """Write each stage by source, its shares with and without credit, and what of the allocated money was disbursed."""
    said = words()["structure"]
    page = FormPage(book, said["sheet"], [38, 20, 20, 24, 34], on_one_page=True, is_upright=True)
    page.line(said["title"], "caption")
    page.line(f"{form.unit_name}, năm {form.year}. Tín dụng là doanh số cho vay, không phải vốn ngân sách.", "note")
    for stage in STAGES:
        rows = latest(form.money, form.year, stage, None if stage == "need" else form.month)
        if len(rows):
            _stage(page, said, f"{said['stages'][stage]} năm {form.year}, số liệu đến {_day(rows)}", rows)
    rates = disbursement_by_source(form.money, form.year, form.month)
    if rates is not None:
        _rates(page, said, f"Giải ngân trên vốn đã giao năm {form.year}, số liệu đến {_day(rates)}", rates)


def _stage(page: FormPage, said: Mapping[str, Any], caption: str, rows: pd.DataFrame) -> None:
    _heads(page, caption, ("Nguồn vốn", "Triệu đồng", "Tỷ trọng (%)", "Tỷ trọng không kể tín dụng (%)"))
    groups = [group for group in SOURCE_GROUPS if (rows["source_group"] == group).any()]
    amounts = {group: exact_sum(rows.loc[rows["source_group"] == group, "amount_vnd_million"]) for group in groups}
    whole = sum(amounts.values(), Decimal(0))
    without = whole - amounts.get("credit", Decimal(0))
    first = page.row
    bottom = first + len(groups)
    for row, group in enumerate(groups, start=first):
        own = None if group == "credit" else _share(row, bottom + 1, amounts[group], without)
        cells = [said["names"][group], amounts[group], _share(row, bottom, amounts[group], whole), own]
        page.body(cells, _KINDS)
    everything = total([(row, 1) for row in range(first, bottom)], whole)
    page.body(["Tổng số", everything, None, None], _KINDS, "group")
    lent = [(first + groups.index("credit"), 1)] if "credit" in groups else []
    text = "={}-{}" if lent else "={}"
    page.body(["Tổng số không kể tín dụng", Formula(text, ((bottom, 1), *lent), without), None, None], _KINDS, "group")


def _rates(page: FormPage, said: Mapping[str, Any], caption: str, rates: pd.DataFrame) -> None:
    """Only sources that tell both at one cut-off are there; a rate over 100% is shown, and said to be checked."""
    _heads(page, caption, ("Nguồn vốn", "Đã giao", "Giải ngân", "Tỷ lệ giải ngân (%)", "Lưu ý"))
    kinds = ("text", "money", "money", "rate", "text")
    first, bottom = page.row, page.row + len(rates)
    for row in rates.to_dict("records"):
        allocated, disbursed = exact(row["allocated"]) or Decimal(0), exact(row["disbursed"]) or Decimal(0)
        page.body(
            [said["names"][row["source_group"]], allocated, disbursed, *_rate(page.row, allocated, disbursed)], kinds
        )
    sums = [exact_sum(rates["allocated"]), exact_sum(rates["disbursed"])]
    cells = [total([(row, column) for row in range(first, bottom)], sums[column - 1]) for column in (1, 2)]
    page.body(["Cộng các nguồn có cả hai số", *cells, *_rate(bottom, *sums)], kinds, "group")


def _heads(page: FormPage, caption: str, headings: Sequence[str]) -> None:
    page.space()
    page.line(caption, "caption")
    page.body(headings, ["center"] * len(headings), "group")


def _share(row: int, base: int, part: Decimal, whole: Decimal) -> Cell:
    return Formula("=100*{}/{}", ((row, 1), (base, 1)), _HUNDRED * part / whole) if whole else None


def _rate(row: int, allocated: Decimal, disbursed: Decimal) -> tuple[Cell, Cell]:
    if not allocated:
        return None, "Chưa có vốn giao"
    rate = Formula("=100*{}/{}", ((row, 2), (row, 1)), _HUNDRED * disbursed / allocated)
    flag = "Vượt 100%, cần kiểm tra" if disbursed > allocated else "Không"
    return rate, Formula('=IF({}>{},"Vượt 100%, cần kiểm tra","Không")', ((row, 2), (row, 1)), flag)


def write_provenance(book: Workbook, form: FundingForm, form_sheet: str, amounts: Amounts) -> None:
    """Write of each amount of the form, and of the structure, the file, sheet and cell that it was read from."""
    said = words()["provenance"]
    page = FormPage(book, said["sheet"], [22, 26, 38, 16, 14, 44, 24, 9, 16])
    page.line(said["title"], "caption")
    page.line(f"{form.unit_name}, năm {form.year}, số liệu đến {form.cutoff:%d/%m/%Y}", "note")
    page.line(f"Bản dữ liệu: {form.build_id}", "note")
    page.space()
    kinds = ("center", "text", "text", "money", "center", "text", "text", "center", "text")
    heads = ["Ô trong biểu", "Nội dung", "Nguồn vốn", "Triệu đồng", "Đến ngày", "Tệp", "Trang tính", "Ô", "Mã tệp"]
    page.body(heads, ["center"] * len(heads), "group")
    for key, place in sorted(amounts.written.items(), key=lambda item: item[1]):
        for told in amounts.rows[key]:
            content = f"{said['parts'][told['part']]} {_known(told['component_no'])}".strip()
            page.body([f"{form_sheet}!{xl_rowcol_to_cell(*place)}", content, *_from_cell(told)], kinds)
    stages = words()["structure"]["stages"]
    for row in _structure_cells(form).to_dict("records"):
        page.body([words()["structure"]["sheet"], stages[str(row["stage"])], *_from_cell(row)], kinds)


def _structure_cells(form: FundingForm) -> pd.DataFrame:
    """Return the cells of the amounts of the structure: of each stage those at the cut-off that it shows."""
    kept = [
        form.cells[(form.cells["stage"] == stage) & (form.cells["cutoff"] == rows["period_end"].max())]
        for stage in STAGES
        if len(rows := latest(form.money, form.year, stage, None if stage == "need" else form.month))
    ]
    return pd.concat(kept) if kept else form.cells.head(0)


def _from_cell(row: Mapping[Any, Any]) -> list[Cell]:
    names = words()["structure"]["names"]
    group = "local" if row["source_code"].startswith("local") else row["source_code"]
    own = words()["bieu_07"]["words"]
    parts = [row["source_code"] if group != row["source_code"] else None, row["nature"], row["detail"]]
    source = " / ".join([names[group], *(own.get(part, part) for part in parts if not is_missing(part))])
    return [source, exact(row["amount_vnd_million"]), f"{_date(row['period_end']):%d/%m/%Y}",
            *(_known(row[name]) for name in ("path", "sheet", "cell", "source_id"))]  # fmt: skip


def _day(rows: pd.DataFrame) -> str:
    return f"{_date(rows['period_end'].max()):%d/%m/%Y}"


def _date(value: object) -> date:
    day: date = pd.Timestamp(value).date()  # type: ignore[arg-type]
    return day


def _known(value: object) -> str:
    return "" if is_missing(value) else str(value)
