"""A look through the XML parts of a package while they are unpacked: entities, cells far out, too many, without result.

Parts are known by what they hold, not by their names: a sheet may be stored under any name. The parser is the one that
reads them later, so that both see the same, whatever the encoding, the prefixes and the quotes.
"""

from __future__ import annotations

import re
from xml.parsers import expat

from openpyxl.utils import get_column_letter

from etl.read.limits import (
    MAX_ROW,
    MAX_TAGS,
    MAX_TAGS_BESIDE_CELLS,
    RefusedError,
    check_count,
    check_merged,
    check_place,
    place_of,
)

_XML = re.compile(rb"(\xef\xbb\xbf)?\s*<|\xff\xfe|\xfe\xff|\0<|<\0")
_LEGACY_FONT = re.compile(rb"""val=["'](?i:\.vn|vni)""")
_LONGEST_MATCH = 16
_WITH_CELLS = frozenset({"worksheet", "sst", "document-content"})
_RANGES = frozenset({"mergeCell", "hyperlink"})
_LONGEST_NEAR_NAME = 6


class XmlScan:
    """Counts over all parts. `uncached`: names of the cells whose formula has no stored result."""

    def __init__(self) -> None:
        self.uncached: set[str] = set()
        self.names_legacy_fonts = False
        self._cells = 0
        self._covered = 0
        self._parser: expat.XMLParserType | None = None
        self.begin()

    def begin(self) -> None:
        """Begin a part."""
        self._is_new = True
        self._tail = b""
        self._tags = 0
        self._most_tags = MAX_TAGS_BESIDE_CELLS
        self._rows = self._row = self._column = 0
        self._name = ""
        self._is_text = False
        self._open_formula: str | None = None

    def feed(self, piece: bytes) -> None:
        """Look at the next piece of a part. Raises RefusedError."""
        if self._is_new:
            self._is_new = False
            self._parser = self._new_parser() if _XML.match(piece) else None
        if self._parser is None:
            return
        self.names_legacy_fonts = self.names_legacy_fonts or bool(_LEGACY_FONT.search(self._tail + piece))
        self._tail = piece[-_LONGEST_MATCH:]
        self._tags += piece.count(b"<")
        if self._tags > self._most_tags:
            raise RefusedError("SHEET_TOO_MANY_CELLS", most=self._most_tags)
        self._parse(piece, is_last=False)

    def end(self) -> None:
        """End a part."""
        if self._parser:
            self._parse(b"", is_last=True)
        self._close_cell()

    def _parse(self, piece: bytes, *, is_last: bool) -> None:
        try:
            if self._parser:
                self._parser.Parse(piece, is_last)
        except expat.ExpatError:
            self._parser = None  # the library stops there too, and says so if it needs the part

    def _new_parser(self) -> expat.XMLParserType:
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        parser.StartElementHandler = self._root
        return parser

    def _refuse_doctype(self, *_: object) -> None:
        raise RefusedError("FILE_ENTITIES")

    def _root(self, name: str, _: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        if tag in _WITH_CELLS:
            self._most_tags = MAX_TAGS
        if self._parser:
            self._parser.StartElementHandler = self._element if tag == "worksheet" else None

    def _element(self, name: str, attributes: dict[str, str]) -> None:
        tag = name[name.rfind(":") + 1 :]
        if tag == "c":
            self._cell(attributes)
        elif tag == "f":
            self._open_formula = self._name
        elif tag == "v" and self._open_formula and self._parser:
            self._parser.CharacterDataHandler = self._result
        elif tag == "row":
            self._begin_row(attributes)
        elif tag in _RANGES:
            self._range(attributes.get("ref", ""))

    def _begin_row(self, attributes: dict[str, str]) -> None:
        stated = attributes.get("r", "")
        self._row = int(stated) if stated.isdecimal() else self._row + 1
        self._column = 0
        self._rows += 1
        if self._rows > MAX_ROW:
            raise RefusedError("SHEET_TOO_LONG", f"A{self._row}")

    def _cell(self, attributes: dict[str, str]) -> None:
        self._close_cell()
        self._cells += 1
        check_count(self._cells)
        name = attributes.get("r")
        if name is None:
            self._column += 1
            name = f"{get_column_letter(self._column)}{self._row}"
            check_place(self._row, self._column, name)
        elif (len(name) > _LONGEST_NEAR_NAME or name[2:3].isalpha()) and (place := place_of(name)):
            check_place(*place, name)
        self._name = name
        # Excel stores the empty text, a result too, as an empty value of this type.
        self._is_text = attributes.get("t") == "str"

    def _result(self, _: str) -> None:
        self._open_formula = None
        if self._parser:
            self._parser.CharacterDataHandler = None

    def _close_cell(self) -> None:
        if self._open_formula and not self._is_text:
            self.uncached.add(self._open_formula)
        self._open_formula = None
        if self._parser:
            self._parser.CharacterDataHandler = None

    def _range(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        top_left, bottom_right = place_of(first), place_of(last)
        if top_left and bottom_right:
            check_place(*bottom_right, last)
            self._covered += (bottom_right[0] - top_left[0] + 1) * (bottom_right[1] - top_left[1] + 1)
            check_merged(self._covered, reference)
