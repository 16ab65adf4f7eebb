"""Texts of a workbook that would be a formula, a link, markup or a script stay texts in every file of a deck."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from xml.etree import ElementTree

import pytest
from docx import Document
from openpyxl import Workbook, load_workbook
from pptx import Presentation
from pypdf import PdfReader

from ntm.i18n import translator
from ntm.reports.deck.choice import Choice, deck_of
from ntm.reports.deck.files import KINDS, write
from ntm.reports.deck.model import Deck
from ntm.warehouse import Snapshot
from tests import decks
from tests.etl.list_books import directives, inspections
from tests.etl.loading import Office
from tests.etl.workbooks import ntm_matrix, products, recognition, recognitions

VI = translator("vi")
LINK = "[bấm](javascript:alert(1)) https://x.example/?a=1"
LONG = "Dài lắm " * 625
HOSTILE = (decks.FORMULA, decks.MARKUP, decks.RIGHT_TO_LEFT, decks.TYPST, LINK, LONG, "+1+1", "@SUM(A1)", "\t=1+1")
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f]")
FIELDS = {"PAGE", "NUMPAGES"}
RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
Written = Callable[[str], bytes]
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Deck:
    """A deck of a province whose office sent hostile names, notes, causes, titles, sheet and file names."""
    office = Office(tmp_path_factory.mktemp("hostile"))
    met: dict[str, int | None] = {"Xã Vị Tân": 14, "Xã Hỏa Lựu": 19, "Xã Hoả Tiến": 12}
    tasks = [
        [at, f"Thông báo {at}/TB-UBND", text, text, "31/10/2022", None, text] for at, text in enumerate(HOSTILE, 1)
    ]
    faults = [
        [at, "Xã Vị Tân", text, "15/5/2022", text, text, "31/10/2022", None] for at, text in enumerate(HOSTILE, 1)
    ]
    goods = [[at, text, text, 75, "3 sao", "1/QĐ-UBND ngày 15/6/2022"] for at, text in enumerate(HOSTILE, 1)]
    books = {
        "tc": _with_causes(ntm_matrix("(Số liệu đến 31/12/2022)", met)),
        "cn": recognitions(recognition("Xã Hỏa Lựu")),
        "=HYPERLINK(x)<b>": directives(*tasks),
        "kt": inspections(*faults),
        "ocop": products(*goods),
    }
    for book in books.values():
        book.active.title = "=1+1 <b>&'\"{0}"[:31]
        _as_text(book)
    office.load(**books)
    snapshot = Snapshot(office.published())
    deck = deck_of(Choice("93", 2022, 2022), snapshot.read, VI, snapshot.build_id)
    snapshot.close()
    return deck


def _with_causes(book: Workbook) -> Workbook:
    """Give each commune's row a hostile cause, beside its marks."""
    sheet = book.active
    head = next(row for row in range(1, 12) if sheet.cell(row, 1).value == "STT")
    column = sheet.max_column + 1
    sheet.cell(head, column, "Nguyên nhân chưa đạt")
    for at, row in enumerate(range(head + 2, head + 5)):
        sheet.cell(row, column, HOSTILE[at])
    return book


def _as_text(book: Workbook) -> None:
    """Make every text a text: the library takes what begins with '=' for a formula."""
    for row in book.active.iter_rows():
        for cell in row:
            if isinstance(cell.value, str):
                cell.data_type = "s"


@pytest.fixture(scope="module", params=["loaded", "made"])
def file(request: pytest.FixtureRequest) -> Written:
    """The files of the office's deck, and of one that has control characters and surrogates besides."""
    deck = request.getfixturevalue("loaded") if request.param == "loaded" else decks.hostile_deck()
    made: dict[str, bytes] = {}

    def written(ending: str) -> bytes:
        if ending not in made:
            made[ending] = write(ending, deck, VI)
        return made[ending]

    return written


def test_the_hostile_texts_reach_the_deck(loaded: Deck) -> None:
    """Else the tests below would try nothing."""
    texts = repr(loaded.slides)
    for text in ("=HYPERLINK(", "<script>", "/etc/passwd", "javascript:", "Dài lắm Dài lắm"):
        assert text in texts, text


@pytest.mark.parametrize("ending", [".pptx", ".docx", ".xlsx"])
def test_no_part_of_an_office_file_leads_out_or_calculates(file: Written, ending: str) -> None:
    found = list(_faults(file(ending)))
    assert found == []


@pytest.mark.parametrize("ending", KINDS)
def test_the_file_opens_and_says_the_text(file: Written, ending: str) -> None:
    said = _said(ending, file(ending))
    assert "=HYPERLINK(" in said
    assert "<script>" in said
    assert not TURNING.search(said)
    assert "root:" not in said  # what a typst #read of the machine's accounts would bring


def test_a_pdf_has_no_links_actions_or_scripts(file: Written) -> None:
    content = file(".pdf")
    reader = PdfReader(io.BytesIO(content))
    assert not {"/OpenAction", "/AA", "/AcroForm"} & set(reader.root_object)
    assert all("/Annots" not in page and "/AA" not in page for page in reader.pages)
    assert not any(sign in content for sign in (b"/JavaScript", b"/URI", b"/Launch", b"/EmbeddedFile"))


def test_cells_of_the_annex_are_texts(file: Written) -> None:
    book = load_workbook(io.BytesIO(file(".xlsx")))
    cells = [cell for page in book.worksheets for row in page.iter_rows() for cell in row]
    formulas = [str(cell.value) for cell in cells if cell.data_type == "f"]
    assert all(re.fullmatch(r"=SUM\([A-Z0-9:,]+\)", formula) for formula in formulas)
    links = [cell.hyperlink for cell in cells if cell.hyperlink]
    assert links
    assert all(link.target is None and link.location for link in links)
    assert all(len(cell.value) <= 32_767 for cell in cells if isinstance(cell.value, str))


def _faults(content: bytes) -> Iterator[str]:
    """Yield what in a file of Office leads out of it, calculates, or runs: also of the workbooks behind charts."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        for name in parts.namelist():
            if name.endswith(".xlsx"):
                yield from (f"{name}: {fault}" for fault in _faults(parts.read(name)))
            if any(word in name for word in ("externalLink", "vbaProject", "activeX", "oleObject")):
                yield name
            if not name.endswith((".xml", ".rels")):
                continue
            root = ElementTree.fromstring(parts.read(name))  # noqa: S314 - written by this test
            for node in root.iter():
                yield from (f"{name}: {fault}" for fault in _of_node(node))


def _of_node(node: ElementTree.Element) -> Iterator[str]:
    tag, text = node.tag.rpartition("}")[2], node.text or ""
    if node.tag == f"{RELATIONS}Relationship":
        target = node.get("Target", "")
        if node.get("TargetMode") == "External" or re.match(r"[a-z]+:|//", target):
            yield f"relation to {target}"
    if tag == "f" and not re.fullmatch(r"(SUM\([A-Z0-9:,]+\)|'?Sheet1'?!\$[A-Z]+\$\d+(:\$[A-Z]+\$\d+)?)", text):
        yield f"formula {text}"
    if tag == "instrText" and text.strip() not in FIELDS:
        yield f"field {text}"
    if tag in ("hlinkClick", "hlinkHover", "fldSimple", "ddeLink", "altChunk", "script"):
        yield tag
    if node.tag == f"{WORD}hyperlink":
        yield "hyperlink"
    if TURNING.search(text):
        yield f"{tag}: turned text {text[:40]!r}"


def _said(ending: str, content: bytes) -> str:
    """Return the texts of a file as the library of its kind reads them."""
    source = io.BytesIO(content)
    if ending == ".pptx":
        shapes = [shape for slide in Presentation(source).slides for shape in slide.shapes]
        tables = [cell.text for shape in shapes if shape.has_table for row in shape.table.rows for cell in row.cells]
        return "\n".join([shape.text_frame.text for shape in shapes if shape.has_text_frame] + tables)
    if ending == ".docx":
        report = Document(source)
        tables = [cell.text for table in report.tables for row in table.rows for cell in row.cells]
        return "\n".join([paragraph.text for paragraph in report.paragraphs] + tables)
    if ending == ".xlsx":
        return "\n".join(
            str(value) for page in load_workbook(source).worksheets for row in page.values for value in row
        )
    # A word too long for a line is broken at places that nobody sees.
    text = "".join(page.extract_text() for page in PdfReader(source).pages)
    return text.replace("\u200b", "").replace("\n", "")
