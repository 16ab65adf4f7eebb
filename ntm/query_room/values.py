"""Values of an answer as the tables and charts of the product take them: numbers, days, booleans and text."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd

_NUMBERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "FLOAT", "DOUBLE", "DECIMAL")
_LARGEST = 2**63
_UNSURE = {True: "∞", False: "−∞"}


def to_frame(columns: Sequence[tuple[str, str]], rows: Sequence[Sequence[object]]) -> pd.DataFrame:
    """Return a frame of an answer from (name, DuckDB type) of its columns.

    Of columns with the same name the later ones are numbered: 'name (2)'. Decimals are floats, as in every frame of
    the product. A moment, and whatever is no number, day or boolean, is text.
    """
    names = unlike([name for name, _ in columns])
    values = list(zip(*rows, strict=True)) if rows else [()] * len(columns)
    made = (_column(list(told), kind) for told, (_, kind) in zip(values, columns, strict=True))
    return pd.DataFrame(dict(zip(names, made, strict=True)))


def unlike(names: Sequence[str]) -> list[str]:
    """Return names of which no two are the same."""
    found: list[str] = []
    for name in names:
        number, free = 1, name
        while free in found:
            number += 1
            free = f"{name} ({number})"
        found.append(free)
    return found


def _column(values: list[object], kind: str) -> pd.Series:
    told = [value for value in values if value is not None]
    if kind == "BOOLEAN" and len(told) == len(values):
        return pd.Series(values, dtype="bool")
    if kind.removeprefix("U").startswith(_NUMBERS) and not kind.endswith("]"):
        is_finite = all(isinstance(value, (int, float)) and not math.isinf(value) for value in told)
        if not is_finite:
            return _texts(values)
        is_whole = len(told) == len(values) and all(isinstance(value, int) for value in told)
        fits = all(-_LARGEST <= value < _LARGEST for value in told)  # type: ignore[operator]
        return pd.Series(values, dtype="int64" if is_whole and fits and told else "float64")
    if kind == "DATE":
        days = pd.to_datetime(pd.Series(values, dtype="str"), format="%Y-%m-%d", errors="coerce")
        return days if int(days.notna().sum()) == len(told) else _texts(values)
    return _texts(values)


def _texts(values: list[object]) -> pd.Series:
    return pd.Series([None if value is None else _text(value) for value in values], dtype="str")


def _text(value: object) -> str:
    return _UNSURE[value > 0] if isinstance(value, float) and math.isinf(value) else str(value)
