"""Numbers as offices write them to Decimal. Which separator is which is decided for a column, never for one cell."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from ntm.geo.names import clean_text

VIETNAMESE, ENGLISH = "vi", "en"
_GROUPED = {
    VIETNAMESE: re.compile(r"-?\d{1,3}(\.\d{3})+(,\d+)?"),
    ENGLISH: re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?"),
}
_PLAIN = {VIETNAMESE: re.compile(r"-?\d+(,\d+)?"), ENGLISH: re.compile(r"-?\d+(\.\d+)?")}
_NUMERIC = re.compile(r"-?\d[\d.,]*")
_DASHES = frozenset("-–—")


def number_style(values: Iterable[object]) -> str | None:
    """Return the style that the clear cells of a column agree on; None when none is clear or they disagree.

    '6.259.605' and '18,2' are clear; '217.040' alone is not: it may be 217 040 or 217,04.
    """
    styles = {style for value in values if isinstance(value, str) and (style := _clear_style(_bare(value)))}
    return styles.pop() if len(styles) == 1 else None


def _clear_style(text: str) -> str | None:
    if not _NUMERIC.fullmatch(text):
        return None
    dots, commas = text.count("."), text.count(",")
    if dots > 1 or (dots and commas and text.rfind(".") < text.rfind(",")):
        return VIETNAMESE
    if commas > 1 or (dots and commas):
        return ENGLISH
    decimals = len(re.split(r"[.,]", text)[-1])
    if commas == 1 and decimals != 3:
        return VIETNAMESE
    return ENGLISH if dots == 1 and decimals != 3 else None


def is_ambiguous(value: object) -> bool:
    """Tell whether a text can be read in two ways: one separator with exactly three digits behind it."""
    return isinstance(value, str) and bool(re.fullmatch(r"-?[1-9]\d{0,2}[.,]\d{3}", _bare(value)))


def read_number(value: object, style: str | None) -> Decimal | None:
    """Return the number of a cell, or None when it is not one or its style is needed and not known.

    A lone dash is zero, brackets are a minus. An empty cell is None: not reported is not zero.
    """
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return Decimal(repr(value))
    text = _bare(str(value))
    if text in _DASHES:
        return Decimal(0)
    if is_ambiguous(value) and style is None:
        return None
    for candidate in (style,) if style else (VIETNAMESE, ENGLISH):
        if _GROUPED[candidate].fullmatch(text) or _PLAIN[candidate].fullmatch(text):
            return _to_decimal(text, candidate)
    return None


def _bare(value: str) -> str:
    text = clean_text(value).replace(" ", "")
    return "-" + text[1:-1] if re.fullmatch(r"\([\d.,]+\)", text) else text


def _to_decimal(text: str, style: str) -> Decimal:
    group, point = (".", ",") if style == VIETNAMESE else (",", ".")
    return Decimal(text.replace(group, "").replace(point, "."))
