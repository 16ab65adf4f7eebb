"""Every number of the files that a deck is written to, and what accounts for it: what is not accounted for is returned.

A number is accounted for when the text that it stands in is a text of the deck (its own numbers are accounted for by
`tests.numbers`), a figure that stands alone where the slide has it, a date of the deck, a source, or the number of a
slide, page or form. Values of charts and of workbooks are compared with the figures, one by one, in their order.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import takewhile
from xml.etree import ElementTree

from openpyxl import load_workbook
from pypdf import PdfReader

from ntm.i18n import translator
from ntm.reports.deck.model import Deck, Figure, Slide
from tests.numbers_known import Known, bare, chrome, leftovers

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SLIDE = re.compile(r"ppt/slides/slide\d+\.xml")
_MOST_PARTS = 9
_CUT = 12
"""Letters that a text has to have before it may be cut short."""


@dataclass(frozen=True)
class Piece:
    """A paragraph or cell of a file. is_notes: figures may stand in it beside their definitions and sources."""

    where: str
    text: str
    is_notes: bool = False


def of_pptx(content: bytes, deck: Deck) -> list[str]:
    """Return the unaccounted numbers of slides, notes, charts and their workbooks; a chart may be on several slides."""
    found: list[str] = []
    drawn: dict[str, list[list[float]]] = {}
    behind: dict[str, list[list[float]]] = {}
    whole = Known(deck, deck.slides, chrome(deck))
    own: tuple[Slide, ...] = ()
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        names = sorted(filter(_SLIDE.fullmatch, parts.namelist()), key=_number_of)
        for name in names:
            pieces = list(_drawn(name, parts.read(name)))
            shown = _slides_of(_title(parts.read(name)), deck, own) if name != names[0] else ()
            known = Known(deck, shown, chrome(deck, shown)) if shown else whole
            own = shown or own
            if not shown:
                pieces = [piece for piece in pieces if not _names_a_slide(piece, len(names))]
            for other in _related(parts, name):
                if "/notesSlides/" in other:
                    pieces += [Piece(other, piece.text, True) for piece in _drawn(other, parts.read(other))]
                elif "/charts/chart" in other:
                    pieces += _chart_texts(other, parts.read(other))
                    key = shown[0].key if shown else other
                    _lengthen(drawn.setdefault(key, []), _values_drawn(parts.read(other)))
                    books = [book for book in _related(parts, other) if book.endswith(".xlsx")]
                    for book in books:
                        _lengthen(behind.setdefault(key, []), _values_behind(parts.read(book)))
            found += _faults(pieces, known)
    return found + _chart_faults(deck, drawn, "drawn") + _chart_faults(deck, behind, "behind")


def _lengthen(columns: list[list[float]], more: list[list[float]]) -> None:
    """Put the values of a chart that goes on below those before, series by series."""
    columns += [[] for _ in range(len(more) - len(columns))]
    for column, values in zip(columns, more, strict=False):
        column += values


def _values_drawn(content: bytes) -> list[list[float]]:
    return [
        [float(node.text or "nan") for values in series.iter(f"{_C}val") for node in values.iter(f"{_C}v")]
        for series in _tree(content).iter(f"{_C}ser")
    ]


def _values_behind(content: bytes) -> list[list[float]]:
    page = load_workbook(io.BytesIO(content)).worksheets[0]
    columns = [
        [cell for cell in column if isinstance(cell, (int, float))] for column in page.iter_cols(values_only=True)
    ]
    return columns[1:]


def _chart_faults(deck: Deck, drawn: Mapping[str, list[list[float]]], what: str) -> list[str]:
    """Compare the values of charts with the figures of the slides, series by series; a goal may be one more."""
    found = []
    for slide in deck.slides:
        values, chart = drawn.get(slide.key, []), slide.chart
        told = (
            [[one for one in series.figures if one and one.value is not None] for series in chart.series]
            if chart
            else []
        )
        if chart and any(told) and not values:
            found.append(f"{slide.key}: no chart ({what})")
        for at, column in enumerate(values):
            is_goal = chart is not None and chart.goal is not None and at >= len(told)
            wanted = [chart.goal] * len(column) if is_goal and chart else told[at] if at < len(told) else []
            if not _same(column, wanted):  # type: ignore[arg-type]
                found.append(f"{slide.key}: series {at} ({what}) is {column}")
    known = {slide.key for slide in deck.slides}
    return found + [f"{key}: a chart of no slide" for key in drawn if key not in known]


def of_docx(content: bytes, deck: Deck) -> list[str]:
    """Return the unaccounted numbers of paragraphs, tables, heads, feet and notes."""
    known = Known(deck, deck.slides, chrome(deck))
    pieces = []
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        for name in parts.namelist():
            if re.fullmatch(r"word/(document|footnotes|endnotes|comments|header\d*|footer\d*)\.xml", name):
                for paragraph in _tree(parts.read(name)).iter(f"{_W}p"):
                    text = "".join(node.text or "" for node in paragraph.iter(f"{_W}t"))
                    _, _, title = text.partition(". ")  # the points of a section are numbered
                    pieces.append(Piece(name, title if bare(title) in known.titles else text))
    return _faults(pieces, known)


def of_pdf(content: bytes, deck: Deck) -> list[str]:
    """Return the unaccounted numbers of a PDF's pages; where a figure stands on a page is not looked at."""
    pages, known = PdfReader(io.BytesIO(content)).pages, Known(deck, deck.slides, chrome(deck))
    found = []
    for number, page in enumerate(pages, start=1):
        foot = f"{translator(deck.language)('deck.pdf.page')} {number}/{len(pages)}"
        # Read as laid out, a table's lines mix; read as written, numbers that stand apart in a picture run together.
        laid_out = leftovers(page.extract_text(extraction_mode="layout").replace(foot, ""), known, is_notes=True)
        written = leftovers(page.extract_text().replace(foot, ""), known, is_notes=True)
        found += [f"page {number}: {one}" for one in laid_out if any(one in other for other in written)]
    return found


def of_xlsx(content: bytes, deck: Deck) -> list[str]:
    """Return the unaccounted numbers of an annex, and the figures and cells that it should name and does not."""
    book = load_workbook(io.BytesIO(content), data_only=True)
    t = translator(deck.language)
    known = Known(deck, deck.slides, chrome(deck) | set(book.sheetnames))
    sources, about = t("deck.annex.sources"), t("deck.annex.about")
    found = []
    for page in book.worksheets:
        cells = [cell for row in page.iter_rows() for cell in row if cell.value is not None]
        texts = [Piece(f"{page.title}!{cell.coordinate}", cell.value) for cell in cells if isinstance(cell.value, str)]
        if page.title.startswith(sources):
            continue
        if page.title != about:
            found += _faults(texts, known)
        numbers = [cell.value for cell in cells if not isinstance(cell.value, str)]
        if page["A1"].value and page.title not in (about, book.sheetnames[0]):
            wanted = _form_values(deck, str(page["A1"].value))
            found += [] if _same(numbers, wanted) else [f"{page.title}: {numbers} instead of {wanted}"]
        elif numbers:
            found.append(f"{page.title}: {numbers}")
    rows = [row for page in book.worksheets if page.title.startswith(sources) for row in page.values]
    return found + _source_faults([row for row in rows if row[0] != t("deck.annex.key")], deck)


def _source_faults(rows: Sequence[Sequence[object]], deck: Deck) -> list[str]:
    told: dict[str, list[tuple[object, ...]]] = {}
    for key, _, text, value, definition, *cell in rows:
        told.setdefault(str(key), []).append((text, value, definition, *(part or "" for part in cell)))
    found = [f"{key}: no figure of the deck" for key in told if key not in deck.figures()]
    for key, figure in deck.figures().items():
        listed = told.get(key, [])
        cells = [(cell.path, cell.sheet, cell.cell) for cell in figure.cells] or [("", "", "")]
        if [_flat(row[3:]) for row in listed] != [_flat(cell) for cell in cells]:
            found.append(f"{key}: other cells than the figure has")
        for text, value, definition, *_ in listed:
            is_value = value == figure.text if figure.value is None else _same([value], [figure])
            if _flat([text, definition]) != _flat([figure.text, figure.definition]) or not is_value:
                found.append(f"{key}: {text}, {value} instead of {figure.text}, {figure.value}")
    return found


def _form_values(deck: Deck, title: str) -> list[Figure]:
    """Return the figures of the chart or table under a title, and of the slides that the table goes on over."""
    slides = list(deck.slides)
    for place, slide in enumerate(slides):
        if bare(slide.title) != bare(title):
            continue
        if slide.chart:
            series = slide.chart.series
            items = [one.figures[at] for at in range(len(slide.chart.categories)) for one in series]
            return [item for item in [*items, slide.chart.goal] if item and item.value is not None]
        parts = [slide]
        for number, other in enumerate(slides[place + 1 :], start=2):
            if other.key != f"{slide.key}_{number}":
                break
            parts.append(other)
        rows = [row for part in parts if part.table for row in part.table.rows]
        return [item for row in rows for item in row if isinstance(item, Figure) and item.value is not None]
    return []


def _chart_texts(name: str, content: bytes) -> list[Piece]:
    root = _tree(content)
    words = [node.text or "" for strings in root.iter(f"{_C}strCache") for node in strings.iter(f"{_C}v")]
    return [Piece(name, word) for word in words] + list(_drawn(name, content))


def _drawn(name: str, content: bytes) -> Iterator[Piece]:
    """Yield the paragraphs of a part in DrawingML; the number of the slide is a field, and is left out."""
    for paragraph in _tree(content).iter(f"{_A}p"):
        texts = [node.text or "" for run in paragraph if run.tag != f"{_A}fld" for node in run.iter(f"{_A}t")]
        yield Piece(name, "".join(texts))


def _related(parts: zipfile.ZipFile, name: str) -> list[str]:
    folder, _, file = name.rpartition("/")
    relations = f"{folder}/_rels/{file}.rels"
    if relations not in parts.namelist():
        return []
    targets = [node.get("Target", "") for node in _tree(parts.read(relations))]
    return [f"ppt/{target.removeprefix('../').removeprefix('/ppt/')}" for target in targets]


def _faults(pieces: Iterable[Piece], known: Known) -> list[str]:
    return [
        f"{piece.where}: {number} in {piece.text[:80]!r}"
        for piece in pieces
        for number in leftovers(piece.text, known, is_notes=piece.is_notes)
    ]


def _title(content: bytes) -> str:
    """Return the text of a slide's title."""
    for shape in _tree(content).iter(f"{_P}sp"):
        if any(place.get("type") in ("title", "ctrTitle") for place in shape.iter(f"{_P}ph")):
            return bare("".join(node.text or "" for node in shape.iter(f"{_A}t")))
    return ""


def _slides_of(title: str, deck: Deck, last: Sequence[Slide]) -> tuple[Slide, ...]:
    """Return the slides of the deck that a slide of the file is of: the next ones of one title, or the last again."""
    if last and _is_again(title, last[0].title, deck):
        return tuple(last)
    start = next((at for at, slide in enumerate(deck.slides, start=1) if last and slide is last[-1]), 0)
    for at, slide in enumerate(deck.slides[start:], start=start):
        if _is(title, slide.title):
            more = takewhile(lambda other: _is_again(bare(other.title), slide.title, deck), deck.slides[at + 1 :])  # noqa: B023
            return (slide, *more)
    return ()


def _is_again(line: str, title: str, deck: Deck) -> bool:
    """Tell whether a title is another one with '(tiếp)', once or several times."""
    again = title
    for _ in range(_MOST_PARTS):
        again = translator(deck.language)("deck.continued", title=again)
        if _is(line, again):
            return True
    return False


def _is(line: str, text: str) -> bool:
    return line == bare(text) or _is_cut(line, bare(text))


def _is_cut(line: str, text: str) -> bool:
    return len(line) > _CUT and line.endswith("…") and text.startswith(line[:-1])


def _names_a_slide(piece: Piece, count: int) -> bool:
    """Tell whether a text is the number of a slide, as a list of contents has it."""
    return piece.text.isdigit() and 0 < int(piece.text) <= count


def _tree(content: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(content)  # noqa: S314 - a part of a file that this test had written


def _number_of(name: str) -> int:
    return int(name.removesuffix(".xml").rpartition("slide")[2])


def _same(values: Sequence[object], figures: Sequence[Figure]) -> bool:
    return len(values) == len(figures) and all(
        _plain(value) == _plain(figure.value) for value, figure in zip(values, figures, strict=True)
    )


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) or value is None else round(float(str(value)), 9)


def _flat(texts: Iterable[object]) -> list[str]:
    return [bare(str(text or "")) for text in texts]
