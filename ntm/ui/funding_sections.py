"""The sections of the funding page: each is a module of its own, of which only the one looked at is loaded and run."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from importlib import import_module
from importlib.util import find_spec

import pandas as pd

from ntm.i18n import Translator
from ntm.ui.choices import switch_one
from ntm.ui.filters import Place

SECTIONS = {
    "overview": "ntm.ui.funding_overview",
    "flow": "ntm.ui.funding_flow",
    "payments": "ntm.ui.funding_payments",
    "places": "ntm.ui.funding_places",
    "debts": "ntm.ui.funding_debts",
    "checks": "ntm.ui.funding_checks",
}
"""Section -> its module, in the order of the buttons. Each has `show(t, place, money, year, month)`."""

Show = Callable[[Translator, Place, pd.DataFrame, int, date], None]


def choose_section(t: Translator) -> str:
    """Show the buttons and return the section that they stand at; it lies in the URL."""
    present = {name: t(f"funding.section_{name}") for name, module in SECTIONS.items() if find_spec(module)}
    return switch_one(t("funding.section"), present, key="section")


def show(section: str, t: Translator, place: Place, money: pd.DataFrame) -> None:
    """Show a section. `money` is the rows of query `funding` for the place, all years."""
    run: Show = import_module(SECTIONS[section]).show
    run(t, place, money, place.month.year, place.month)
