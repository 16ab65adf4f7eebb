"""Which columns of a matrix hold which criterion or indicator: its mark, and the figure beside it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from etl.clean.vocabulary import meanings
from etl.context import CriteriaSet, Indicator, SheetContext
from etl.facts.criterion_names import CONDITIONS, CriterionNames, Numbering, is_same_name
from etl.read.header import Heading
from ntm.geo.names import text_key

OUTCOME, RESULT = "outcome", "result"


@dataclass(frozen=True)
class Judged:
    """A criterion, or one of its indicators, with its columns: the mark, the figure, or one column for either."""

    criterion_no: str
    indicator: Indicator | None
    outcome: int | None
    result: int | None

    @property
    def code(self) -> str:
        return self.indicator.code if self.indicator else self.criterion_no


def part_of(heading: Heading) -> str | None:
    """Return what the lowest heading says of a column: `outcome` ('Đánh giá'), `result` ('Kết quả'), or None."""
    return meanings("criterion_parts").get(text_key(re.sub(r"\(.*?\)", " ", heading.path[-1])))


def number_of(text: str) -> str:
    """Return '1' of '01' and '1.0', '2.1' of '2,1', 'ĐK1' of 'Điều kiện 1'."""
    if not text[0].isdigit():
        return CONDITIONS + re.sub(r"\D", "", text)
    whole, _, part = text.replace(",", ".").partition(".")
    return str(int(whole)) + (f".{int(part)}" if part.strip("0") else "")


def numbers_of(context: SheetContext) -> set[str]:
    """Return the criteria that the headings of a matrix number."""
    found = (_written_number(context, heading) for heading in context.recognised.columns["criterion"])
    return {number.partition(".")[0] for number in found if number}


def judged_columns(context: SheetContext, criteria_set: CriteriaSet) -> list[Judged]:
    """Return what the columns of marks hold; what does not fit the set is written down and not read.

    Of two columns of one criterion the one headed 'Đánh giá' holds the mark, the other its figure. Where none or
    several are, the criterion is not read: which of them is the mark would be a guess.
    """
    columns: dict[str, list[Heading]] = defaultdict(list)
    for heading, code in _coded(context, criteria_set):
        columns[code].append(heading)
    judged = [item for code, headings in columns.items() if (item := _judged(context, criteria_set, code, headings))]
    criteria = {item.criterion_no for item in judged if item.indicator is None}
    parts = {item.criterion_no for item in judged if item.indicator}
    report_missing(context, criteria_set, {code.partition(".")[0] for code in columns})
    if only_parts := sorted(parts - criteria - {CONDITIONS}, key=_order):
        context.report("CRITERION_BY_INDICATORS", numbers=", ".join(only_parts))
    return judged


def _coded(context: SheetContext, criteria_set: CriteriaSet) -> Iterator[tuple[Heading, str]]:
    """Yield each heading with the number that it writes, else that of the criterion that it names."""
    names, numbering = CriterionNames(criteria_set), Numbering()
    for heading in context.recognised.columns["criterion"]:
        number = _written_number(context, heading)
        if number:
            yield heading, numbering.next(number, is_figure=_is_figure(context, heading))
            continue
        found, name = names.find(heading.path)
        if len(found) == 1:
            yield heading, found[0]
        else:
            code = "CRITERION_NAME_AMBIGUOUS" if found else "CRITERION_NAME_UNKNOWN"
            _report(context, code, heading, name=name, choices=", ".join(found))


def _judged(context: SheetContext, criteria_set: CriteriaSet, code: str, headings: Sequence[Heading]) -> Judged | None:
    """Return one criterion or indicator with its columns, or None with the finding why it is not read."""
    indicator = indicator_of(criteria_set, code)
    number = indicator.criterion_no if indicator else code
    if not is_of_set(criteria_set, number):
        _report(context, "CRITERION_UNKNOWN", headings[0], number=number)
        return None
    parts = [part_of(heading) for heading in headings]
    if len(headings) > 2 or (len(headings) == 2 and parts.count(OUTCOME) != 1):  # a mark and a figure
        places = ", ".join(context.grid.name(context.table.header_bottom, item.column) for item in headings)
        _report(context, "CRITERION_TWICE", headings[0], number=code, places=places)
        return None
    if indicator and is_unlisted(criteria_set, indicator):
        _report(context, "INDICATOR_UNKNOWN", headings[0], code=code)
    if indicator is None and not _is_headed_so(context, criteria_set, number, headings[0]):
        return None
    by_part = dict(zip(parts, headings, strict=True))
    if len(headings) == 1 and indicator is None:
        return Judged(number, None, headings[0].column, None)
    mark = by_part.get(OUTCOME)
    figure = next((heading for heading in headings if heading is not mark), None)
    return Judged(number, indicator, mark.column if mark else None, figure.column if figure else None)


def indicator_of(criteria_set: CriteriaSet, code: str) -> Indicator | None:
    """Return the indicator that a code means, one without further facts where the set does not list it."""
    number, dot, _ = code.partition(".")
    if code.startswith(CONDITIONS) and code != CONDITIONS:
        number, dot = CONDITIONS, "."
    return criteria_set.indicators.get(code) or Indicator(code, number) if dot else None


def is_of_set(criteria_set: CriteriaSet, number: str) -> bool:
    """Tell whether a set has a criterion; of a set whose criteria are not listed its count is known, or nothing."""
    if criteria_set.criteria:
        return number in criteria_set.criteria
    return number.isdigit() and (criteria_set.total is None or 1 <= int(number) <= criteria_set.total)


def is_unlisted(criteria_set: CriteriaSet, indicator: Indicator) -> bool:
    """Tell whether a set lists all indicators of a criterion, and not this one."""
    own = [item for item in criteria_set.indicators.values() if item.criterion_no == indicator.criterion_no]
    is_whole = len(own) == criteria_set.counts.get(indicator.criterion_no)
    return is_whole and indicator.code not in criteria_set.indicators


def _written_number(context: SheetContext, heading: Heading) -> str | None:
    """Return the number in a column's headings: that of an indicator, else the uppermost of a criterion."""
    pattern = next(role.pattern for role in context.recognised.form.roles if role.name == "criterion")
    found = [match for part in heading.path if pattern and (match := pattern.fullmatch(part))]
    numbers = [number_of(match["number"]) for match in found]
    return next((number for number in numbers if "." in number), numbers[0] if numbers else None)


def _is_figure(context: SheetContext, heading: Heading) -> bool:
    """Tell whether a column is headed by a number of the spreadsheet, which 17.10 cannot be told from 17.1 in."""
    rows = range(context.table.top, context.table.header_bottom + 1)
    return any(isinstance(context.grid.value(row, heading.column), float) for row in rows)


def _is_headed_so(context: SheetContext, criteria_set: CriteriaSet, number: str, heading: Heading) -> bool:
    """Tell whether a numbered column may be that criterion's: not under the name of another, asked under a new one."""
    pattern = next(role.pattern for role in context.recognised.form.roles if role.name == "criterion")
    place = next((place for place, part in enumerate(heading.path) if pattern and pattern.fullmatch(part)), None)
    known = criteria_set.criteria.get(number)
    if place is None or pattern is None or known is None:
        return True
    match = pattern.fullmatch(heading.path[place])
    below = [part for part in heading.path[place + 1 :] if text_key(part) not in meanings("criterion_parts")]
    behind = re.sub(r"^[\W\d]+", "", match[0][match.end("number") :]) if match else ""
    name = behind or "".join(below[:1])
    if not name or is_same_name(name, known):
        return True
    other = CriterionNames(criteria_set).of_other(name, number)
    code = "CRITERION_NAME_OF_OTHER" if other else "CRITERION_NAME_DIFFERS"
    _report(context, code, heading, number=number, known=known, name=name, other=other)
    return other is None


def report_missing(context: SheetContext, criteria_set: CriteriaSet, numbers: Collection[str]) -> None:
    """Write down which criteria of a set a table does not have."""
    missing = [number for number in criteria_set.numbers if number not in numbers]
    if missing:
        context.report("CRITERION_MISSING", numbers=", ".join(missing))


def _order(number: str) -> int:
    return int(number) if number.isdigit() else 0


def _report(context: SheetContext, code: str, heading: Heading, /, **values: object) -> None:
    context.report(code, context.table.header_bottom, heading.column, **values)
