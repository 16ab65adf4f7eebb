"""Values that every part of the product shares; no input, no output."""

from __future__ import annotations

import math

import pandas as pd


def is_missing(value: object) -> bool:
    """Tell whether a value of a frame is unknown: None, NaN, NaT or NA."""
    return value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and math.isnan(value))
