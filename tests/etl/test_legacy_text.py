"""Fonts from before Unicode (case 62): by the font of a cell, then by a whole sheet, never by one cell."""

from __future__ import annotations

import csv
import shutil
import subprocess
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Mapping

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from etl.clean.legacy_text import decode, encoding_of_font, encoding_of_texts
from ntm.geo.names import text_key
from ntm.settings import settings
from tests.etl.findings import BookReader, facts, message
from tests.etl.workbooks import matrix


def names() -> dict[str, list[str]]:
    """Return the names of all units of the register, by province."""
    found = defaultdict(list)
    with (settings().reference_folder / "units.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["province_code"]].append(unicodedata.normalize("NFC", row["name"]))
    return found


ALL_NAMES = sorted({name for names in names().values() for name in names})
TCVN3_VOWELS = {
    # vowel: plain, then with grave, hook, tilde, acute, dot; codes of VN3 in TCVN 5712:1993, by row and column.
    "a": "61 B5 B6 B7 B8 B9", "ă": "A8 BB BC BD BE C6", "â": "A9 C7 C8 C9 CA CB", "e": "65 CC CE CF D0 D1",
    "ê": "AA D2 D3 D4 D5 D6", "i": "69 D7 D8 DC DD DE", "o": "6F DF E1 E2 E3 E4", "ô": "AB E5 E6 E7 E8 E9",
    "ơ": "AC EA EB EC ED EE", "u": "75 EF F1 F2 F3 F4", "ư": "AD F5 F6 F7 F8 F9", "y": "79 FA FB FC FD FE",
}  # fmt: skip
TONES = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]
VNI_TONES = dict(zip(TONES, ["", "ø", "û", "õ", "ù", "ï"], strict=True))
VNI_MARKED = {
    "\u0302": dict(zip(TONES, ["â", "à", "å", "ã", "á", "ä"], strict=True)),
    "\u0306": dict(zip(TONES, ["ê", "è", "ú", "ü", "é", "ë"], strict=True)),
}
VNI_I = dict(zip(TONES, ["i", "ì", "æ", "ó", "í", "ò"], strict=True))


def tcvn3(text: str) -> str:
    """Return a lower-case text as a .Vn font stores it."""
    table = {"đ": "\xae"} | {
        unicodedata.normalize("NFC", vowel + tone): chr(int(code, 16))
        for vowel, codes in TCVN3_VOWELS.items()
        for tone, code in zip(TONES, codes.split(), strict=True)
    }
    return "".join(table.get(letter, letter) for letter in text)


def vni(text: str) -> str:
    """Return a text as a VNI font stores it: the letter, then its mark and tone in one character."""
    return "".join(vni_letter(letter) for letter in text)


def vni_letter(letter: str) -> str:
    if letter in "đĐ":
        return {"đ": "ñ", "Đ": "Ñ"}[letter]
    base, *marks = unicodedata.normalize("NFD", letter)
    tone = next((mark for mark in marks if mark in TONES[1:]), "")
    mark = next((mark for mark in marks if mark not in TONES[1:]), "")
    small = base.lower()
    if mark in VNI_MARKED:
        stored = small + VNI_MARKED[mark][tone]
    elif mark == "\u031b":
        stored = {"o": "ô", "u": "ö"}[small] + VNI_TONES[tone]
    elif small == "i":
        stored = VNI_I[tone]
    else:
        stored = "î" if (small, tone) == ("y", "\u0323") else small + VNI_TONES[tone]
    return stored if letter.islower() or not letter.isalpha() else stored.upper()


def mojibake(text: str, encoding: str) -> str:
    """Return what a program shows that takes UTF-8 for another encoding."""
    return "".join(shown(byte, encoding) for byte in text.encode())


def shown(byte: int, encoding: str) -> str:
    try:
        return bytes([byte]).decode(encoding)
    except UnicodeDecodeError:
        return chr(byte)


@pytest.mark.case(62)
def test_tcvn3_of_all_names() -> None:
    assert [name for name in ALL_NAMES if decode(tcvn3(name.lower()), "tcvn3") != name.lower()] == []


@pytest.mark.skipif(not shutil.which("iconv"), reason="no iconv")
def test_tcvn3_as_iconv_has_it() -> None:
    text = "\n".join(ALL_NAMES).lower()
    stored = subprocess.run(
        ["iconv", "-f", "UTF-8", "-t", "TCVN5712-1"], input=text.encode(), capture_output=True, check=True
    ).stdout
    assert decode(stored.decode("latin-1"), "tcvn3") == text


@pytest.mark.case(62)
@pytest.mark.parametrize("case", [str, str.lower, str.upper])
def test_vni_of_all_names(case: type[str]) -> None:
    assert vni("Xã Vị Tân") == "Xaõ Vò Taân"
    assert [name for name in map(case, ALL_NAMES) if decode(vni(name), "vni") != name] == []
    assert decode("Aâu Aùnh", "vni") == "Âu Ánh"


def test_encoding_of_whole_sheets_is_never_wrong() -> None:
    """All names of a province, as plain text without fonts: found, or (where most names are not Vietnamese) left."""
    missed = []
    for province, its_names in names().items():
        sheets = {
            None: its_names,
            "tcvn3": [tcvn3(name.lower()) for name in its_names],
            "vni": [vni(name) for name in its_names],
            "cp1252": [mojibake(name, "cp1252").replace("\xa0", " ") for name in its_names],
            "cp437": [mojibake(name, "cp437") for name in its_names],
        }
        for encoding, texts in sheets.items():
            found = encoding_of_texts(texts)
            assert found in (encoding, None), province
            missed += [(province, encoding)] if found != encoding else []
    assert missed == []


@pytest.mark.parametrize(
    ("font", "encoding"),
    [(".VnTime", "tcvn3"), (".VnArial NarrowH", "tcvn3_capitals"), ("VNI-Helve", "vni"), ("Arial", None), ("", None)],
)
def test_font_tells_the_encoding(font: str, encoding: str | None) -> None:
    assert encoding_of_font(font) == encoding


def set_fonts(book: Workbook, fonts: Mapping[str, str]) -> Workbook:
    for cell, font in fonts.items():
        book.active[cell].font = Font(name=font)
    return book


@pytest.mark.case(62)
@pytest.mark.parametrize(
    ("font", "name"),
    [
        (".VnTime", "X· VÞ T©n"),
        (".VnTimeH", "x· vÞ t©n"),
        ("VNI-Times", "Xaõ Vò Taân"),
        ("Arial", unicodedata.normalize("NFD", "Xã Vị Tân")),
        ("Arial", "Xã Vị Tâ\u200bn"),
        ("Arial", "Ҳã Vị Tân".replace("Ҳ", "Х")),  # a Cyrillic Х
        ("Arial", "Хã Ѵị Тâп"),
        (".VnTime", "Xã Vị Tân"),  # Unicode typed in an old font: Windows draws it with another
    ],
)
def test_name_is_read_by_the_font_of_its_cell(read_book: BookReader, font: str, name: str) -> None:
    book = set_fonts(matrix([1, name, "x", "x", "x", "x"]), {"B8": font})
    (sheet,) = read_book(book).sheets
    assert (sheet.issues, set(facts(sheet, "unit_code"))) == ([], {"31333"})


@pytest.mark.case(62)
def test_conversion_is_told_and_kept(read_book: BookReader) -> None:
    """'ü' is ỹ in .VnTime, a tick in Wingdings, itself elsewhere; the soft hyphen is ư; the H font draws capitals."""
    rows = [[1, "X· VÞ T©n", "x", "ü", "x", "x"], [2, "Xã Hỏa Lựu", "x", "x", "x", "x", None, "ph\xad¬ng mü"]]
    fonts = {"B8": ".VnTime", "D8": "Wingdings", "H9": ".VnTimeH"}
    reading = read_book(set_fonts(matrix(*rows), fonts))
    assert {facts(sheet, "outcome").count("met") for sheet in reading.sheets} == {8}
    (issue,) = reading.issues
    assert (issue.code, issue.severity, issue.sheet) == ("TEXT_CONVERTED", "note", "Sheet")
    assert "2 ô gõ bằng phông cũ (.VnTime, .VnTimeH)" in message(issue)
    kept = {text for *_, text in reading.raw_cells}
    assert {"Xã Vị Tân", "✓", "PHƯƠNG MỸ"} <= kept


@pytest.mark.case(62)
def test_stretches_of_a_text_are_read_each_in_its_font(read_book: BookReader) -> None:
    book = matrix([1, None, "x", "x", "x", "x"])
    times, old = InlineFont(rFont="Times New Roman"), InlineFont(rFont=".VnTime")
    book.active["B8"] = CellRichText("Xã ", TextBlock(old, "VÞ T©n"), TextBlock(times, " (cũ)"))
    reading = read_book(book)
    assert "Xã Vị Tân (cũ)" in {text for *_, text in reading.raw_cells}


@pytest.mark.case(62)
def test_unicode_typed_in_an_old_font_is_left(read_book: BookReader) -> None:
    """'Tân Bình' has no letter that TCVN3 lacks; its neighbours in the same font show that Unicode was typed."""
    book = matrix([1, "Xã Vị Tân", "x", "x", "x", "x", None, "Tân Bình"], [2, "Xã Hoả Lựu", "x", "x", "x", "x"])
    reading = read_book(set_fonts(book, dict.fromkeys(("B8", "H8", "B9"), ".VnTime")))
    assert reading.issues == ()
    assert {"Xã Vị Tân", "Tân Bình", "Xã Hoả Lựu"} <= {text for *_, text in reading.raw_cells}


@pytest.mark.case(62)
@pytest.mark.parametrize(
    "encode",
    [
        lambda text: tcvn3(text.lower()),
        vni,
        lambda text: mojibake(text, "cp1252"),
        lambda text: mojibake(text, "cp437"),
    ],
    ids=["tcvn3", "vni", "utf-8 as cp1252", "utf-8 as cp437"],
)
def test_sheet_whose_fonts_say_nothing_is_read_as_a_whole_and_asked_about(
    read_book: BookReader, encode: Callable[[str], str]
) -> None:
    """Everything in Arial, as when a sheet was pasted as plain text: title, headings, names, legend."""
    book = matrix(
        ["I", "Thành phố Vị Thanh"], [1, "Xã Vị Tân", "x", "x", "CĐ", "x"], [2, "Xã Hỏa Lựu", "x", "x", "x", "x"]
    )
    for row in book.active.iter_rows():
        for cell in row:
            if isinstance(cell.value, str):
                cell.value = encode(cell.value)
    reading = read_book(book)
    assert [(issue.code, issue.severity) for issue in reading.issues] == [("TEXT_GUESSED", "ask")]
    assert set(facts(reading.sheets[0], "unit_code")) == {"31333", "31336"}


@pytest.mark.case(62)
def test_mark_typed_with_another_keyboard(read_book: BookReader) -> None:
    """A Cyrillic 'х' looks like the 'x' of the legend, and is meant."""
    (sheet,) = read_book(matrix([1, "Xã Vị Tân", "х", "Х", "x", "X"])).sheets
    assert (facts(sheet, "outcome"), sheet.issues) == (["met"] * 4, [])


@pytest.mark.case(62)
def test_one_cell_alone_is_never_taken_for_an_old_font(read_book: BookReader) -> None:
    """A sheet in Unicode with one cell that could be TCVN3: left as it is, the name is unknown."""
    reading = read_book(matrix([1, "Xã Vị Tân", "x", "x", "x", "x"], [2, "X· Háa L\xadu", "x", "x", "x", "x"]))
    assert reading.issues == ()
    assert [issue.code for issue in reading.sheets[0].issues] == ["UNIT_UNKNOWN"]


@pytest.mark.case(62)
@pytest.mark.parametrize(
    ("spoilt", "meant"),
    [
        ("TҺÁI ПǤUƔÊП", "Thái Nguyên"),
        ("ПǤҺỊ", "nghị"),
        ("Chƣơng trình", "Chương trình"),
        ("Chư\u00adơng", "chương"),
        ("Ðại", "Đại"),
    ],
)
def test_lookalike_letters_match(spoilt: str, meant: str) -> None:
    assert text_key(spoilt) == text_key(meant)
