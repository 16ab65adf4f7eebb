"""The two files behind the sample: what was published for 2022, and the invented scenario around it."""

from __future__ import annotations

import calendar
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

HERE = Path(__file__).parent


def read_plan_2022() -> dict[str, Any]:
    """The published plan of 2022: targets, named communes, needs in million VND."""
    return _read("plan_2022.toml")


def read_scenario() -> dict[str, Any]:
    """The invented scenario; its keys are explained in the file."""
    return _read("scenario.toml")


def stream(seed: int, topic: str) -> Random:
    """A random stream for one topic, so that a change in one workbook leaves the others as they are."""
    return Random(f"{seed}:{topic}")


def month_end(year: int, month: int) -> date:
    """The last day of a month; month may run past 12 or below 1."""
    years, index = divmod(month - 1, 12)
    year, month = year + years, index + 1
    return date(year, month, calendar.monthrange(year, month)[1])


def months_after(day: date, count: int) -> date:
    """The end of the month that many months after the day's."""
    return month_end(day.year, day.month + count)


def month_ends(first: date, last: date) -> Iterator[date]:
    """Every month end from first to last, both included."""
    current = month_end(first.year, first.month)
    while current <= last:
        yield current
        current = months_after(current, 1)


def _read(name: str) -> dict[str, Any]:
    with (HERE / name).open("rb") as file:
        return tomllib.load(file)
