"""What stands above and below a table: title, period, unit of money, document, legend."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from etl.clean.periods import Period, find_period
from etl.read.table import Table
from ntm.geo.names import clean_text, text_key

_ILLUSTRATIVE = text_key("số liệu minh hoạ")
_UNIT_OF_MONEY = re.compile(r"(?:ĐVT|Đơn vị tính|Đơn vị)\s*[:：]\s*([^)\n]+)", re.I)
_CUT_OFF = re.compile(r"số liệu (?:tính )?(?:đến|tới)", re.I)
_DOCUMENT = re.compile(r"Nguồn(?: số liệu)?\s*[:：]\s*(.+?)\s*\)?$", re.I)


@dataclass(frozen=True)
class TitleBlock:
    """Facts of a sheet that hold for every row of its table."""

    texts: tuple[str, ...]
    title: str
    period: Period | None
    unit_of_money: str | None
    document: str | None
    is_illustrative: bool


def read_title(table: Table, names: tuple[str, ...]) -> TitleBlock:
    """Read the block above a table. The period comes from 'Số liệu đến…', then the title, then `names` (file, sheet)."""
    grid = table.grid
    texts = tuple(clean_text(value) for (row, _), value in sorted(grid.values.items()) if row < table.top)
    below = tuple(clean_text(value) for (row, _), value in grid.values.items() if row >= table.body_top)
    everything = "\n".join(texts)
    title = _title(texts)
    money = _UNIT_OF_MONEY.search(everything)
    document = next((match[1] for text in texts + below if (match := _DOCUMENT.search(text))), None)
    return TitleBlock(
        texts=texts,
        title=title,
        period=_period(texts, title, names),
        unit_of_money=money[1].strip() if money else None,
        document=document,
        is_illustrative=any(_ILLUSTRATIVE in text_key(text) for text in texts + below),
    )


def _title(texts: tuple[str, ...]) -> str:
    """Return the title: the lines that begin like one ('BIỂU TỔNG HỢP', 'DANH SÁCH', …), joined with what follows."""
    starts = (
        "biểu tổng hợp",
        "tổng hợp",
        "danh sách",
        "kết quả",
        "biểu tiêu chí",
        "chỉ tiêu",
        "nhu cầu",
        "kế hoạch",
    )
    for position, text in enumerate(texts):
        if text_key(text).startswith(tuple(text_key(start) for start in starts)):
            following = [
                line for line in texts[position + 1 : position + 3] if line.isupper() or "giai đoạn" in line
            ]
            return " ".join([text, *following])
    return max(texts, key=len, default="")


def _period(texts: tuple[str, ...], title: str, names: tuple[str, ...]) -> Period | None:
    cut_offs = [text for text in texts if _CUT_OFF.search(text)]
    for text in [*cut_offs, title, *names]:
        period = find_period(text)
        if period:
            return period
    return None


def read_legend(table: Table) -> Mapping[str, str]:
    """Return the meaning ('met', 'not_met', 'unknown') of each mark that the sheet explains; '' is the blank cell."""
    legend: dict[str, str] = {}
    grid = table.grid
    for (row, _), value in grid.values.items():
        text = clean_text(value)
        if not table.top <= row < table.body_top and ":" in text:
            for part in re.split(r"[;,.\n]", re.sub(r"^\s*ghi chú\s*:", "", text, flags=re.I)):
                mark, separator, meaning = part.partition(":")
                outcome = _MEANINGS.get(text_key(meaning)) if separator else None
                if outcome:
                    legend["" if text_key(mark) in _BLANK else clean_text(mark).casefold()] = outcome
    return legend


_BLANK = frozenset(text_key(word) for word in ("để trống", "trống", "ô trống", "bỏ trống"))
_MEANINGS = {
    text_key(word): outcome
    for outcome, words in {
        "met": ("đạt", "đạt chuẩn", "đã đạt", "tiêu chí đạt"),
        "not_met": ("chưa đạt", "không đạt", "chưa đạt chuẩn", "tiêu chí chưa đạt"),
        "unknown": ("chưa báo cáo", "chưa có số liệu", "chưa đánh giá"),
    }.items()
    for word in words
}
