"""Number and date of a decision where they stand in one cell: 'Số 123/QĐ-UBND ngày 09/8/2023'."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from etl.clean.periods import find_day, read_date
from ntm.geo.names import clean_text

NO_NUMBER = "chưa có số"
# '123/QĐ-UBND', '15/2022/NQ-HĐND', 'MH-01/QĐ-UBND': digits, at most a year, the signs of kind and office.
_NUMBER = re.compile(r"(?:[^\W\d_]{1,4}-)?\d+[a-z]?\s*/\s*(?:20\d{2}\s*/\s*)?[^\W\d_]+(?:\s?-\s?[^\W\d_]+)*")
_PLAIN_NUMBER = re.compile(r"^(?:(?:quyết định|QĐ)\s*)?(?:số\s*[:.]?\s*)?(\d[\w.-]*)\s*(?:[,;(]|ngày\b|$)", re.I)
DATED = re.compile(r"(?<![\d/])\d{1,2}\s*[/.-]\s*\d{1,2}(?:\s*[/.-]\s*(?:19|20)\d{2})?(?![\d/])")
_BLANK_DATE = re.compile(r"ngày[\s.…_]*tháng[\s.…_]*năm\s*(?:20\d{2})?", re.I)


@dataclass(frozen=True)
class Decision:
    """What a cell tells of a decision; `invalid_date` is what stands for its date and is no day of the calendar."""

    number: str | None = None
    day: date | None = None
    invalid_date: str | None = None


def read_decision(value: object) -> Decision:
    """Read a cell that holds the number of a document, its date, or both.

    'Số:    /QĐ-UBND ngày    tháng    năm 2022' has neither: what was left blank is not known.
    """
    if (day := read_date(value)) is not None:
        return Decision(day=day)
    text = clean_text(value)
    number = _NUMBER.search(text)
    rest = text.replace(number[0], " ") if number else text
    day, dated = find_day(rest), DATED.search(rest)
    invalid = dated[0] if dated and day is None else None
    if number:
        return Decision(re.sub(r"\s+", "", number[0]), day, invalid)
    plain = _PLAIN_NUMBER.match(DATED.sub("", rest))
    written = text if day is None and invalid is None and any(map(str.isdigit, _BLANK_DATE.sub("", text))) else None
    return Decision(plain[1] if plain else written, day, invalid)
