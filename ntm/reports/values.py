"""Values of frames as files hold them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ntm.i18n import Translator
from ntm.model import is_missing


def is_year(column: str) -> bool:
    """Tell whether a column holds years, which are written without separators."""
    return column.endswith("year")


def plain_value(value: object, t: Translator) -> object:
    """Return a value of a frame as a plain one.

    Lists become text (an empty one says so: it is known to be empty), yes and no words, a moment without hours a day,
    and the unknown None.
    """
    if isinstance(value, (list, tuple, np.ndarray)):
        return ", ".join(map(str, value)) or t("export.none")
    if is_missing(value):
        return None
    if isinstance(value, (bool, np.bool_)):
        return t("yes" if value else "no")
    if isinstance(value, pd.Timestamp):
        return value.date() if value == value.normalize() else value.to_pydatetime()
    return value.item() if isinstance(value, np.generic) else value
