"""What the projection section works out, kept for the other visitors: the projection, its back-test, what was told."""

from __future__ import annotations

from datetime import date

import pandas as pd

from ntm.metrics.projection import Missing, Projection, back_test, project, told_by_month
from ntm.ui.cache import made, read


def projected(province: str, month: date, due: date) -> Projection | Missing:
    """Return the projection of a province from a month to a due date."""
    return made(_project, province, month, due)


def tested(province: str, month: date) -> pd.DataFrame:
    """Return the back-test of all that was told up to a month."""
    return made(_back_test, province, month)


def told(province: str, month: date) -> pd.DataFrame:
    """Return the values of each metric month by month under the set in use at a month."""
    return made(_told, province, month)


def _rows(province: str, month: date) -> pd.DataFrame:
    return read("projection_reports", province=province, month=month)


def _project(province: str, month: date, due: date) -> Projection | Missing:
    return project(_rows(province, month), month, due)


def _back_test(province: str, month: date) -> pd.DataFrame:
    return back_test(_rows(province, month), month)


def _told(province: str, month: date) -> pd.DataFrame:
    return told_by_month(_rows(province, month), month)
