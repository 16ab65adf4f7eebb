"""What a column of a template is repeated for: criteria or indicators of a set in data/reference, or listed items."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from etl.reference_facts import reference_rows
from ntm.settings import settings

_FILES = {"criterion": "criteria.csv", "indicator": "indicators.csv"}


def repetitions(each: str | Sequence[object], set_code: str) -> list[Mapping[str, str]]:
    """Return the values that fill in headings, one mapping a repetition; empty when the set has no such thing.

    Raises OSError when the reference file is missing.
    """
    if not isinstance(each, str):
        return [{"item": str(item)} for item in each]
    return [row for row in _rows(_FILES[each]) if row["set_code"] == set_code] if each in _FILES else []


@cache
def _rows(file: str) -> list[dict[str, str]]:
    return reference_rows(settings().reference_folder / file)
