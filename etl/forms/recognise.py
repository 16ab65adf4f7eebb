"""Which form a table is, by the meaning of its headings; never by file name, sheet name or position."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from etl.forms.form import ROWS, Form, Role, forms
from etl.read.header import Heading
from etl.read.table import Table
from ntm.geo.names import text_key


@dataclass(frozen=True)
class Recognised:
    """A table whose form is known. `columns` gives the headings of each role; unknown headings stand apart."""

    form: Form
    columns: Mapping[str, tuple[Heading, ...]]
    unknown: tuple[Heading, ...]

    def column(self, role: str) -> int | None:
        """Return the column of a role that occurs once, None when the table has none."""
        found = self.columns.get(role, ())
        return found[0].column if found else None


def recognise(table: Table, title: str, candidates: Iterable[Form] | None = None) -> list[Recognised]:
    """Return the forms that a table can be, best first; empty when a required column is missing in all.

    A form fits when every required role has its columns and the title contains one of the form's words. The more
    headings it explains, the better; of equal ones a form that the title speaks of comes before one that asks for no
    title. Equal best forms are all returned, for the caller to refuse.
    """
    found = []
    for form in candidates if candidates is not None else _forms_in_rows():
        if not form.allows(title):
            continue
        recognised = _assign(form, table.headings)
        if recognised:
            found.append(recognised)
    ranks = [(len(item.unknown), not item.form.titles) for item in found]
    return [item for item, rank in zip(found, ranks, strict=True) if rank == min(ranks)]


def _forms_in_rows() -> Iterator[Form]:
    return (form for form in forms() if form.shape == ROWS)


def nearest(headings: Sequence[Heading], title: str) -> str | None:
    """Return the form that a table of no form comes nearest to, with the headings that it lacks, or None.

    Near is a form that has a required heading, or of which the title speaks.
    """
    found = []
    for form in forms():
        columns = {role.name for heading in headings if (role := _role(form.roles, heading, {}))}
        missing = [role for role in form.roles if role.is_required and role.name not in columns]
        groups = [group for group in form.one_of if not columns.intersection(group)]
        missing += [next(role for role in form.roles if role.name == group[0]) for group in groups]
        required = sum(role.is_required for role in form.roles) + len(form.one_of)
        has_title = bool(form.titles) and form.allows(title)
        if len(missing) < required or has_title:
            found.append((len(missing) / required, not has_title, form, missing))
    if not found:
        return None
    *_, form, missing = min(found, key=lambda item: item[:2])
    headed = ", ".join(f"'{role.example}'" for role in missing)
    lacks = [f"cột {headed}"] if missing else []
    lacks += [] if form.allows(title) else [f"chữ '{form.title_example}' ở tiêu đề biểu"]
    return f"{form.label['vi']}" + (f" (thiếu {'; '.join(lacks)})" if lacks else "")


def is_form(headings: Sequence[Heading]) -> bool:
    """Tell whether headings hold all that some form requires, whatever its title."""
    return any(_assign(form, headings) for form in _forms_in_rows())


def may_head(texts: Sequence[str]) -> bool:
    """Tell whether one of a row's texts is a heading that some form requires: a quick test before reading a header."""
    headings, phrases = _required_words()
    keys = [text_key(text) for text in texts]
    return any(key in headings or any(f" {phrase} " in f" {key} " for phrase in phrases) for key in keys)


@cache
def _required_words() -> tuple[frozenset[str], tuple[str, ...]]:
    roles = [
        role
        for form in forms()
        for role in form.roles
        if role.is_required or any(role.name in group for group in form.one_of)
    ]
    return frozenset().union(*(role.headings for role in roles)), tuple(w for role in roles for w in role.contains)


def _assign(form: Form, headings: Sequence[Heading]) -> Recognised | None:
    columns: dict[str, list[Heading]] = {}
    unknown = []
    for heading in headings:
        role = _role(form.roles, heading, columns)
        if role:
            columns.setdefault(role.name, []).append(heading)
        elif heading.path:
            unknown.append(heading)
    is_complete = all(len(columns.get(role.name, ())) >= role.at_least for role in form.roles if role.is_required)
    if not is_complete or not all(any(role in columns for role in group) for group in form.one_of):
        return None
    if any(role.name in form.none_of and len(columns.get(role.name, ())) >= role.at_least for role in form.roles):
        return None
    return Recognised(form, {name: tuple(found) for name, found in columns.items()}, tuple(unknown))


def _role(roles: Sequence[Role], heading: Heading, taken: Mapping[str, Sequence[Heading]]) -> Role | None:
    for role in roles:
        if role.fits(heading) and (role.many or role.name not in taken):
            return role
    return None
