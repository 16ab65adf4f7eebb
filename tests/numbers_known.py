"""The texts of a deck that account for the numbers of its files: `leftovers` returns the numbers that none does."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from ntm.i18n import Translator, translator
from ntm.reports.deck.model import Chart, Deck, Figure, Slide
from ntm.reports.map_sheet import caveats

_NUMBER = re.compile(r"\d(?:[\d.,]*\d)?")
_ADDRESS = re.compile(r"([A-Z]{1,3})(\d+)(?::([A-Z]{1,3}\d+))?")
_FILLED = re.compile(r"\{[^}]*\}")
_SOURCE = re.compile(r"\[(\d{1,3})\]")
_ADJOINING = re.compile(r"\d[.,]?\d")
_MONTH = re.compile(r"(\d{1,2}/){1,2}\d{4}")
_HEAD = 3
_CUT = 12
"""Letters that a text has to have before it may be cut short."""


class Known:
    """The texts that account for numbers: of one slide, or of the whole deck."""

    def __init__(self, deck: Deck, slides: Sequence[Slide], extra: Iterable[str] = ()) -> None:
        texts = {deck.title, deck.subtitle, deck.place, deck.snapshot, deck.unit, *_days(deck.as_of, deck.language)}
        texts |= {f"{deck.title} {deck.subtitle}", *extra}
        self.titles = {bare(slide.title) for slide in slides}
        self.most_sources = sum(len(list(blocks(slide))) for slide in slides)
        self.most_cells = sum(len(figure.cells) for slide in slides for figure in slide.figures())
        self.more = _left_to_the_annex(translator(deck.language))
        self.alone: set[str] = set()
        self.cells: set[str] = set()
        for slide in slides:
            texts |= set(_texts(slide, deck.language))
            if slide.sheet:
                self.alone |= {
                    translator(deck.language).format.number(entry.count) for entry in slide.sheet.layer.classes
                }
            if slide.chart:
                self.alone |= _labels(slide.chart, deck.language)
            for figure in slide.figures():
                self.alone.add(bare(figure.text))
                texts.add(figure.definition)
                for cell in figure.cells:
                    texts |= {cell.path, cell.sheet, f"{cell.path} › {cell.sheet} ›"}
                    self.cells.add(bare(cell.cell))
        self.by_start: dict[str, list[str]] = {}
        days = {bare(day) for slide in slides for day in _days(slide.as_of, deck.language)}
        days |= {bare(day) for day in _days(deck.as_of, deck.language)}
        days |= {bare(text) for text in texts if _MONTH.fullmatch(text.strip())}
        for text in {bare(text) for text in texts}:
            if not any(sign.isalpha() for sign in text) and text not in days:
                self.alone.add(text)  # it may stand alone, but accounts for nothing in another text
            elif any(sign.isdigit() for sign in text):
                self.by_start.setdefault(text[:_HEAD], []).append(text)
        for found in self.by_start.values():
            found.sort(key=len, reverse=True)
        self.figures = sorted(self.alone, key=len, reverse=True)

    def at(self, line: Line, start: int) -> int:
        """Return how many letters of the longest text of the deck stand at a place; one cut short ends with '…'."""
        for length in range(_HEAD, 0, -1):
            for text in self.by_start.get(line.bare[start : start + length], []):
                if len(text[:_HEAD]) != length:
                    continue
                if line.has(text, start):
                    return len(text)
                kept = _common(text, line.bare[start : start + len(text)])
                is_whole_number = not (text[kept - 1].isdigit() and text[kept : kept + 2].lstrip(".,").isdigit())
                if kept >= _CUT and is_whole_number and line.bare.startswith("…", start + kept):
                    return kept + 1
        return 0

    def has_cells(self, address: re.Match[str]) -> bool:
        """Tell whether the deck names every cell of an address: 'E7', or 'E7:E46'."""
        column, first, last = address.groups()
        if address[0] in self.cells:
            return True
        if last and not last.startswith(column):
            return False
        end = int(last.removeprefix(column)) if last else int(first)
        return all(f"{column}{row}" in self.cells for row in range(int(first), end + 1))


class Line:
    """A text without what no file shows (blanks, control characters), and where blanks stood in it."""

    def __init__(self, text: str) -> None:
        kept: list[str] = []
        self.gaps: set[int] = set()
        for sign in unicodedata.normalize("NFC", text):
            if sign.isspace():
                self.gaps.add(len(kept))
            elif unicodedata.category(sign)[0] != "C":
                kept.append(sign)
        self.bare = "".join(kept)

    def has(self, text: str, start: int) -> bool:
        """Tell whether a text stands at a place, and is not the beginning of a longer number."""
        if not self.bare.startswith(text, start):
            return False
        end = start + len(text)
        goes_on = _ADJOINING.match(self.bare, end - 1)
        return not goes_on or any(at in self.gaps for at in range(end, goes_on.end()))


def leftovers(text: str, known: Known, *, is_notes: bool = False) -> list[str]:
    """Return the numbers of a text that nothing accounts for."""
    line, found, place = Line(text), [], 0
    whole = line.bare
    if whole in known.alone:
        return []
    while place < len(whole):
        is_start = place == 0 or place in line.gaps or not whole[place - 1].isalnum()
        address = _ADDRESS.match(whole, place) if is_start else None
        source, more = _SOURCE.match(whole, place), known.more.match(whole, place)
        if length := known.at(line, place):
            place += length
        elif address and known.has_cells(address):
            place = address.end()
        elif source and int(source[1]) <= known.most_sources:
            place = source.end()
        elif more and int(more[1] or more[2]) <= known.most_cells:
            place = more.end()
        elif is_notes and (figure := next((one for one in known.figures if line.has(one, place)), None)):
            place += len(figure)
        elif not whole[place].isdigit():
            place += 1
        else:
            end = next((at for at in range(place + 1, len(whole)) if at in line.gaps), len(whole))
            number = _NUMBER.match(whole, place, end)
            assert number
            found.append(number[0])
            place = number.end()
    return found


def bare(text: str) -> str:
    return Line(text).bare


def _texts(slide: Slide, language: str) -> Iterator[str]:
    yield from (slide.title, slide.source, slide.missing, *slide.notes, *_days(slide.as_of, language))
    yield from (sentence.text for sentence in slide.sentences)
    if slide.chart:
        chart = slide.chart
        yield from (chart.title, chart.unit, *chart.categories, *(series.name for series in chart.series))
        for series in chart.series:
            known = zip(chart.categories, series.figures, strict=True)
            unknown = [category for category, figure in known if figure is None or figure.value is None]
            yield from (f"{series.name} ({', '.join(unknown)})", *(f"{name} ({series.name})" for name in unknown))
        if chart.goal:
            t = translator(language)
            value = t.format.number(chart.goal.value, chart.decimals)  # type: ignore[arg-type]
            yield t("deck.paper.goal", name=chart.goal_name, value=value)
    if slide.table:
        yield from (*slide.table.head, slide.table.note)
        yield from (item for row in slide.table.rows for item in row if isinstance(item, str))
    if slide.sheet:
        sheet = slide.sheet
        yield from (sheet.title, sheet.subtitle, sheet.source, sheet.layer.title, sheet.layer.note, *sheet.notes)
        yield from _days(sheet.as_of, language)
        yield from caveats(sheet, translator(language))
        yield f"{translator(language)('export.units')}: {translator(language).format.number(len(sheet.layer.units))}"
        for entry in sheet.layer.classes:
            count = translator(language).format.number(entry.count)
            yield from (entry.label, f"{entry.label} ({count})", f"{entry.label}: {count}")


def _labels(chart: Chart, language: str) -> set[str]:
    """Return the labels of a chart's values, which leave out the unit that the chart names once."""
    number = translator(language).format.number
    figures = [figure for series in chart.series for figure in series.figures] + [chart.goal]
    return {number(figure.value, chart.decimals) for figure in figures if figure}  # type: ignore[arg-type]


def _days(day: date, language: str) -> tuple[str, ...]:
    spoken = translator(language).format
    return (spoken.day(day), f"{day:%d/%m/%Y}", day.isoformat(), spoken.month(day))


def chrome(deck: Deck, slides: Sequence[Slide] | None = None) -> set[str]:
    """Return the texts of the writers themselves, in the parts that stand around what they are filled with."""
    t = translator(deck.language)
    found = {part for key, text in t.texts.items() if key.startswith("deck.") for part in _FILLED.split(text)}
    found |= {part.upper() for part in found}
    maps = [slide for slide in (deck.slides if slides is None else slides) if slide.sheet]
    for number, slide in enumerate(maps, start=1):
        found |= {t("deck.docx.see_map", number=number), t("deck.docx.map", number=number, title=slide.title)}
    return found


def _left_to_the_annex(t: Translator) -> re.Pattern[str]:
    """Return what writers say where a list of sources is longer than they have room for."""
    texts = (t("deck.pptx.note_more_cells", cells="", count="#"), t("deck.paper.and_more", listed="", count="#"))
    return re.compile("|".join(re.escape(bare(text)).replace(r"\#", r"(\d+)") for text in texts))


def blocks(slide: Slide) -> Iterator[list[Figure]]:
    yield from (list(sentence.figures) for sentence in slide.sentences)
    yield list(replace(slide, sentences=()).figures())


def _common(one: str, other: str) -> int:
    """Return how many letters two texts begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (left, right) in pairs if left != right), min(len(one), len(other)))
