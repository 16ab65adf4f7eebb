"""The name of a unit apart from what an office writes beside it: notes, footnote marks, an ordinal, its district.

'(cũ)', '(sáp nhập)', '(nay là …)', '*' and '(1)' are no part of a name (programme forms, case 61): 'Vị Tân (1)' must
not become 'Vị Tân 1'.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from etl.clean.vocabulary import contains, vocabulary
from ntm.geo.names import clean_text

_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]")
_FOOTNOTE = re.compile(r"\s*(?:[*†‡#]+|[\u00b9\u00b2\u00b3\u2070\u2074-\u2079]+)$")
_ORDINAL = re.compile(
    r"^(?:\d{1,3}|[IVX]+)\s*[.)]\s*(?=(?:xã|phường|thị trấn|huyện|quận|thị xã|thành phố|[xphq]\.|t[txp]\b))", re.I
)
# A place behind the name: 'Xã Mỹ An, huyện Mang Thít', 'Mỹ An - H. Mang Thít'.
_PLACE = re.compile(
    r"(?<=\w)\s*(?:[,;]|\s[-–]\s|\s)\s*((?:huyện|quận|thị xã|thành phố|TX\.?|TP\.?|H\.|Q\.)\s*\w.*?)"
    r"(?:\s*(?:[,;]|\s[-–]\s)\s*(?:tỉnh|TP\.?|thành phố)\s.*)?$",
    re.I,
)


@dataclass(frozen=True)
class WrittenName:
    """A name as it is looked up, the district written behind it, and what was split off it."""

    name: str
    place: str = ""
    notes: tuple[str, ...] = ()
    footnotes: tuple[str, ...] = ()

    @property
    def is_former(self) -> bool:
        """Tell whether a note says that the unit of before a change is meant."""
        return any(contains(note, vocabulary("unit_notes")["former"]) for note in self.notes)


def split_name(text: str) -> WrittenName:
    """Return the name of a cell apart from its notes. What is in brackets is a note, digits there a footnote mark."""
    written = clean_text(text)
    bracketed = [clean_text(part) for part in _BRACKETS.findall(written)]
    name = _BRACKETS.sub(" ", written).strip()
    footnotes = [part for part in bracketed if not part or not any(character.isalpha() for character in part)]
    while mark := _FOOTNOTE.search(name):
        footnotes.append(mark[0].strip())
        name = name[: mark.start()]
    name = _ORDINAL.sub("", name).strip(" ,;:-–")
    place = _PLACE.search(name)
    return WrittenName(
        name=name[: place.start()] if place else name,
        place=place[1] if place else "",
        notes=tuple(part for part in bracketed if part not in footnotes),
        footnotes=tuple(footnotes),
    )
