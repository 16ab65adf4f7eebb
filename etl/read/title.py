"""What stands above and below a table: title, period, unit of money, document, legend."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from etl.clean.periods import Period, find_cut_off, find_period, impossible_date, is_period, read_date
from etl.clean.vocabulary import contains, meanings, vocabulary
from etl.read.grid import Grid
from etl.read.lines import begins_title
from etl.read.table import Table
from ntm.geo.names import clean_text, text_key, unit_name_key

_ILLUSTRATIVE = text_key("số liệu minh hoạ")
# 'Đơn vị: UBND xã …' says who reports: what follows the bare word must be money.
_UNIT_OF_MONEY = re.compile(r"(?:(ĐVT|Đơn vị tính)\s*[:：(]?|Đơn vị\s*[:：])\s*([^)\n]+)", re.I)
_MONEY = re.compile(r"(?:\b(?:đồng|đ|VNĐ|VND|trđ|tr|triệu|tỷ|tỉ|nghìn|ngàn|USD)\b|\d{4}đ)", re.I)
_CUT_OFF = re.compile(
    r"\b(?:(?:số liệu|tính|kết quả|l[uũ][yỹ] kế|luỹ kế)(?:\s+[^\W\d]+){0,5}?\s+(?:đến|tới)\b|tại thời điểm\b"
    r"|đến\s+(?=hết|cuối|ngày|tháng|quý|\d))",
    re.I,
)
# A label whose value stands in the next cell.
_LABEL = re.compile(r"(?::|(?:^|\s)(?:đến|đến ngày|ĐVT|đơn vị tính|kỳ báo cáo|thời điểm))\s*$", re.I)
_FORM_NUMBER = re.compile(
    r"^\W*(?:biểu|phụ lục|mẫu|bảng|PL)\s*(?:số|biểu)?\s*(?:\d[\w./-]*|[IVX]+)?\s*[:.\-–]*\s*", re.I
)
_DOCUMENT = re.compile(r"Nguồn(?: số liệu)?\s*[:：]\s*(.+?)\s*\)?$", re.I)
_TITLE_LINES = 3
_LONGEST_MARK = 6
_LEGEND_PAIR = re.compile(r"^(.+?)\s*(?::|=|–|-|\blà\b)\s*(.+)$", re.I)
_MARK_WORDS = re.compile(r"^(?:ghi chú|chú giải|chú thích|dấu|ký hiệu|kí hiệu|đánh dấu|ghi)\s*:?\s*", re.I)
_QUOTES = "\"'“”‘’()[] "


@dataclass(frozen=True)
class TitleBlock:
    """Facts of a sheet that hold for every row of its table.

    `blocks` are the lines above the table, then those of the tables above it; `texts` are all of them.
    """

    blocks: tuple[tuple[str, ...], ...]
    title: str
    period: Period | None
    impossible_date: str | None
    units_of_money: tuple[str, ...]
    document: str | None
    is_illustrative: bool

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(text for block in self.blocks for text in block)


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


def read_title(table: Table, names: tuple[str, ...], above: TitleBlock | None = None) -> TitleBlock:
    """Read the block above a table.

    The period comes from the cut-off ('Số liệu đến…'), then the title, then a line or a date that stands alone, then
    the title block of the table `above`, then `names` (sheet, file). A cut-off that is no day of the calendar gives
    none: another period would be a guess. What the block of a later table on a sheet leaves out is that of the
    table `above`.
    """
    texts = tuple(_line_texts(table))
    below = tuple(text for (row, _), text in table.grid.texts.items() if row >= table.body_top)
    remarks = texts + tuple(text for text in below if len(text) > _LONGEST_MARK)
    title = _title(texts, is_first=above is None) or (above.title if above else "")
    stated, wrong = _stated_period(texts, title if above is None or title != above.title else "")
    if above and stated is None and wrong is None:
        stated, wrong = above.period, above.impossible_date
    named = (period for name in names if (period := find_period(name)))
    document = next((match[1] for text in remarks if (match := _DOCUMENT.search(text))), None)
    return TitleBlock(
        blocks=(texts, *(above.blocks if above else ())),
        title=title,
        period=None if wrong else stated or next(named, None),
        impossible_date=wrong,
        units_of_money=tuple(units_of_money(texts)) or (above.units_of_money if above else ()),
        document=document or (above.document if above else None),
        is_illustrative=any(_ILLUSTRATIVE in text_key(text) for text in remarks)
        or (above is not None and above.is_illustrative),
    )


def _line_texts(table: Table) -> Iterator[str]:
    """Yield the texts above a table, row by row; a label whose value stands in the next cell goes with it."""
    label, label_row = "", 0
    for row, column in table.lines:
        text = _written(table.sheet, row, column, label if row == label_row else "")
        if label and row == label_row:
            text, label = f"{label} {text}", ""
        elif label:
            yield label
            label = ""
        if _LABEL.search(text):
            label, label_row = text, row
        else:
            yield text
    if label:
        yield label


def _written(grid: Grid, row: int, column: int, label: str) -> str:
    """Return a cell as it shows: a date, or a day number behind a label, as a day with the words of its format."""
    value = grid.values.get((row, column))
    day = read_date(value) if isinstance(value, date) or (label and isinstance(value, int)) else None
    if day is None:
        return grid.own_text(row, column)
    words = " ".join(re.findall(r'"([^"]*)"', grid.date_formats.get((row, column), "")))
    return clean_text(f"{words} {day:%d/%m/%Y}")


def _stated_period(texts: Sequence[str], title: str) -> tuple[Period | None, str | None]:
    """Return (period, impossible date) of the lines above a table: one of them or neither."""
    cut_offs = [text[match.end() :] for text in texts if (match := _CUT_OFF.search(text))]
    alone = [text for text in texts if is_period(text)]
    if wrong := next((day for text in [*cut_offs, title, *alone] if (day := impossible_date(text))), None):
        return None, wrong
    found = (*map(find_cut_off, cut_offs), find_period(title), *map(find_period, alone))
    return next((period for period in found if period), None), None


def units_of_money(texts: Iterable[str]) -> Iterator[str]:
    """Yield the units of money that texts name behind 'ĐVT'."""
    for text in texts:
        for match in _UNIT_OF_MONEY.finditer(text):
            if match[1] or _MONEY.search(match[2]):
                yield match[2].strip()


def _title(texts: Sequence[str], *, is_first: bool) -> str:
    """Return the line that begins like a title ('BIỂU TỔNG HỢP', 'DANH SÁCH', …), joined with those that go on.

    Above the first table the longest line that is not in brackets counts where none begins so.
    """
    for position, text in enumerate(texts):
        if begins_title(_FORM_NUMBER.sub("", text)) or begins_title(text):
            following = texts[position + 1 : position + _TITLE_LINES]
            return " ".join([text, *(line for line in following if line.isupper() or "giai đoạn" in line.lower())])
    return max((text for text in texts if not text.startswith("(")), key=len, default="") if is_first else ""


def read_legends(table: Table) -> Legends:
    """Return what the marks of a sheet mean where the sheet explains it ('met', 'not_met', 'unknown')."""
    own = _read_legends(_remarks(table))
    return own if own.general or own.by_district else _read_legends(table.sheet.values.values())


def _remarks(table: Table) -> Iterator[object]:
    """Yield what stands above and below a table."""
    written = table.as_written or table
    yield from (written.sheet.values[place] for place in written.lines if place in written.sheet.values)
    yield from (value for (row, _), value in written.grid.values.items() if row >= written.body_top)


def _read_legends(values: Iterable[object]) -> Legends:
    general: dict[str, str] = {}
    by_district: dict[tuple[str | None, str], dict[str, str]] = {}
    for value in values:
        if not isinstance(value, str) or len(value) <= _LONGEST_MARK:
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
    if contains(mark, vocabulary("titles")["blank"]):
        return ""
    key = _MARK_WORDS.sub("", mark).strip(_QUOTES).casefold()
    return key if 0 < len(key) <= _LONGEST_MARK and not re.fullmatch(r"\d{2,}", key) else None
