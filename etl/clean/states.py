"""How far a task or a remedy has come, by a cell's words: 'Đã khắc phục ngày 5/7/2022', 'đang thực hiện'."""

from __future__ import annotations

import re
from datetime import date

from etl.clean.periods import find_day
from etl.clean.vocabulary import meanings
from ntm.geo.names import clean_text, text_key

_DAY = re.compile(
    r"\s*[,;(]?\s*(?:vào\s+|từ\s+)?(?:ngày\s+)?(?:\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}"
    r"|\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4})\s*\)?",
    re.I,
)


def read_state(text: str) -> tuple[str | None, date | None]:
    """Return (done, in_progress, open, overdue or None, the day that the cell tells); compared as a whole."""
    stated = clean_text(text)
    return meanings("states").get(text_key(_DAY.sub(" ", stated))), find_day(stated)
