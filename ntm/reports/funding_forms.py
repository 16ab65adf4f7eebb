"""Biểu 07 and Biểu 09 as workbooks: the layout that the reader of forms knows, sums alive, the cells of amounts."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

from xlsxwriter.workbook import Workbook

from ntm.reports import funding_form_07, funding_form_09
from ntm.reports.form_page import FormPage
from ntm.reports.funding_form import Amounts, FundingForm
from ntm.reports.funding_form_lines import words
from ntm.reports.funding_form_sheets import write_provenance, write_structure

__all__ = ["FundingForm", "bieu_07", "bieu_09"]


def bieu_07(form: FundingForm) -> bytes:
    """Return Biểu 07 (resources by source) as XLSX, with the structure by source and the cells of the amounts."""
    return _workbook(form, funding_form_07.NAME, funding_form_07.WIDTHS, funding_form_07.write)


def bieu_09(form: FundingForm) -> bytes:
    """Return Biểu 09 (resources by content of the Programme and source) as XLSX, with the same sheets beside it."""
    return _workbook(form, funding_form_09.NAME, funding_form_09.widths(form), funding_form_09.write)


def _workbook(
    form: FundingForm, name: str, widths: Sequence[float], write: Callable[[FormPage, FundingForm], Amounts]
) -> bytes:
    content = io.BytesIO()
    sheet = words()[name]["sheet"]
    with Workbook(content, {"in_memory": True}) as book:
        book.set_properties({"title": f"{sheet} - {form.unit_name} {form.year}", "comments": form.build_id})
        amounts = write(FormPage(book, sheet, widths, on_one_page=True), form)
        write_structure(book, form)
        write_provenance(book, form, sheet, amounts)
    return content.getvalue()
