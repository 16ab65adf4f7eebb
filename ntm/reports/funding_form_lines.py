"""Amounts by source, laid out: as the rows of Biểu 07 (a source above what divides it), as the columns of Biểu 09."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from ntm.metrics.funding import SOURCE_GROUPS
from ntm.yaml_files import read_yaml

Parts = tuple[str, ...]

_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII")


@dataclass(frozen=True)
class Source:
    """What an amount is of, as in funding: source_code, nature and detail (None where not told apart)."""

    source_code: str
    nature: str | None = None
    detail: str | None = None

    @property
    def group(self) -> str:
        """Source group: the levels of the local budget are one."""
        return "local" if self.source_code.startswith("local") else self.source_code

    @property
    def parts(self) -> Parts:
        """How it divides its group, from the coarsest: level of the budget, nature, detail."""
        level = self.source_code if self.source_code != self.group else None
        return tuple(part for part in (level, self.nature, self.detail) if part)


@dataclass
class Line:
    """A row of Biểu 07: `parts` are the numbers of the rows that divide it; where none of them is told, `source` is."""

    ordinal: str
    name: str
    source: Source | None = None
    parts: list[int] = field(default_factory=list)
    is_group: bool = False


@cache
def words() -> Mapping[str, Any]:
    """Return what stands for each source in the forms (ntm/reports/funding_forms.yml)."""
    found: Mapping[str, Any] = read_yaml(Path(__file__).with_name("funding_forms.yml"))
    return found


def lines_07(told: Sequence[Set[Source]]) -> list[Line]:
    """Return the rows of Biểu 07 below 'TỔNG SỐ': those of the form, and those that the amounts need besides.

    `told` are the sources of each column. A source that one column states both whole and divided, each with its own
    money, has a row for what is not divided: nothing is lost, nothing is told twice.
    """
    said = words()["bieu_07"]
    sources = {Source(*row) for row in said["always"]}.union(*told)
    found: list[Line] = []
    for group in SOURCE_GROUPS:
        if group == "other" and not any(source.group == group for source in sources):
            continue
        ordinal = _ROMAN[sum(line.is_group for line in found)]
        line = Line(ordinal, said["groups"][group], Source(group), is_group=True)
        found.append(line)
        paths = {source.parts: source for source in sources if source.group == group and source.parts}
        _divide(found, line, paths, told, "")
    return found


def _divide(
    found: list[Line], line: Line, paths: Mapping[Parts, Source], told: Sequence[Set[Source]], above: str
) -> None:
    """Add the rows of some paths, which divide a line, and those that divide these."""
    said = words()["bieu_07"]["words"]
    if line.source and any(line.source in column and column & set(paths.values()) for column in told):
        paths = {**paths, ("",): line.source}
        line.source = None
    heads = sorted({path[0] for path in paths}, key=lambda head: _rank(head, said))
    for place, head in enumerate(heads, start=1):
        below = {path[1:]: source for path, source in paths.items() if path[0] == head}
        part = Line(f"{above}{place}", said.get(head, head), below.pop((), None))
        line.parts.append(len(found))
        found.append(part)
        _divide(found, part, below, told, f"{above}{place}.")


def columns_09(told: Set[Source]) -> list[tuple[tuple[str, ...], Source]]:
    """Return headings and source of the columns of one half of Biểu 09, its two sums left out."""
    said = words()["bieu_09"]
    always = {Source(*row) for row in said["always"]}
    found = []
    for group in SOURCE_GROUPS:
        sources = {source for source in always | told if source.group == group}
        if len(sources) > 1:
            sources -= {Source(group)} - told
        for source in sorted(sources, key=lambda source: [_rank(part, said["words"]) for part in source.parts]):
            parts = source.parts or (("",) if len(sources) > 1 else ())
            found.append(((*said["groups"][group], *(said["words"].get(part, part) for part in parts)), source))
    return found


def _rank(part: str, said: Mapping[str, str]) -> tuple[int, str]:
    """Return the place of a part among its neighbours: in the order of the words, others behind them by name."""
    order = list(said)
    return (order.index(part) if part in order else len(order), part)
