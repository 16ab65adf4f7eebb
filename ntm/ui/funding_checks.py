"""Section 'checks' of the funding page: what was looked for in the money, what was found and where; downloads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pandas as pd
import streamlit as st

from ntm.i18n import Translator
from ntm.metrics.share import shares_pct
from ntm.ui import funding_downloads, funding_published
from ntm.ui.cache import read
from ntm.ui.filters import Place
from ntm.ui.frame import column_label, data_table
from ntm.ui.funding_view import named
from ntm.ui.sources import source_button

CODES = {
    "sums": ("SUM_MISMATCH", "PARTS_INCOMPLETE", "SUM_UNDIVIDED", "MONTHS_MISMATCH", "RULE_MISMATCH", "RATE_MISMATCH",
             "OWED_MISMATCH"),
    "thousandfold": ("AMOUNT_THOUSANDFOLD", "UNIT_THOUSANDFOLD", "MONEY_UNIT_SUSPECT"),
    "fell": ("MONTHS_FELL", "MONEY_FELL"),
    "rejected": ("UNIT_ENDED", "UNIT_NOT_YET", "UNIT_UNKNOWN", "UNIT_AMBIGUOUS", "DISTRICT_NOT_IN_FORCE",
                 "PROVINCE_NOT_IN_FORCE"),
}  # fmt: skip
"""Check -> the findings of the load that answer it: what the load compared is not compared again."""
_FIRST_CELL = "A1"


@dataclass(frozen=True)
class Check:
    """A check: its name in the texts, how much it looked at and in which words, and the rows that it found."""

    name: str
    looked_at: str
    checked: int
    rows: pd.DataFrame
    labels: dict[str, str]

    def found(self, *columns: str) -> int:
        """Return how many things were found: rows, or different values of some columns."""
        return len(self.rows.drop_duplicates(list(columns)) if columns else self.rows)


def show(t: Translator, place: Place, money: pd.DataFrame, year: int, month: date) -> None:
    """Show the section. `money` is rows of query `funding` for the place, all years."""
    scope: dict[str, str | int | date | None] = {"unit": place.unit, "year": year, "month": month}
    st.markdown(t("checks.intro", place=place.name, year=year, day=t.format.day(month)))
    with st.container(border=True, gap="xsmall"):
        for check in _checks(t, scope):
            _show(t, check)
    _parts(t, place, scope)
    funding_downloads.show(t, place, money, year, month)
    funding_published.show(t)


def _checks(t: Translator, scope: dict[str, str | int | date | None]) -> list[Check]:
    counts = {str(name): int(value) for name, value in read("funding_check_counts", **scope).iloc[0].items()}
    everything = counts["amounts"] + counts["works"] + counts["arrears"]
    message = {f"message_{t.language}": t("checks.column_finding"), "raw_value": t("checks.column_cell_value")}

    def of_load(name: str, looked_at: str, checked: int) -> Check:
        rows = read("funding_check_findings", codes=list(CODES[name]), **scope)
        # What is about a whole sheet is shown at its beginning.
        return Check(name, looked_at, checked, rows.assign(cell=rows["cell"].fillna(_FIRST_CELL)), message)

    over, doubtful = read("funding_check_over", **scope), read("funding_check_amounts", **scope)
    is_negative = doubtful["amount_vnd_million"] < 0
    is_of_other_unit = ~doubtful["is_in_force"].astype(bool)
    amount = column_label(t, "funding", "amount_vnd_million")
    place = {"name": t("column.unit"), "period_end": column_label(t, "funding", "period_end")}
    told = {**place, "stage_name": t("column.stage"), "source_name": t("column.source")}
    amounts = told | {"amount_vnd_million": amount}
    return [
        of_load("sums", "totals", counts["stated"]),
        of_load("thousandfold", "amounts", everything),
        of_load("fell", "amounts", counts["amounts"]),
        Check("negative", "amounts", everything, doubtful[is_negative].reset_index(drop=True), amounts),
        Check(
            "over",
            "pairs",
            int(over["checked"].iloc[0]),
            over.dropna(subset=["cell"]),
            told
            | {"allocated": t("column.allocated"), "disbursed": t("column.disbursed"), "rate_pct": t("column.rate")}
            | {"amount_vnd_million": t("checks.column_cell_amount")},
        ),
        of_load("rejected", "amounts", everything),
        Check("units", "amounts", everything, doubtful[is_of_other_unit].reset_index(drop=True), amounts),
    ]


def _show(t: Translator, check: Check) -> None:
    """Say what a check found, or that it found nothing, of how much; a button opens the cells."""
    of = ("unit_code", "period_end", "source_code", "nature") if check.name == "over" else ()
    found = check.found(*of)
    looked_at = t(f"checks.looked_at_{check.looked_at}", count=t.format.number(check.checked))
    if found:
        said = t("checks.found", count=t.format.number(found), looked_at=looked_at)
    else:
        said = t("checks.nothing" if check.checked else "checks.nothing_told", looked_at=looked_at)
    st.markdown(f"**{t(f'checks.{check.name}')}** – {said}")
    st.caption(t(f"checks.{check.name}_rule"))
    if found:
        title = t(f"checks.{check.name}")
        _cells(t, check.name, title, lambda: _with_rates(named(t, check.rows)), check.labels)


def _cells(t: Translator, name: str, title: str, rows: Callable[[], pd.DataFrame], labels: dict[str, str]) -> None:
    source_button(t, label=t("checks.open"), title=title, rows=rows, labels=labels, key=f"sources_check_{name}")


def _with_rates(rows: pd.DataFrame) -> pd.DataFrame:
    if "allocated" not in rows:
        return rows
    return rows.assign(rate_pct=shares_pct(rows["disbursed"], rows["allocated"]))


def _parts(t: Translator, place: Place, scope: dict[str, str | int | date | None]) -> None:
    """Show what the place reported beside the sum of the units below it, with the difference and who reported."""
    rows = read("funding_check_parts", **scope)
    with st.container(border=True):
        st.markdown(f"**{t('checks.parts', place=place.name)}** – {_parts_said(t, rows)}")
        st.caption(t("checks.parts_rule"))
        if not len(rows):
            return
        table = named(t, rows).assign(
            told_by=[f"{told}/{units}" for told, units in zip(rows["reporting"], rows["units"], strict=True)]
        )
        labels = {
            "stage_name": t("column.stage"),
            "source_name": t("column.source"),
            "period_end": column_label(t, "funding", "period_end"),
            "own_amount": t("checks.column_own", place=place.name),
            "parts_amount": t("checks.column_parts"),
            "difference": t("checks.column_difference"),
            "told_by": t("checks.column_told_by"),
        }
        data_table(t, table, labels, key="funding_check_parts")
        _cells(
            t,
            "parts",
            t("checks.parts", place=place.name),
            lambda: named(t, read("funding_check_parts_cells", **scope)),
            {
                "name": t("column.unit"),
                "stage_name": t("column.stage"),
                "source_name": t("column.source"),
                "nature_name": t("column.nature"),
                "amount_vnd_million": column_label(t, "funding", "amount_vnd_million"),
            },
        )


def _parts_said(t: Translator, rows: pd.DataFrame) -> str:
    if not len(rows):
        return t("checks.parts_none")
    over = int((rows["difference"] < 0).sum())
    counts = {"count": t.format.number(over), "rows": t.format.number(len(rows))}
    return t("checks.parts_over", **counts) if over else t("checks.parts_within", rows=t.format.number(len(rows)))
