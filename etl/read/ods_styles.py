"""Styles of an OpenDocument spreadsheet: the font of a cell or of a stretch of text, and how its dates are written."""

from __future__ import annotations

from xml.etree.ElementTree import Element

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_NUMBER = "{urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
CELL, TEXT = "table-cell", "text"
_DATE_STYLES = frozenset({f"{_NUMBER}date-style", f"{_NUMBER}time-style"})
# What the parts of a date are in a number format of Excel: short, long.
_DATE_PARTS = {
    "day": ("d", "dd"),
    "day-of-week": ("ddd", "dddd"),
    "month": ("m", "mm"),
    "year": ("yy", "yyyy"),
    "hours": ("h", "hh"),
    "minutes": ("m", "mm"),
    "seconds": ("s", "ss"),
    "am-pm": ("AM/PM", "AM/PM"),
}
_DEEPEST = 20
StyleKey = tuple[str, str]


class OdsStyles:
    """Styles by (family, name), from styles.xml and content.xml; a style takes what it lacks from its parent."""

    def __init__(self) -> None:
        self._faces: dict[str, str] = {}
        self._parents: dict[StyleKey, str] = {}
        self._fonts: dict[StyleKey, str] = {}
        self._data_styles: dict[StyleKey, str] = {}
        self._formats: dict[str, str] = {}
        self._hidden_tables: set[str] = set()

    def add(self, parts: Element) -> None:
        """Collect the styles among the parts of an element and below them."""
        for element in parts.iter():
            name = element.get(f"{_STYLE}name", "")
            if element.tag == f"{_STYLE}font-face":
                self._faces[name] = element.get(f"{_SVG}font-family", name).strip("'\"")
            elif element.tag == f"{_STYLE}style":
                self._add_style(element, (element.get(f"{_STYLE}family", ""), name))
            elif element.tag in _DATE_STYLES:
                self._formats[name] = "".join(map(_date_part, element))

    def _add_style(self, element: Element, key: StyleKey) -> None:
        if parent := element.get(f"{_STYLE}parent-style-name"):
            self._parents[key] = parent
        if data_style := element.get(f"{_STYLE}data-style-name"):
            self._data_styles[key] = data_style
        for part in element:
            if part.tag == f"{_STYLE}text-properties":
                font = part.get(f"{_STYLE}font-name") or part.get(f"{_FO}font-family")
                if font:
                    self._fonts[key] = font.strip("'\"")
            elif part.tag == f"{_STYLE}table-properties" and part.get(f"{TABLE}display") == "false":
                self._hidden_tables.add(key[1])

    def font(self, family: str, name: str) -> str:
        """Return the font of a style; empty when it names none."""
        font = self._inherited(self._fonts, family, name)
        return self._faces.get(font, font)

    def date_format(self, name: str) -> str:
        """Return the format of a cell style's dates, as Excel writes it; empty when it names none."""
        return self._formats.get(self._inherited(self._data_styles, CELL, name), "")

    def is_hidden_table(self, name: str) -> bool:
        """Tell whether a style hides its sheet."""
        return name in self._hidden_tables

    def _inherited(self, values: dict[StyleKey, str], family: str, name: str) -> str:
        for _ in range(_DEEPEST):
            if (family, name) in values:
                return values[family, name]
            if (family, name) not in self._parents:
                break
            name = self._parents[family, name]
        return ""


def _date_part(part: Element) -> str:
    tag = part.tag.removeprefix(_NUMBER)
    if tag == "text":
        text = part.text or ""
        return f'"{text}"' if any(map(str.isalpha, text)) else text
    if tag == "month" and part.get(f"{_NUMBER}textual") == "true":
        return "mmmm" if part.get(f"{_NUMBER}style") == "long" else "mmm"
    short, long = _DATE_PARTS.get(tag, ("", ""))
    return long if part.get(f"{_NUMBER}style") == "long" else short
