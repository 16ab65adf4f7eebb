"""The annex of a deck as a workbook: each table and each chart's data on a sheet, and every figure with its cells."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import count

import xlsxwriter
from xlsxwriter.workbook import Workbook

from ntm.i18n import Translator
from ntm.metrics.exact import exact
from ntm.reports.deck.annex_page import LAST_ROW, AnnexPage, Item, Link, Place, Sum
from ntm.reports.deck.model import Chart, Deck, Figure, Slide
from ntm.reports.deck.paper import sections

_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_NAME_WIDTH, _NUMBER_WIDTH, _ABOUT_WIDTH = 34, 18, 90
_SOURCE_WIDTHS = (26, 40, 16, 14, 44, 44, 20, 9)
_SOURCE_HEAD = (
    "deck.annex.key", "deck.annex.slides", "deck.annex.printed", "deck.annex.value", "deck.annex.definition",
    "deck.annex.file", "deck.annex.tab", "deck.annex.cell",
)  # fmt: skip
_FEWEST_PARTS = 2


@dataclass(frozen=True)
class Form:
    """A table of the annex: of one slide, or of several that one long table goes on."""

    slide: Slide
    head: tuple[str, ...]
    rows: tuple[tuple[Item, ...], ...]
    unit: str = ""
    note: str = ""
    goal: Figure | None = None
    goal_name: str = ""


def annex(deck: Deck, t: Translator) -> bytes:
    """Return an XLSX: contents, the forms, the source of every figure cell by cell, and what the deck is.

    Numbers are numbers, shown as they are printed on the slides; sums are formulas with their results. Texts are never
    formulas nor addresses, whatever they begin with.
    """
    content = io.BytesIO()
    book = Workbook(content, _OPTIONS)
    book.set_properties({"title": t("deck.annex.title"), "author": "", "comments": ""})
    found = forms(deck, t)
    names = [t("deck.annex.form", number=f"{number:02}") for number in range(1, len(found) + 1)]
    _contents(book, deck, found, names, t)
    for form, name in zip(found, names, strict=True):
        _form(book, deck, form, name, t)
    _sources(book, deck, t)
    _about(book, deck, t)
    book.close()
    return content.getvalue()


def forms(deck: Deck, t: Translator) -> tuple[Form, ...]:
    """Return what the slides tabulate or draw; a table that goes on over several slides is one form."""
    made: list[Form] = []
    for _, slides in sections(deck):
        for slide in slides:
            if slide.chart:
                made.append(_of_chart(slide, slide.chart, t))
            elif slide.table:
                made.append(Form(slide, slide.table.head, slide.table.rows, note=slide.table.note))
    return tuple(made)


def _of_chart(slide: Slide, chart: Chart, t: Translator) -> Form:
    head = (t("deck.annex.category"), *(series.name for series in chart.series))
    rows = tuple(
        (category, *(series.figures[place] for series in chart.series))
        for place, category in enumerate(chart.categories)
    )
    return Form(slide, head, rows, unit=chart.unit, goal=chart.goal, goal_name=chart.goal_name)


def _contents(book: Workbook, deck: Deck, found: Sequence[Form], names: Sequence[str], t: Translator) -> None:
    page = AnnexPage(book, t("deck.annex.contents"), (14, 80, 18, 50), deck.language)
    page.line(t("deck.annex.title"), "title")
    page.line(f"{deck.title} – {deck.subtitle}")
    if deck.is_illustrative:
        page.line(t("frame.illustrative"), "warning")
    page.head([t(key) for key in ("deck.annex.sheet", "deck.annex.content", "deck.annex.as_of", "deck.annex.source")])
    for form, name in zip(found, names, strict=True):
        slide = form.slide
        page.body((Link(name), slide.title, t.format.day(slide.as_of), slide.source), unknown="")
    page.body((Link(t("deck.annex.sources")), t("deck.annex.sources_say"), "", ""), unknown="")
    page.body((Link(t("deck.annex.about")), t("deck.annex.about_say"), "", ""), unknown="")


def _form(book: Workbook, deck: Deck, form: Form, name: str, t: Translator) -> None:
    widths = (_NAME_WIDTH, *(_width(form, column) for column in range(1, len(form.head))))
    page = AnnexPage(book, name, widths, deck.language)
    slide = form.slide
    page.line(slide.title, "title")
    page.line(" · ".join((t("frame.as_of", day=t.format.day(slide.as_of)), t("frame.source", source=slide.source))))
    if deck.is_illustrative:
        page.line(t("frame.illustrative"), "warning")
    if form.unit:
        page.line(t("frame.unit", unit=form.unit), "note")
    page.head(form.head)
    unknown, first = t("deck.annex.unknown"), page.row
    for is_total, row in _with_sums(form, first, t):
        page.body(row, unknown=unknown, total=is_total)
    if form.goal:
        page.body((form.goal_name, form.goal), unknown=unknown)
    if form.note:
        page.line(form.note, "note")
    if _has_unknown(form):
        page.line(t("deck.annex.unknown_say", sign=unknown), "note")


def _width(form: Form, column: int) -> float:
    """Return the width of a column: words take more than numbers."""
    items = [row[column] for row in form.rows if column < len(row)]
    return _NAME_WIDTH if any(isinstance(item, str) for item in items) else _NUMBER_WIDTH


def _has_unknown(form: Form) -> bool:
    items = [item for row in form.rows for item in row]
    return any(item is None or (isinstance(item, Figure) and item.value is None) for item in items)


def _with_sums(form: Form, first: int, t: Translator) -> Iterator[tuple[bool, tuple[Item, ...]]]:
    """Yield whether a row is one of totals, and the row: what is exactly the sum of its parts becomes that sum.

    `first` is the row of the sheet that the form's rows begin at.
    """
    rows = form.rows
    words = tuple(t("deck.annex.total_words").split(", "))
    totals = {at for at, row in enumerate(rows) if row and _says(row[0], words)}
    across = {column for column, name in enumerate(form.head) if column and _says(name, words)}
    across = {column for column in across if _adds_up(rows, column, across)}
    for at, row in enumerate(rows):
        items: list[Item] = []
        for column, item in enumerate(row):
            down = {(first + other, column): rows[other][column] for other in range(len(rows)) if other not in totals}
            beside = {(first + at, other): row[other] for other in range(1, len(row)) if other not in across}
            parts = _parts(item, down) if at in totals else ()
            if not parts and column in across:
                parts = _parts(item, beside)
            items.append(Sum(item, parts) if parts and isinstance(item, Figure) else item)
        yield at in totals, tuple(items)


def _says(item: Item, words: tuple[str, ...]) -> bool:
    return isinstance(item, str) and item.casefold().startswith(words)


def _adds_up(rows: Sequence[Sequence[Item]], column: int, across: set[int]) -> bool:
    """Tell whether each figure of a column is the sum of those beside it."""
    told = [
        (row[column], {(0, other): row[other] for other in range(1, len(row)) if other not in across})
        for row in rows
        if _amount(row[column]) is not None
    ]
    return all(_parts(item, beside, may_leave_out=False) for item, beside in told)


def _parts(item: Item, others: Mapping[Place, Item], *, may_leave_out: bool = True) -> tuple[Place, ...]:
    """Return the places of figures that add up to another: all of them, or all but one (a total without credit)."""
    known = {place: amount for place, other in others.items() if (amount := _amount(other)) is not None}
    amount = _amount(item)
    if amount is None or len(known) < _FEWEST_PARTS:
        return ()
    rest = sum(known.values()) - amount
    if not rest:
        return tuple(known)
    left_out = [place for place, part in known.items() if part == rest]
    if may_leave_out and len(left_out) == 1 and len(known) > _FEWEST_PARTS:
        return tuple(place for place in known if place not in left_out)
    return ()


def _amount(item: Item) -> Decimal | None:
    if isinstance(item, Figure) and isinstance(item.value, (int, float, Decimal)):
        return exact(item.value)
    return None


def _sources(book: Workbook, deck: Deck, t: Translator) -> None:
    """Write every figure once for each of its cells, however many; a figure without cells once."""
    head = [t(key) for key in _SOURCE_HEAD]
    rows = list(_source_rows(deck))
    most = LAST_ROW - 1
    for number in count(1):
        part, rows = rows[:most], rows[most:]
        name = t("deck.annex.sources")
        page = AnnexPage(book, name if number == 1 else f"{name} {number}", _SOURCE_WIDTHS, deck.language)
        page.head(head, filters=True, rows=len(part))
        for row in part:
            page.body(row, unknown="")
        if not rows:
            return


def _source_rows(deck: Deck) -> Iterator[tuple[Item, ...]]:
    titles: dict[str, dict[str, None]] = {}
    for slide in deck.slides:
        for figure in slide.figures():
            titles.setdefault(figure.key, {})[slide.title] = None
    for key, figure in deck.figures().items():
        said = (key, "; ".join(titles[key]), figure.text, figure, figure.definition)
        for cell in figure.cells:
            yield (*said, cell.path, cell.sheet, cell.cell)
        if not figure.cells:
            yield (*said, "", "", "")


def _about(book: Workbook, deck: Deck, t: Translator) -> None:
    page = AnnexPage(book, t("deck.annex.about"), (_NAME_WIDTH, _ABOUT_WIDTH), deck.language)
    page.head([t("export.item"), t("export.content")])
    rows = (
        ("deck.annex.deck", deck.title),
        ("deck.annex.scope", deck.subtitle),
        ("deck.annex.unit", deck.place),
        ("deck.annex.unit_code", deck.unit),
        ("export.as_of", t.format.day(deck.as_of)),
        ("export.build_id", deck.snapshot),
        ("export.illustrative", t("yes" if deck.is_illustrative else "no")),
        ("deck.annex.made_with", f"{t('deck.annex.program')}, xlsxwriter {xlsxwriter.__version__}"),
        ("export.note", t("deck.annex.same")),
    )
    for key, content in rows:
        page.body((t(key), content), unknown="")
