"""Which form a table is, by the meaning of its headings; never by file name, sheet name or position."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from etl.forms.form import Form, Role, forms
from etl.read.table import Heading, Table
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
    headings it explains, the better; equal best forms are both returned, for the caller to refuse.
    """
    title_key = text_key(title)
    found = []
    for form in candidates if candidates is not None else forms():
        if form.titles and not any(word in title_key for word in form.titles):
            continue
        recognised = _assign(form, table.headings)
        if recognised:
            found.append(recognised)
    best = min((len(item.unknown) for item in found), default=0)
    return [item for item in found if len(item.unknown) == best]


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
    if not is_complete:
        return None
    return Recognised(form, {name: tuple(found) for name, found in columns.items()}, tuple(unknown))


def _role(roles: Sequence[Role], heading: Heading, taken: Mapping[str, Sequence[Heading]]) -> Role | None:
    for role in roles:
        if role.fits(heading) and (role.many or role.name not in taken):
            return role
    return None
