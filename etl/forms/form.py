"""Forms as data: which headings a form has, what they mean, how its rows are laid out (etl/forms/*.yml)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from etl.read.table import Heading
from ntm.geo.names import text_key


@dataclass(frozen=True)
class Role:
    """What a column of a form means, and the headings that say so.

    `headings` must equal a heading on the path, `contains` must occur in the joined path as whole words, `pattern`
    must match a heading on the path; `many` allows more than one such column.
    """

    name: str
    headings: frozenset[str]
    contains: tuple[str, ...]
    pattern: re.Pattern[str] | None
    is_required: bool
    many: bool
    at_least: int

    def fits(self, heading: Heading) -> bool:
        """Tell whether a column's headings have this meaning."""
        if self.pattern and any(self.pattern.fullmatch(part) for part in heading.path):
            return True
        joined = f" {' '.join(heading.keys)} "
        return bool(self.headings.intersection(heading.keys)) or any(f" {word} " in joined for word in self.contains)


@dataclass(frozen=True)
class Form:
    """A form: its roles in order of precedence and the module of etl.facts that turns its rows into facts.

    `units_on` says by which day of the sheet's period names of units are understood, in order of precedence: a result
    speaks of the units at the period's end, a plan of those at its start.
    """

    name: str
    label: Mapping[str, str]
    facts: str
    titles: tuple[str, ...]
    units_on: tuple[str, ...]
    roles: tuple[Role, ...]


@cache
def forms() -> tuple[Form, ...]:
    """Return all forms, in order of file name."""
    return tuple(_read_form(path) for path in sorted(Path(__file__).parent.glob("*.yml")))


def _read_form(path: Path) -> Form:
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    roles = tuple(
        Role(
            name=name,
            headings=frozenset(text_key(str(word)) for word in body.get("headings", ())),
            contains=tuple(text_key(word) for word in body.get("contains", ())),
            pattern=re.compile(body["pattern"], re.I) if "pattern" in body else None,
            is_required=bool(body.get("required", False)),
            many=bool(body.get("many", False)),
            at_least=int(body.get("at_least", 1)),
        )
        for name, body in raw["columns"].items()
    )
    return Form(
        name=path.stem,
        label=raw["label"],
        facts=raw["facts"],
        titles=tuple(text_key(word) for word in raw.get("titles", ())),
        units_on=tuple(raw.get("units_on", ("end",))),
        roles=roles,
    )
