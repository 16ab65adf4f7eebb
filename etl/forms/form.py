"""Forms as data: which headings a form has, what they mean, how its rows are laid out (etl/forms/*.yml)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from etl.clean.vocabulary import vocabulary
from etl.read.header import Heading
from ntm.geo.names import text_key
from ntm.yaml_files import read_yaml

ROWS, TRANSPOSED = "rows", "transposed"
_UNRECOGNISED = "không nhận ra biểu"


@dataclass(frozen=True)
class Role:
    """What a column of a form means, and the headings that say so.

    `headings` must equal a heading on the path (`names_of` adds all words of a vocabulary to them), `contains` must
    occur in the joined path as whole words, `pattern` must match a heading on the path; a path with a word of
    `excludes` is never meant. `contains_of` and `excludes_of` name lists of the vocabulary heading_lists. Where `under`
    is given, one of its words must stand in a heading above the last one of the path ('Kết quả' under 'Thực hiện 6
    tháng'). `many` allows more than one such column. `example` is a heading for people.
    """

    name: str
    headings: frozenset[str]
    contains: tuple[str, ...]
    pattern: re.Pattern[str] | None
    is_required: bool
    many: bool
    at_least: int
    excludes: tuple[str, ...] = ()
    under: tuple[str, ...] = ()
    example: str = ""
    _known: dict[tuple[str, ...], bool] = field(default_factory=dict, repr=False, compare=False)

    def fits(self, heading: Heading) -> bool:
        """Tell whether a column's headings have this meaning. Workbooks repeat themselves: a path is looked at once."""
        if heading.path not in self._known:
            self._known[heading.path] = self._fits(heading)
        return self._known[heading.path]

    def _fits(self, heading: Heading) -> bool:
        joined = f" {' '.join(heading.keys)} "
        if any(f" {word} " in joined for word in self.excludes):
            return False
        if self.under and not self._is_under(heading):
            return False
        if self.pattern and any(self.pattern.fullmatch(part) for part in heading.path):
            return True
        return bool(self.headings.intersection(heading.keys)) or any(f" {word} " in joined for word in self.contains)

    def _is_under(self, heading: Heading) -> bool:
        above = f" {' '.join(heading.keys[:-1])} "
        return any(f" {word} " in above for word in self.under)


@dataclass(frozen=True)
class Form:
    """A form: its roles in order of precedence and the module of etl.facts that turns its rows into facts.

    `units_on` says by which day of the sheet's period names of units are understood, in order of precedence: a result
    speaks of the units at the period's end, a plan of those at its start. Of each group of `one_of` a table needs at
    least one role: a number and its date stand in one column or in two; of those of `none_of` it has none (or fewer
    than its `at_least`): a table of months is another form. A title with a word of `titles_not` is that of
    another form. `shape` is `transposed` where the form's headings stand one below the other in its first columns.
    """

    name: str
    label: Mapping[str, str]
    facts: str
    titles: tuple[str, ...]
    units_on: tuple[str, ...]
    roles: tuple[Role, ...]
    one_of: tuple[tuple[str, ...], ...] = ()
    none_of: tuple[str, ...] = ()
    titles_not: tuple[str, ...] = ()
    shape: str = ROWS
    title_example: str = ""

    def allows(self, title: str) -> bool:
        """Tell whether a table below such lines can be this form."""
        key = text_key(title)
        is_named = not self.titles or any(word in key for word in self.titles)
        return is_named and not any(word in key for word in self.titles_not)


@cache
def forms() -> tuple[Form, ...]:
    """Return all forms, in order of file name."""
    return tuple(_read_form(path) for path in sorted(Path(__file__).parent.glob("*.yml")))


def form_label(name: object) -> str:
    """Return what an office calls the form of a name; that none was recognised for a name that is no form's."""
    return next((form.label["vi"] for form in forms() if form.name == name), _UNRECOGNISED)


def _read_form(path: Path) -> Form:
    raw = read_yaml(path)
    roles = tuple(
        Role(
            name=name,
            headings=frozenset(text_key(str(word)) for word in (*body.get("headings", ()), *_names_of(body))),
            contains=tuple(_words(body, "contains")),
            pattern=re.compile(body["pattern"], re.I) if "pattern" in body else None,
            is_required=bool(body.get("required", False)),
            many=bool(body.get("many", False)),
            at_least=int(body.get("at_least", 1)),
            excludes=tuple(_words(body, "excludes")),
            under=tuple(text_key(word) for word in body.get("under", ())),
            example=_example(name, body),
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
        one_of=tuple(tuple(group) for group in raw.get("one_of", ())),
        none_of=tuple(raw.get("none_of", ())),
        titles_not=tuple(text_key(word) for word in raw.get("titles_not", ())),
        shape=raw.get("shape", ROWS),
        title_example=str(next(iter(raw.get("titles", ())), "")),
    )


def _words(body: Mapping[str, Any], part: str) -> Iterator[str]:
    """Yield the keys of a role's own words for a part, and those of the lists that it names for it."""
    lists = vocabulary("heading_lists")
    shared = (word for name in body.get(f"{part}_of", ()) for word in lists[name])
    yield from map(text_key, (*body.get(part, ()), *shared))


def _example(name: str, body: Mapping[str, Any]) -> str:
    """Return a heading that names a role to a person."""
    words = (*body.get("headings", ()), *body.get("contains", ()), *_names_of(body))
    return str(body.get("example") or next(iter(words), name))


def _names_of(body: Mapping[str, Any]) -> Iterator[str]:
    """Yield the words of the vocabulary that a role takes its headings from: each meaning and its other names."""
    if name := body.get("names_of"):
        for meaning, words in vocabulary(name).items():
            yield from (meaning, *words)
