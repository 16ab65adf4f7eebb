"""Files of money to take along: Biểu 07 and Biểu 09 as offices send them, the amounts with their cells as CSV."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

import pandas as pd
import streamlit as st

from ntm.geo.names import plain_key
from ntm.i18n import Translator
from ntm.reports import table_files
from ntm.reports.funding_form import FundingForm
from ntm.ui.cache import as_day, read, snapshot
from ntm.ui.filters import Place
from ntm.ui.frame import column_label, is_illustrative, table_sheet
from ntm.ui.funding_view import CELL, named

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMS = ("bieu_07", "bieu_09")


def show(t: Translator, place: Place, money: pd.DataFrame, year: int, month: date) -> None:
    """Show the downloads; a file is made when its button is pressed. A form without amounts says so in its place."""
    form = _form(place, money, year, month)
    with st.container(border=True):
        st.header(t("forms.title"))
        st.caption(t("forms.hint"))
        with st.container(horizontal=True):
            for name in FORMS:
                if _has_amounts(form, name):
                    _button(t(f"forms.{name}"), partial(make, name, form), _file_name(place, name, form.cutoff), _XLSX)
            if len(form.cells):
                amounts = _amounts(t, form.cells.drop_duplicates(CELL))
                content = partial(
                    table_files.make, "csv", table_sheet(amounts, {name: name for name in map(str, amounts)}), t
                )
                _button(t("forms.csv"), content, _file_name(place, "nguon-von", month, ".csv"), "text/csv")
        for name in FORMS:
            if not _has_amounts(form, name):
                st.caption(t(f"forms.no_{name}", place=place.name, year=year, day=t.format.day(month)))


def make(name: str, form: FundingForm) -> bytes:
    """Return the file of a form of `FORMS`.

    Streamlit calls this in a thread of its own when the button is pressed: nothing in it may use Streamlit.
    """
    # Imported when the first file is asked for: no visitor of the page should wait for what writes workbooks.
    from ntm.reports import funding_forms

    makers = {"bieu_07": funding_forms.bieu_07, "bieu_09": funding_forms.bieu_09}
    return makers[name](form)


def _has_amounts(form: FundingForm, name: str) -> bool:
    return form.has_contents if name == "bieu_09" else form.has_amounts


def _button(label: str, content: Callable[[], bytes], file_name: str, mime: str) -> None:
    st.download_button(label, content, file_name, mime, key=f"forms_{file_name}", on_click="ignore")


def _form(place: Place, money: pd.DataFrame, year: int, month: date) -> FundingForm:
    return FundingForm(
        unit_name=place.name,
        above=place.province_name if place.district else "",
        year=year,
        month=month,
        amounts=read("funding_forms", unit=place.unit, year=year, month=month),
        money=money,
        cells=read("funding_cells", unit=place.unit, year=year, stages=None, cutoff=None),
        build_id=snapshot().build_id,
        is_illustrative=is_illustrative(),
    )


def _file_name(place: Place, name: str, day: date, ending: str = ".xlsx") -> str:
    """Return a name in ASCII: 'bieu-07_tinh-hau-giang_2022-12.xlsx'."""
    words = (name.replace("_", "-"), plain_key(place.name).replace(" ", "-"), f"{as_day(day):%Y-%m}")
    return "_".join(words) + ending


def _amounts(t: Translator, cells: pd.DataFrame) -> pd.DataFrame:
    """Return the amounts with the names of their codes, and where each was read."""
    labels = {
        "year": t("filter.year"),
        "period_end": column_label(t, "funding", "period_end"),
        "stage_name": t("column.stage"),
        "source_name": t("column.source"),
        "nature_name": t("column.nature"),
        "detail": column_label(t, "funding", "detail"),
        "amount_vnd_million": column_label(t, "funding", "amount_vnd_million"),
        **{part: t(f"sources.{part}") for part in ("path", "sheet", "cell")},
        "source_id": column_label(t, "source_file", "source_id"),
    }
    return named(t, cells)[list(labels)].rename(columns=labels).assign(**{t("forms.build"): snapshot().build_id})
