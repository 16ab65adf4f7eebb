"""Which criteria set the figures of a sheet follow: named by the sheet or not known, never guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from etl.clean.standards import find_standard
from etl.context import CriteriaSet, SheetContext
from etl.read.grid import cell_name
from etl.read.table import Heading
from ntm.geo.names import text_key

_DECISION = re.compile(r"(\d+)\s*/\s*(?:(20\d{2})\s*/\s*)?QĐ\s*-\s*TTg", re.I)
# The years of the set, not those of the programme: 'chương trình … giai đoạn 2021-2025' says nothing of the set.
_YEARS_OF_SET = re.compile(r"tiêu chí(?:(?!chương trình).)*?(20\d{2})\s*[-–]\s*(20\d{2})", re.I)
_JOINING_WORDS = frozenset({text_key("và"), text_key("về")})
_LONGEST_ABBREVIATION = 5
_MARK_HEADING = text_key("đánh giá")
_NO_NAMES = frozenset({_MARK_HEADING, text_key("kết quả")})


def find_criteria_set(context: SheetContext) -> CriteriaSet | None:
    """Return the one set for communes that the title block names, or None.

    A decision that is cited counts most (318/QĐ-TTg holds two sets, so the title must also say which standard); else
    the title must name the standard and the years of its criteria.
    """
    title = context.title.title
    standard = find_standard(title)
    candidates = [
        item
        for item in context.reference.criteria_sets
        if item.unit_level == "commune"
        and standard in (None, item.standard)
        and item.province_code in ("", context.province.unit_code)
    ]
    cited = {match.groups() for text in context.title.texts for match in _DECISION.finditer(text)}
    years = {f"{match[1]}_{match[2]}" for match in _YEARS_OF_SET.finditer(title)}
    by_decision = [item for item in candidates if (own := _DECISION.search(item.decision)) and own.groups() in cited]
    by_years = [item for item in candidates if any(item.set_code.endswith(span) for span in years)]
    found = [item for item in by_decision if item in by_years] or by_decision or (by_years if standard else [])
    return found[0] if len(found) == 1 else None


def criterion_columns(context: SheetContext, criteria_set: CriteriaSet) -> Iterator[tuple[int, str]]:
    """Yield (column, criterion number) of the marks; what does not fit the set is written down.

    Of two columns of one criterion the one headed 'Đánh giá' holds the mark. Where none or several are, the
    criterion is not read: which of them is the mark would be a guess.
    """
    pattern = next(role.pattern for role in context.recognised.form.roles if role.name == "criterion")
    columns: dict[str, list[Heading]] = {}
    for heading in context.recognised.columns["criterion"]:
        columns.setdefault(_criterion_number(heading, pattern), []).append(heading)
    for number, headings in columns.items():
        if criteria_set.criteria and number not in criteria_set.criteria:
            _report(context, "CRITERION_UNKNOWN", headings[0], number=number)
            continue
        marks = [heading for heading in headings if heading.keys[-1] == _MARK_HEADING]
        chosen = headings if len(headings) == 1 else marks
        if len(chosen) != 1:
            places = ", ".join(cell_name(context.table.header_bottom, item.column) for item in headings)
            _report(context, "CRITERION_TWICE", headings[0], number=number, places=places)
            continue
        known, name = criteria_set.criteria.get(number), _name(chosen[0], pattern)
        if known and name and not _is_same(name, known):
            _report(context, "CRITERION_NAME_DIFFERS", chosen[0], number=number, known=known, name=name)
        yield chosen[0].column, number
    missing = [number for number in criteria_set.criteria if number not in columns and number.isdigit()]
    if missing:
        context.report("CRITERION_MISSING", numbers=", ".join(missing))


def _number_part(heading: Heading, pattern: re.Pattern[str] | None) -> tuple[int, re.Match[str]]:
    """Return (place in the path, match) of the heading that holds the criterion's number."""
    matches = ((place, pattern.fullmatch(part)) for place, part in enumerate(heading.path) if pattern)
    return next((place, match) for place, match in matches if match)


def _criterion_number(heading: Heading, pattern: re.Pattern[str] | None) -> str:
    return str(int(_number_part(heading, pattern)[1][1]))


def _name(heading: Heading, pattern: re.Pattern[str] | None) -> str:
    """Return how the criterion is headed: behind its number ('1. Quy hoạch') or below it; '' when not at all."""
    place, match = _number_part(heading, pattern)
    below = [part for part in heading.path[place + 1 :] if text_key(part) not in _NO_NAMES]
    return re.sub(r"^[\W\d]+", "", match[0][match.end(1) :]) or "".join(below[:1])


def _is_same(written: str, known: str) -> bool:
    """Tell whether a heading names a criterion; offices shorten ('Thủy lợi…', 'QP và AN', 'TT&TT')."""
    ours = [word for word in text_key(known).split() if word not in _JOINING_WORDS]
    theirs = [word for word in text_key(written).split() if word not in _JOINING_WORDS]
    initials = "".join(word[0] for word in ours)
    return bool({*ours} & {*theirs}) or (
        bool(theirs) and all(len(word) <= _LONGEST_ABBREVIATION and word in initials for word in theirs)
    )


def _report(context: SheetContext, code: str, heading: Heading, **values: object) -> None:
    context.report(code, context.table.header_bottom, heading.column, **values)
