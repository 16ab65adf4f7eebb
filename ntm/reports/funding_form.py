"""What Biểu 07 and Biểu 09 share: whose money and up to when, title block and foot, where each amount is written.

The forms are Vietnamese in either language of the app: they are sent to offices. What nobody reported stays blank, and
no amount is made up for it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

import pandas as pd

from ntm.forms import SHARED_FORMS
from ntm.metrics.exact import exact_sum
from ntm.model import is_missing
from ntm.reports.form_page import FormPage, Place
from ntm.reports.funding_form_lines import Source
from ntm.yaml_files import read_yaml

PARTS = ("plan", "mobilised", "rest")
"""What the forms tell: plan of the year, mobilised up to the cut-off, plan of the months after it."""
_MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
_COMMITTEE = "BAN CHỈ ĐẠO CÁC CHƯƠNG TRÌNH MTQG"
_ILLUSTRATIVE = "SỐ LIỆU MINH HOẠ (không phải số liệu báo cáo chính thức)"
_BLANK = "Ghi chú: ô để trống là chưa có báo cáo, không phải bằng 0; số cộng chỉ gồm các ô có số."


@dataclass(frozen=True)
class FundingForm:
    """Money of one unit and year. `unit_name` has its kind ('Tỉnh Hậu Giang'); `above`: a district's province, else ''.

    `amounts` are the rows of query funding_forms, `money` those of query funding (all years), `cells` those of query
    funding_cells of the year; `month` is the last day that amounts may be of.
    """

    unit_name: str
    above: str
    year: int
    month: date
    amounts: pd.DataFrame
    money: pd.DataFrame
    cells: pd.DataFrame
    build_id: str
    is_illustrative: bool

    @property
    def cutoff(self) -> date:
        """The day up to which money is told."""
        day: date = pd.Timestamp(self.amounts["cutoff"].iloc[0]).date()
        return day

    @property
    def has_amounts(self) -> bool:
        """Whether Biểu 07 has anything to state: an empty form would look like a report of nothing."""
        return bool(len(self.amounts))

    @property
    def has_contents(self) -> bool:
        """Whether Biểu 09 has: money that names contents of the Programme."""
        return self.has_amounts and bool(self.amounts["component_no"].notna().any())

    @property
    def months(self) -> int:
        return self.cutoff.month

    @property
    def is_cumulative(self) -> bool:
        """Whether the reports say that what was mobilised is cumulative: a form says so again."""
        said = self.amounts.loc[self.amounts["part"] == "mobilised", "is_cumulative"]
        return bool(len(said)) and bool(said.all())


Key = tuple[Hashable, ...]


class Amounts:
    """Amounts of a form by what each is of, with the rows that they come from; `written` is where each stands."""

    def __init__(self, rows: pd.DataFrame, key: tuple[str, ...]) -> None:
        self.rows: dict[Key, list[Mapping[str, Any]]] = defaultdict(list)
        self.written: dict[Key, Place] = {}
        for row in rows.to_dict("records"):
            source = Source(row["source_code"], _text(row["nature"]), _text(row["detail"]))
            self.rows[(*(row[name] for name in key), source)].append({str(name): row[name] for name in row})

    def __contains__(self, key: Key) -> bool:
        return key in self.rows

    def at(self, key: Key, place: Place) -> Decimal:
        """Return the exact amount and note where it is written."""
        self.written[key] = place
        return exact_sum(row["amount_vnd_million"] for row in self.rows[key])

    def sources(self, part: str) -> set[Source]:
        """Return what the amounts of a part are of."""
        return {key[-1] for key in self.rows if key[0] == part}  # type: ignore[misc]


@cache
def layout(name: str) -> Mapping[str, Any]:
    """Return the description of a form in ntm/forms: title, columns, fixed rows."""
    found: Mapping[str, Any] = read_yaml(SHARED_FORMS / f"{name}.yml")
    return found


def write_top(page: FormPage, form: FundingForm, name: str) -> None:
    """Write the title block as offices do: number, letterhead, title, period, whether illustrative, unit of money."""
    said = layout(name)
    superior, office = (form.above, form.unit_name) if form.above else (form.unit_name, "")
    page.line(said["form_number"], "right")
    page.halves(f"UBND {superior.upper()}", _MOTTO[0], "plain", "bold")
    page.halves(f"UBND {office.upper()}" if office else _COMMITTEE, _MOTTO[1], "bold", "motto")
    page.space()
    page.line(said["title"].format(year=form.year), "title")
    page.line(f"(Số liệu đến {form.cutoff.day}/{form.cutoff.month}/{form.cutoff.year})", "remark")
    if form.is_illustrative:
        page.line(_ILLUSTRATIVE, "warning")
    page.line(f"ĐVT: {said['unit_of_money']}", "right")


def write_foot(page: FormPage, form: FundingForm, *notes: str) -> None:
    """Write what blank cells mean, whose money is of other months, further notes, and the block that people sign in."""
    told = form.amounts[form.amounts["part"] == "plan"]
    day = pd.Timestamp(told["period_end"].max()).date() if len(told) else form.cutoff
    older = () if day == form.cutoff else (f"Kế hoạch năm theo báo cáo đến {day.day}/{day.month}/{day.year}.",)
    for note in (_BLANK, *older, *notes):
        page.line(note, "note")
    page.signatures()


def _text(value: object) -> str | None:
    return None if is_missing(value) else str(value)
