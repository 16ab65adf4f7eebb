"""A deck before it is a file: slides of sentences, tables, charts and maps. Every number in it is a `Figure`.

The same deck becomes slides, a handout, a report, a workbook and a presentation in the browser, so that all of them say
the same; what changed between two snapshots is told figure by figure.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from ntm.reports.map_sheet import MapSheet

Value = int | float | Decimal | date | None
ChartKind = Literal["bar", "column", "stacked_bar", "stacked_column", "line"]


@dataclass(frozen=True)
class Cell:
    """Where a value was read: file, sheet and cell as the warehouse names them."""

    path: str
    sheet: str
    cell: str

    def __str__(self) -> str:
        return f"{self.path} › {self.sheet} › {self.cell}"


@dataclass(frozen=True)
class Figure:
    """A number as it is printed, with what it means and the cells that it was made from.

    key: the same in each making of the deck, unique within it ('results.ntm_communes'). value: None is unknown, and the
    text then says so. cells: all of them, none twice; a figure of the programme's own documents names these.
    """

    key: str
    value: Value
    text: str
    definition: str
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True)
class Sentence:
    """A sentence with the figures that stand in it, each by its printed text.

    is_edited: a person wrote it over; what it says is theirs, and no figure of it is traced any more.
    """

    key: str
    text: str
    figures: tuple[Figure, ...] = ()
    is_edited: bool = False


@dataclass(frozen=True)
class Table:
    """Rows of texts and figures under their headings; None is the unknown."""

    key: str
    head: tuple[str, ...]
    rows: tuple[tuple[str | Figure | None, ...], ...]
    note: str = ""


@dataclass(frozen=True)
class Series:
    """One series of a chart: a figure for each of its categories, None where it is unknown."""

    name: str
    figures: tuple[Figure | None, ...]
    color: str


@dataclass(frozen=True)
class Chart:
    """A chart that a slide program can draw itself. `unit` is printed on it, `decimals` is how values are written.

    goal: a level that the values are seen against; goal_name says what it is.
    """

    key: str
    kind: ChartKind
    title: str
    unit: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    decimals: int = 0
    goal: Figure | None = None
    goal_name: str = ""


@dataclass(frozen=True)
class Slide:
    """One slide: a title that says what it says, sentences, and at most one chart, table or map.

    missing: what there are no data of, said in place of a blank. notes: what the presenter reads besides.
    """

    key: str
    section: str
    title: str
    as_of: date
    source: str
    sentences: tuple[Sentence, ...] = ()
    chart: Chart | None = None
    table: Table | None = None
    sheet: MapSheet | None = None
    missing: str = ""
    notes: tuple[str, ...] = ()

    def figures(self) -> Iterator[Figure]:
        """Yield every figure of the slide, in the order of reading."""
        for sentence in self.sentences:
            yield from sentence.figures
        if self.chart:
            for series in self.chart.series:
                yield from (figure for figure in series.figures if figure)
            if self.chart.goal:
                yield self.chart.goal
        if self.table:
            for row in self.table.rows:
                yield from (item for item in row if isinstance(item, Figure))


@dataclass(frozen=True)
class Deck:
    """A deck of one unit and period, made from one snapshot in one language."""

    title: str
    subtitle: str
    place: str
    unit: str
    as_of: date
    snapshot: str
    language: str
    is_illustrative: bool
    slides: tuple[Slide, ...] = field(repr=False)

    def figures(self) -> dict[str, Figure]:
        """Return every figure by its key; one that stands on several slides is there once."""
        return {figure.key: figure for slide in self.slides for figure in slide.figures()}
