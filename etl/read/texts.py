"""Texts of a sheet in Unicode: letters of symbol fonts and of fonts from before Unicode, as people see them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from etl.clean.legacy_text import (
    can_be_legacy,
    decode,
    encoding_of_font,
    encoding_of_texts,
    reads_better,
)
from etl.clean.vocabulary import vocabulary
from etl.issues import Issue
from etl.read.grid import CellPosition

_ENCODING_NAMES = {"tcvn3": "TCVN3 (.VnTime)", "vni": "VNI", "cp1252": "UTF-8/Windows-1252", "cp437": "UTF-8/CP437"}
_FONTS_NAMED = 4


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a cell's text in one font."""

    font: str
    text: str


def is_special_font(font: str | None) -> bool:
    """Tell whether a font stores other characters than it shows."""
    return bool(font) and (font in vocabulary("symbol_fonts") or encoding_of_font(str(font)) is not None)


def texts_in_unicode(
    sheet: str, texts: Mapping[CellPosition, str], runs: Mapping[CellPosition, Sequence[Run]]
) -> tuple[dict[CellPosition, str], tuple[Issue, ...]]:
    """Return the texts of the cells that change, and the findings about it.

    `runs` are those of the cells that have a special font anywhere; where a sheet has a font from before Unicode, fonts
    alone decide, cell by cell.
    """
    trusted = _trusted_encodings(runs)
    if not trusted:
        drawn = {position: "".join(map(_drawn, parts)) for position, parts in runs.items()}
        encoding = encoding_of_texts(text for position, text in texts.items() if position not in drawn)
        if encoding is None:
            return drawn, ()
        found = {position: decode(text, encoding) for position, text in texts.items() if position not in drawn}
        changed = {position: text for position, text in found.items() if text != texts[position]}
        values = {"encoding": _ENCODING_NAMES[encoding], "count": len(changed)}
        return drawn | changed, (Issue("TEXT_GUESSED", sheet, values=values),)
    decoded = {position: "".join(_read(run, trusted) for run in parts) for position, parts in runs.items()}
    changed = {position: text for position, text in decoded.items() if text != texts[position]}
    fonts = [{run.font for run in runs[position] if encoding_of_font(run.font)} for position in changed]
    named = sorted(set().union(*fonts))[:_FONTS_NAMED]
    values = {"fonts": ", ".join(named), "count": sum(map(bool, fonts))}
    return changed, (Issue("TEXT_CONVERTED", sheet, values=values),) if named else ()


def _trusted_encodings(runs: Mapping[CellPosition, Sequence[Run]]) -> frozenset[str]:
    """Return the encodings that fonts of a sheet name.

    Unicode is typed in such fonts too, as Windows borrows the letters that they lack: where some texts of a font show
    that, the others are decoded only if that makes them Vietnamese.
    """
    by_encoding: dict[str, list[str]] = defaultdict(list)
    for run in (run for parts in runs.values() for run in parts):
        if encoding := encoding_of_font(run.font):
            by_encoding[encoding].append(run.text)
    return frozenset(
        encoding
        for encoding, texts in by_encoding.items()
        if all(map(can_be_legacy, texts)) or reads_better(filter(can_be_legacy, texts), encoding)
    )


def _read(run: Run, trusted: frozenset[str]) -> str:
    encoding = encoding_of_font(run.font)
    if encoding in trusted and can_be_legacy(run.text):
        return decode(run.text, str(encoding))
    return _drawn(run)


def _drawn(run: Run) -> str:
    """Return the mark that a symbol font draws for a letter; the text itself in any other font."""
    marks: Mapping[str, str] = vocabulary("symbol_fonts").get(run.font, {})
    return marks.get(run.text.strip(), run.text)
