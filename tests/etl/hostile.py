"""Files made to exhaust or mislead whoever opens them. Each builder writes one, in pieces: the tests stay small."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from tests.etl.office_files import ods_document, save_ods
from tests.etl.workbooks import matrix

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET = "xl/worksheets/sheet1.xml"
LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
DOCTYPE = f'<!DOCTYPE x [<!ENTITY a0 "ha">{LAUGHS}]>'
_PIECE = 2**20
_SECTOR = 512
_END_OF_CHAIN, _FREE, _FAT_SECTOR = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def with_parts(path: Path, parts: dict[str, Iterable[bytes]], leave_out: str = "") -> None:
    """Write a sound workbook with some parts replaced or added."""
    sound = path.with_suffix(".sound")
    matrix([1, "Xã Vị Tân", "x", "x", "x", "x"]).save(sound)
    with zipfile.ZipFile(sound) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as target:
        for name in source.namelist():
            if name not in parts and name != leave_out:
                target.writestr(name, source.read(name))
        for name, pieces in parts.items():
            with target.open(name, "w", force_zip64=False) as part:
                for piece in pieces:
                    part.write(piece)
    sound.unlink()


def sheet_xml(rows: Iterable[bytes], after: bytes = b"") -> Iterator[bytes]:
    """Yield the XML of a sheet in pieces."""
    yield f'<worksheet xmlns="{MAIN}"><sheetData>'.encode()
    yield from rows
    yield b"</sheetData>" + after + b"</worksheet>"


def zeros(megabytes: int, letter: bytes = b"0") -> Iterator[bytes]:
    return (letter * _PIECE for _ in range(megabytes))


def inflating(path: Path) -> None:
    """About 110 kB, one sheet of 110 MB."""
    with_parts(path, {SHEET: sheet_xml(zeros(110, b" "))})


def overlapping(path: Path) -> None:
    """About 100 kB: forty parts of 90 MB each, all of them the same bytes of the file."""
    with_parts(path, {SHEET: sheet_xml(zeros(90, b" "))})
    content = path.read_bytes()
    end = content.rindex(b"PK\x05\x06")
    size, start = struct.unpack("<LL", content[end + 12 : end + 20])
    directory = content[start : start + size]
    entry = directory[directory.rindex(b"PK\x01\x02") :]
    copies = b"".join(entry.replace(b"sheet1.xml", f"sheet{n}.xml"[:10].encode()) for n in range(2, 10)) * 5
    count = struct.unpack("<H", content[end + 10 : end + 12])[0] + 40
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, size + len(copies), start, 0)
    path.write_bytes(content[:start] + directory + copies + tail)


def lying_about_its_size(path: Path) -> None:
    """A sheet of 110 MB whose directory says that it has 1000 bytes."""
    inflating(path)
    content = bytearray(path.read_bytes())
    place = content.rindex(b"PK\x01\x02")
    content[place + 24 : place + 28] = struct.pack("<L", 1000)
    path.write_bytes(bytes(content))


def endless_string(path: Path) -> None:
    with_parts(
        path, {"xl/sharedStrings.xml": (f'<sst xmlns="{MAIN}"><si><t>'.encode(), *zeros(110), b"</t></si></sst>")}
    )


def ghost_rows(path: Path) -> None:
    """1 048 576 rows with a formatted, empty cell each, as a fill to the end of the sheet leaves them."""
    rows = (
        b"".join(b'<row r="%d"><c r="A%d" s="1"/></row>' % (n, n) for n in range(s, s + 4096))
        for s in range(1, 2**20, 4096)
    )
    with_parts(path, {SHEET: sheet_xml(rows)})


def ghost_rows_without_cells(path: Path) -> None:
    rows = (b"".join(b'<row r="%d" ht="15"/>' % n for n in range(s, s + 4096)) for s in range(1, 2**20, 4096))
    with_parts(path, {SHEET: sheet_xml(rows)})


def ghost_cell(path: Path) -> None:
    with_parts(
        path, {SHEET: sheet_xml([b'<row r="1"><c r="A1"/></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'])}
    )


def unnumbered_cells(path: Path) -> None:
    """Cells that do not say where they are, one more than any report is wide."""
    with_parts(path, {SHEET: sheet_xml([b"<row>" + b"<c><v>1</v></c>" * 2001 + b"</row>"])})


def sheet_under_another_name(path: Path) -> None:
    """A far cell in a sheet that is stored as a picture."""
    content = b'Target="/xl/media/image1.png"'
    relations = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
        + content
        + b"/></Relationships>"
    )
    far = sheet_xml([b'<row r="1048576"><c r="A1048576"><v>1</v></c></row>'])
    with_parts(path, {"xl/_rels/workbook.xml.rels": [relations], "xl/media/image1.png": far}, leave_out=SHEET)


def huge_merge(path: Path) -> None:
    after = b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    with_parts(path, {SHEET: sheet_xml([], after)})


def many_merges(path: Path) -> None:
    """Merged ranges none of which is absurd, but two hundred million cells together."""
    merges = b"".join(b'<mergeCell ref="A%d:BXX%d"/>' % (n, n) for n in range(1, 100_000))
    with_parts(path, {SHEET: sheet_xml([], b"<mergeCells>" + merges + b"</mergeCells>")})


def huge_link(path: Path) -> None:
    after = b'<hyperlinks><hyperlink ref="A1:ZZ99999" location="A1"/></hyperlinks>'
    with_parts(path, {SHEET: sheet_xml([], after)})


def too_many_cells(path: Path) -> None:
    cells = b"<c><v>1</v></c>" * 1000
    with_parts(path, {SHEET: sheet_xml(b"<row>" + cells + b"</row>" for _ in range(1100))})


def too_many_styles(path: Path) -> None:
    pieces = (b"<xf/>" * 1000 for _ in range(2000))
    with_parts(
        path, {"xl/styles.xml": (f'<styleSheet xmlns="{MAIN}"><cellXfs>'.encode(), *pieces, b"</cellXfs></styleSheet>")}
    )


def laughs_in_styles(path: Path) -> None:
    text = f'<?xml version="1.0"?>{DOCTYPE}<styleSheet xmlns="{MAIN}"><x>&a9;</x></styleSheet>'
    with_parts(path, {"xl/styles.xml": [text.encode()]})


def laughs_in_wide_letters(path: Path) -> None:
    text = f'<?xml version="1.0" encoding="UTF-16"?>{DOCTYPE}<sst xmlns="{MAIN}"><si><t>&a9;</t></si></sst>'
    with_parts(path, {"xl/sharedStrings.xml": [text.encode("utf-16")]})


def entity_from_a_file(path: Path) -> None:
    text = f'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><sst xmlns="{MAIN}"><si><t>&a;</t></si></sst>'
    with_parts(path, {"xl/sharedStrings.xml": [text.encode()]})


def laughs_in_ods(path: Path) -> None:
    save_ods(path, ods_document("").replace("?>", f"?>{DOCTYPE}", 1))


def encrypted_zip(path: Path) -> None:
    with_parts(path, {})
    content = bytearray(path.read_bytes())
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(mark)
        while place >= 0:
            content[place + flags] |= 1
            place = content.find(mark, place + 4)
    path.write_bytes(bytes(content))


def encrypted_package(path: Path) -> None:
    """As Excel saves an .xlsx with a password."""
    path.write_bytes(ole_file({"EncryptionInfo": b"\4\0\4\0", "EncryptedPackage": b"\x00" * 9000}))


def encrypted_xls(path: Path) -> None:
    path.write_bytes(
        ole_file({"Workbook": record(0x0809, b"\0\6\5\0" + b"\0" * 12) + record(0x002F, b"\1\0" + b"\0" * 52)})
    )


def encrypted_ods(path: Path) -> None:
    save_ods(path, "x", **{"META-INF/manifest.xml": "<m:manifest xmlns:m='m'><m:encryption-data/></m:manifest>"})


def macros_in_xlsx(path: Path) -> None:
    with_parts(path, {"xl/vbaProject.bin": [b"\xd0\xcf\x11\xe0"]})


def macros_in_xls(path: Path) -> None:
    path.write_bytes(ole_file({"Workbook": record(0x0809, b"\0\6\5\0" + b"\0" * 12), "_VBA_PROJECT_CUR": b"VBA"}))


def macro_sheet_in_xls(path: Path) -> None:
    stream = record(0x0809, b"\0\6\5\0" + b"\0" * 12) + record(0x000A, b"") + record(0x0809, b"\0\6\x40\0" + b"\0" * 12)
    path.write_bytes(ole_file({"Workbook": stream}))


def macros_in_ods(path: Path) -> None:
    save_ods(path, ods_document(""), **{"Basic/Standard/Module1.xml": "<module/>"})


def truncated(path: Path) -> None:
    with_parts(path, {})
    path.write_bytes(path.read_bytes()[:-500])


def damaged_sheet(path: Path) -> None:
    with_parts(path, {SHEET: [f'<worksheet xmlns="{MAIN}"><sheetData><row>'.encode()]})


def damaged_xls(path: Path) -> None:
    path.write_bytes(ole_file({"Workbook": record(0x0809, b"\0\6\5\0" + b"\0" * 12)})[:700])


def zip_in_zip(path: Path) -> None:
    inner = path.with_suffix(".inner")
    inflating(inner)
    for _ in range(20):
        with zipfile.ZipFile(path, "w") as archive:
            archive.write(inner, "a.zip")
        path.replace(inner)
    inner.replace(path)


def many_parts(path: Path) -> None:
    with_parts(path, {f"xl/media/{n}.xml": [b""] for n in range(5000)})


def too_large(path: Path) -> None:
    with path.open("wb") as file:
        file.write(b"PK\x03\x04")
        file.truncate(60 * 2**20)


def endless_line(path: Path) -> None:
    with path.open("wb") as file:
        file.write(b"STT;Ten\n")
        file.writelines(zeros(12, b";"))


def blank_cells_in_xls(path: Path) -> None:
    """3.3 million formatted, empty cells in 7 MB; a reader takes fifty times that."""
    rows = (record(0x00BE, struct.pack("<HH256HH", row, 0, *(15,) * 256, 255)) for row in range(13_000))
    start = record(0x0809, b"\0\6\5\0" + b"\0" * 12) + record(0x000A, b"") + record(0x0809, b"\0\6\x10\0" + b"\0" * 12)
    path.write_bytes(ole_file({"Workbook": start + b"".join(rows) + record(0x000A, b"")}))


def merges_in_xls(path: Path) -> None:
    merges = record(0x00E5, struct.pack("<H4H", 1, 0, 65535, 0, 255))
    start = record(0x0809, b"\0\6\5\0" + b"\0" * 12) + record(0x000A, b"") + record(0x0809, b"\0\6\x10\0" + b"\0" * 12)
    path.write_bytes(ole_file({"Workbook": start + merges + record(0x000A, b"")}))


def ods_table(row: str) -> str:
    return f'<table:table table:name="A">{row}</table:table>'


def ods_row(attributes: str = "", of_cell: str = "") -> str:
    """Return the XML of a row with one cell that holds a 1."""
    cell = (
        f'<table:table-cell office:value-type="float" office:value="1" {of_cell}><text:p>1</text:p></table:table-cell>'
    )
    return f"<table:table-row {attributes}>{cell}</table:table-row>"


ODS_ROWS: dict[str, str] = {
    "repeated rows": ods_row('table:number-rows-repeated="1048576"'),
    "repeated cells": ods_row("", 'table:number-columns-repeated="16384"'),
    "repeated both": ods_row('table:number-rows-repeated="99999"', 'table:number-columns-repeated="1999"'),
    "spanned": ods_row("", 'table:number-columns-spanned="1999" table:number-rows-spanned="99999"'),
    "not a number": ods_row(f'table:number-rows-repeated="{"9" * 5000}"'),
}


def ods_with(name: str) -> Callable[[Path], None]:
    return lambda path: save_ods(path, ods_document(ods_table(ODS_ROWS[name])))


def record(kind: int, content: bytes) -> bytes:
    """Return one record of an .xls workbook's stream."""
    return struct.pack("<HH", kind, len(content)) + content


def ole_file(streams: dict[str, bytes]) -> bytes:
    """Return an OLE container ([MS-CFB], version 3) of up to 7 MB; its streams are long enough to have own sectors."""
    bodies = [content.ljust(4096, b"\0") for content in streams.values()]
    bodies = [body + b"\0" * (-len(body) % _SECTOR) for body in bodies]
    counts = [len(body) // _SECTOR for body in bodies]
    directory_sectors = -(-(len(streams) + 1) // 4)
    used = directory_sectors + sum(counts)
    fat_sectors = -(-used // 127)
    fat: list[int] = [_FAT_SECTOR] * fat_sectors
    starts = []
    for count in (directory_sectors, *counts):
        starts.append(len(fat))
        fat += [*range(len(fat) + 1, len(fat) + count), _END_OF_CHAIN]
    fat += [_FREE] * (fat_sectors * 128 - len(fat))
    entries = [_entry("Root Entry", 5, 1, _END_OF_CHAIN, 0)]
    for number, (name, start, body) in enumerate(zip(streams, starts[1:], bodies, strict=True), start=1):
        entries.append(_entry(name, 2, _FREE, start, len(body), right=number + 1 if number < len(streams) else _FREE))
    directory = b"".join(entries).ljust(directory_sectors * _SECTOR, b"\0")
    header = struct.pack(
        "<8s16s5H6s9L109L", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6, b"",
        0, fat_sectors, starts[0], 0, 4096, _END_OF_CHAIN, 0, _END_OF_CHAIN, 0,
        *range(fat_sectors), *[_FREE] * (109 - fat_sectors),
    )  # fmt: skip
    table = struct.pack(f"<{len(fat)}L", *fat)
    return header + table + directory + b"".join(bodies)


def _entry(name: str, kind: int, child: int, start: int, size: int, right: int = _FREE) -> bytes:
    text = (name + "\0").encode("utf-16-le")
    return struct.pack("<64sHBB3L16sL2QLQ", text, len(text), kind, 1, _FREE, right, child, b"", 0, 0, 0, start, size)
