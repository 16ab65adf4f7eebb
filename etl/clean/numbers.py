"""Numbers as offices write them to Decimal. Which separator is which is decided for a column, never for one cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from ntm.geo.names import clean_text

VIETNAMESE, ENGLISH = "vi", "en"
_SEPARATORS = {VIETNAMESE: (".", ","), ENGLISH: (",", ".")}
# Digits in groups of three do not begin with a zero: '0.745' is a fraction in any style.
_WRITTEN = {
    VIETNAMESE: re.compile(r"-?(\d+|[1-9]\d{0,2}(\.\d{3})+)(,\d+)?"),
    ENGLISH: re.compile(r"-?(\d+|[1-9]\d{0,2}(,\d{3})+)(\.\d+)?"),
}
_DASHES = frozenset("-–—")
_SHOWN_STEP = Decimal("0.000001")
_SHARE = re.compile(r"(\d+)\s*/\s*(\d+)")
_COUNTED = re.compile(
    r"^(?:hoàn thành|đạt|đủ)\s+(?=\d)|(?<=\d)\s*(?:tiêu chí|TC|xã|thôn|ấp|bản|xóm|khóm|buôn)(?=\s*(?:/|$))", re.I
)


@dataclass(frozen=True)
class Share:
    """A count that is written with what it is a part of, such as 17/19."""

    part: int
    whole: int | None


def clear_styles(values: Iterable[object]) -> frozenset[str]:
    """Return the styles of the cells that can be written in one style only.

    '6.259.605' and '18,2' are clear; '217.040' alone is not: it may be 217 040 or 217,04.
    """
    readings = (_readings(_bare(value)) for value in values if isinstance(value, str))
    return frozenset(next(iter(reading)) for reading in readings if len(reading) == 1)


def is_ambiguous(value: object) -> bool:
    """Tell whether a text is one number in Vietnamese writing and another in English writing."""
    return isinstance(value, str) and len(set(_readings(_bare(value)).values())) > 1


def read_number(value: object, style: str | None = None) -> Decimal | None:
    """Return the number of a cell, or None when it is not one or its style is needed and not known.

    A lone dash is zero, brackets are a minus. An empty cell is None: not reported is not zero. A text that can be
    written in one style only is that number, whatever the style of its column.
    """
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        number = Decimal(repr(value))
        return number if number.is_finite() else None
    text = _bare(str(value))
    if text in _DASHES:
        return Decimal(0)
    readings = _readings(text)
    if style and style in readings:
        return readings[style]
    return next(iter(readings.values())) if len(set(readings.values())) == 1 else None


def read_percent(value: object, style: str | None = None, *, is_share: bool = False) -> Decimal | None:
    """Return a percentage as 0-100: '74,5%', 74.5, or 0.745 of a cell that is shown as a percentage (`is_share`)."""
    is_text = isinstance(value, str)
    number = read_number(clean_text(value).rstrip("% ") if is_text else value, style)
    return number * 100 if number is not None and is_share and not is_text else number


def read_share(value: object) -> Share | None:
    """Return a count as offices state it: 17, '17 TC', '17/19 TC', '123 xã/194 xã', 'Hoàn thành 19/19'; else None."""
    text = _COUNTED.sub("", clean_text(value))
    if share := _SHARE.fullmatch(text):
        return Share(int(share[1]), int(share[2]))
    number = read_number(value if isinstance(value, int | float) else text)
    return Share(int(number), None) if number is not None and number == int(number) else None


def plain(number: Decimal, style: str) -> str:
    """Return a number as a message of a language shows it: no exponent, no zeros at the end, its decimal sign."""
    text = f"{number.quantize(_SHOWN_STEP):f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", _SEPARATORS[style][1])


def _readings(text: str) -> Mapping[str, Decimal]:
    """Return the number that a text is in each style that it can be written in."""
    return {style: _to_decimal(text, style) for style, form in _WRITTEN.items() if form.fullmatch(text)}


def _bare(value: str) -> str:
    text = clean_text(value).replace(" ", "")
    return "-" + text[1:-1] if re.fullmatch(r"\([\d.,]+\)", text) else text


def _to_decimal(text: str, style: str) -> Decimal:
    group, point = _SEPARATORS[style]
    return Decimal(text.replace(group, "").replace(point, "."))
