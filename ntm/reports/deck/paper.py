"""What handout and report share: the slides as one running text, its tables and captions, its numbered sources."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from ntm.formatting import UNKNOWN
from ntm.i18n import Translator
from ntm.reports.deck.model import Cell, Chart, Deck, Figure, Sentence, Slide, Table
from ntm.reports.deck.plain_text import plain

MOST_DEFINITIONS, MOST_PLACES, MOST_RUNS = 4, 6, 8
"""Definitions and sheets that a source names, and ranges of cells of one sheet; the annex in XLSX has all of them."""
_MOST_OF_WORD, _MOST_LETTERS = 14, 60
_PADDING = 0.42
"""What a place of a table keeps free beside its text, in centimetres."""
_CELL = re.compile(r"([A-Z]{1,3})(\d+)")
_DRAWN_WITH_GAPS = ("stacked_bar", "stacked_column", "line")


@dataclass(frozen=True)
class Source:
    """One numbered source: what its figures mean, and the places that they were read at."""

    number: int
    definitions: tuple[str, ...]
    places: tuple[str, ...]


def sections(deck: Deck) -> Iterator[tuple[str, tuple[Slide, ...]]]:
    """Yield each section with its slides; a table that goes on over several slides is whole again."""
    for section, slides in groupby(deck.slides, key=lambda slide: slide.section):
        yield section, tuple(_joined(slides))


def has_twin(chart: Chart) -> bool:
    """Tell whether a chart needs its figures as a table besides: its picture has no room for each of them."""
    return chart.kind in _DRAWN_WITH_GAPS


def twin(chart: Chart, t: Translator) -> Table:
    """Return the figures of a chart as a table: a row for each category."""
    rows = tuple(
        (category, *(series.figures[at] for series in chart.series)) for at, category in enumerate(chart.categories)
    )
    head = ("", *(series.name for series in chart.series))
    return Table(f"{chart.key}.table", head, rows, t("frame.unit", unit=chart.unit))


def text_of(item: str | Figure | None) -> str:
    """Return what a place of a table shows; the unknown is a dash."""
    if item is None:
        return UNKNOWN
    return plain(item.text if isinstance(item, Figure) else item)


def is_of_figures(table: Table, column: int) -> bool:
    """Tell whether a column holds numbers, which stand at its right edge."""
    items = [row[column] for row in table.rows if column < len(row)]
    return column > 0 and any(isinstance(item, Figure) for item in items) and not any(isinstance(i, str) for i in items)


def chart_caption(chart: Chart, t: Translator) -> str:
    """Return title and unit of a chart."""
    return t("deck.paper.chart", title=chart.title, unit=chart.unit)


def alt_text(chart: Chart, t: Translator) -> str:
    """Return a chart in words, for those who do not see it: every value with its category."""
    parts = []
    for series in chart.series:
        values = ", ".join(
            f"{category} {text_of(figure)}" for category, figure in zip(chart.categories, series.figures, strict=False)
        )
        parts.append(f"{series.name}: {values}")
    if chart.goal:
        parts.append(t("deck.paper.goal", name=chart.goal_name, value=text_of(chart.goal)))
    return plain(f"{chart_caption(chart, t)}. {'. '.join(parts)}.")


def column_widths(rows: Sequence[Sequence[str]], width: float, letter: float) -> list[float]:
    """Return the widths of the columns of a table; `width` of it and of a bold `letter` are centimetres, too.

    Each column has room for its longest word, so that no number is broken; the rest is shared out by the longest texts.
    """
    columns = list(zip(*rows, strict=True))
    words = [max((_breadth(word) for text in column for word in text.split()), default=0) for column in columns]
    least = [min(count, _MOST_OF_WORD) * letter + _PADDING for count in words]
    wishes = [min(max(map(_breadth, column)), _MOST_LETTERS) for column in columns]
    left = width - sum(least)
    if left <= 0 or not sum(wishes):
        return [own * width / sum(least) for own in least]
    return [own + left * wish / sum(wishes) for own, wish in zip(least, wishes, strict=True)]


def _breadth(text: str) -> float:
    """Return how many letters wide a text is; capitals are wider."""
    return len(text) + 0.4 * sum(letter.isupper() for letter in text)


class Sources:
    """Numbers the sources in the order in which they are asked for; what is the same has one number."""

    def __init__(self) -> None:
        self._known: dict[tuple[tuple[str, ...], tuple[str, ...]], Source] = {}

    def of(self, block: Sentence | Chart | Table) -> int | None:
        """Return the number of what a sentence, chart or table is from; None where nothing of it is traced."""
        figures = [figure for figure in _figures(block) if figure.cells or figure.definition]
        if not figures:
            return None
        cells = tuple(dict.fromkeys(cell for figure in figures for cell in figure.cells))
        places = _places(cells)
        definitions = tuple(dict.fromkeys(plain(figure.definition) for figure in figures if figure.definition))
        key = (definitions, places)
        if key not in self._known:
            self._known[key] = Source(len(self._known) + 1, definitions, places)
        return self._known[key].number

    @property
    def listed(self) -> tuple[Source, ...]:
        return tuple(self._known.values())


def source_text(source: Source, t: Translator) -> str:
    """Return a source in one paragraph, without its number."""
    said = _shortened(source.definitions, MOST_DEFINITIONS, t)
    if not source.places:
        return t("deck.paper.no_cells", definitions=said)
    return t("deck.paper.source", definitions=said, places=_shortened(source.places, MOST_PLACES, t))


def _shortened(parts: Sequence[str], most: int, t: Translator) -> str:
    listed = "; ".join(parts[:most])
    left = len(parts) - most
    return t("deck.paper.and_more", listed=listed, count=t.format.number(left)) if left > 0 else listed


def _joined(slides: Iterable[Slide]) -> list[Slide]:
    made: list[Slide] = []
    for slide in slides:
        last = made[-1] if made else None
        if last and last.table and slide.table and _goes_on(last, slide):
            made[-1] = replace(last, table=replace(last.table, rows=last.table.rows + slide.table.rows))
        else:
            made.append(slide)
    return made


def _goes_on(first: Slide, slide: Slide) -> bool:
    """Tell whether a slide has nothing but more rows of the table before: `name`, then `name_2`, `name_3`."""
    is_next = re.fullmatch(re.escape(first.key) + r"_\d+", slide.key) is not None
    alone = not (slide.sentences or slide.chart or slide.sheet or slide.missing)
    return is_next and alone and bool(first.table and slide.table and first.table.head == slide.table.head)


def _figures(block: Sentence | Chart | Table) -> Iterator[Figure]:
    if isinstance(block, Sentence):
        yield from block.figures
    elif isinstance(block, Table):
        yield from (item for row in block.rows for item in row if isinstance(item, Figure))
    else:
        yield from (figure for series in block.series for figure in series.figures if figure)
        if block.goal:
            yield block.goal


def _places(cells: Iterable[Cell]) -> tuple[str, ...]:
    """Return one text for each sheet, its cells in runs: 'tc.xlsx › Biểu 01 › E7:E46, G2'."""
    by_sheet: dict[tuple[str, str], list[str]] = defaultdict(list)
    for cell in cells:
        by_sheet[cell.path, cell.sheet].append(cell.cell)
    told = []
    for (path, sheet), places in by_sheet.items():
        runs = list(_runs(places))
        listed = ", ".join(runs[:MOST_RUNS]) + (", …" if len(runs) > MOST_RUNS else "")
        told.append(plain(Cell(path, sheet, listed)))
    return tuple(told)


def _runs(places: Iterable[str]) -> Iterator[str]:
    """Yield cells, those that follow each other in a column as one range; a range of a row stays as it is."""
    by_column: dict[str, set[int]] = defaultdict(set)
    others = []
    for place in places:
        found = _CELL.fullmatch(place)
        if found:
            by_column[found[1]].add(int(found[2]))
        else:
            others.append(place)
    for column, rows in by_column.items():
        for _, run in groupby(enumerate(sorted(rows)), key=lambda pair: pair[1] - pair[0]):
            listed = [row for _, row in run]
            yield f"{column}{listed[0]}" + (f":{column}{listed[-1]}" if len(listed) > 1 else "")
    yield from others
