"""What stands above and below a table: title, period, unit of money, document, legend."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from etl.clean.periods import Period, find_period, impossible_date
from etl.clean.vocabulary import meanings, vocabulary
from etl.read.table import Table
from ntm.geo.names import clean_text, text_key, unit_name_key

_ILLUSTRATIVE = text_key("số liệu minh hoạ")
_UNIT_OF_MONEY = re.compile(r"(?:ĐVT|Đơn vị tính|Đơn vị)\s*[:：]\s*([^)\n]+)", re.I)
_CUT_OFF = re.compile(
    r"\b(?:(?:số liệu|tính|kết quả|lũy kế|luỹ kế)(?:\s+\w+){0,3}?\s+(?:đến|tới)\b|tại thời điểm\b"
    r"|đến\s+(?:hết|ngày|\d))",
    re.I,
)
_DOCUMENT = re.compile(r"Nguồn(?: số liệu)?\s*[:：]\s*(.+?)\s*\)?$", re.I)
_TITLE_LINES = 3
_LONGEST_MARK = 6
_LEGEND_PAIR = re.compile(r"^(.+?)\s*(?::|=|–|-|\blà\b)\s*(.+)$", re.I)
_MARK_WORDS = re.compile(r"^(?:ghi chú|chú giải|chú thích|dấu|ký hiệu|kí hiệu|đánh dấu|ghi)\s*:?\s*", re.I)
_QUOTES = "\"'“”‘’()[] "


@dataclass(frozen=True)
class TitleBlock:
    """Facts of a sheet that hold for every row of its table."""

    texts: tuple[str, ...]
    title: str
    period: Period | None
    impossible_date: str | None
    units_of_money: tuple[str, ...]
    document: str | None
    is_illustrative: bool


Legend = Mapping[str, str]
"""Outcome by mark, as marks are compared; '' is the blank cell."""


@dataclass(frozen=True)
class Legends:
    """The legend of a sheet, and those that name a district: each district may mark in its own way."""

    general: Legend
    by_district: Mapping[tuple[str | None, str], Legend]

    def of(self, district: str) -> Legend:
        """Return the legend for a district's rows: its own where there is one, else the general one.

        'Long Mỹ' is a huyện and a thị xã: a name without its kind has the legend that is the only one of that name.
        """
        kind, name = unit_name_key(district)
        named = [legend for (_, other), legend in self.by_district.items() if other == name and kind is None]
        return named[0] if len(named) == 1 else self.by_district.get((kind, name), self.general)


def read_title(table: Table, names: tuple[str, ...]) -> TitleBlock:
    """Read the block above a table.

    The period comes from 'Số liệu đến…', then the title, then `names` (file, sheet). A cut-off that is no day of the
    calendar gives none: another period would be a guess.
    """
    cells = sorted(table.grid.texts.items())
    texts = tuple(text for (row, _), text in cells if row < table.top)
    below = tuple(text for (row, _), text in cells if row >= table.body_top and len(text) > _LONGEST_MARK)
    title = _title(texts)
    cut_offs = [text[match.start() :] for text in texts if (match := _CUT_OFF.search(text))]
    wrong = next((date for text in [*cut_offs, title] if (date := impossible_date(text))), None)
    periods = (find_period(text) for text in [*cut_offs, title, *names])
    return TitleBlock(
        texts=texts,
        title=title,
        period=None if wrong else next((period for period in periods if period), None),
        impossible_date=wrong,
        units_of_money=tuple(match[1].strip() for text in texts for match in _UNIT_OF_MONEY.finditer(text)),
        document=next((match[1] for text in texts + below if (match := _DOCUMENT.search(text))), None),
        is_illustrative=any(_ILLUSTRATIVE in text_key(text) for text in texts + below),
    )


def _title(texts: tuple[str, ...]) -> str:
    """Return the line that begins like a title ('BIỂU TỔNG HỢP', 'DANH SÁCH', …), joined with those that go on."""
    starts = tuple(text_key(start) for start in vocabulary("titles")["starts"])
    for position, text in enumerate(texts):
        if text_key(text).startswith(starts):
            following = texts[position + 1 : position + _TITLE_LINES]
            return " ".join([text, *(line for line in following if line.isupper() or "giai đoạn" in line.lower())])
    return max(texts, key=len, default="")


def read_legends(table: Table) -> Legends:
    """Return what the marks of a sheet mean where the sheet explains it ('met', 'not_met', 'unknown')."""
    general: dict[str, str] = {}
    by_district: dict[tuple[str | None, str], dict[str, str]] = {}
    for (row, _), value in table.grid.values.items():
        if not isinstance(value, str) or len(value) <= _LONGEST_MARK or table.top <= row < table.body_top:
            continue
        for line in map(clean_text, value.splitlines()):
            district, separator, explained = line.partition(":")
            kind, key = unit_name_key(district) if separator else (None, "")
            if kind:
                by_district.setdefault((kind, key), {}).update(_explained_marks(explained))
            else:
                general.update(_explained_marks(line))
    return Legends(general, {district: legend for district, legend in by_district.items() if legend})


def _explained_marks(text: str) -> Iterator[tuple[str, str]]:
    """Yield (mark, outcome) of each part such as 'x: đạt' or 'chưa đạt: để trống'; '' is the blank cell."""
    for part in re.split(r"[;,\n]|\.(?=\s|$)", text):
        pair = _LEGEND_PAIR.match(_MARK_WORDS.sub("", part.strip()))
        if not pair:
            continue
        for mark, words in ((pair[1], pair[2]), (pair[2], pair[1])):
            outcome = meanings("legend").get(text_key(words))
            key = _legend_key(mark)
            if outcome and key is not None:
                yield key, outcome
                break


def _legend_key(mark: str) -> str | None:
    """Return a mark for comparing, '' for the words that mean a blank cell, None for what is no mark."""
    padded = f" {text_key(mark)} "
    if any(f" {text_key(word)} " in padded for word in vocabulary("titles")["blank"]):
        return ""
    key = _MARK_WORDS.sub("", mark).strip(_QUOTES).casefold()
    return key if 0 < len(key) <= _LONGEST_MARK and not re.fullmatch(r"\d{2,}", key) else None
