"""Cells that judge a criterion or an indicator (marks, planned years, figures) to the facts that they state."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from etl.clean.marks import MET, NOT_MET, UNKNOWN, MarkReader, mark_key, planned_year
from etl.clean.money import take_apart
from etl.clean.numbers import clear_styles
from etl.context import Fact, Indicator, SheetContext
from ntm.geo.names import clean_text, text_key
from ntm.geo.units import Unit

_PLANS = frozenset({"plan", "registered"})
# Marks that are also figures: what they are depends on whether the indicator is answered by yes and no.
_FIGURES = frozenset({"0", "1", "-", "–", "—"})
_YES_AND_NO = frozenset({"có", "không", "k", "ko"})
_NOTHING = "none"
NO_REMARKS: Mapping[str, str] = {}


@dataclass(frozen=True)
class Subject:
    """Whom facts are about, under which set, at which day, and whether they are results, estimates or plans."""

    unit: Unit
    set_code: str
    period_end: date
    value_kind: str

    @property
    def columns(self) -> Fact:
        """The columns that begin every fact."""
        return {
            "unit_code": self.unit.unit_code,
            "set_code": self.set_code,
            "period_end": self.period_end,
            "value_kind": self.value_kind,
        }


@dataclass(frozen=True)
class Mark:
    """What a mark says; `planned_year` is the year for which it plans the criterion."""

    outcome: str
    planned_year: int | None = None


@dataclass(frozen=True)
class Figure:
    """What a cell states of an indicator: a number, or its words where it is none or no exact one; or a mark alone."""

    value: Decimal | None = None
    stated: str | None = None
    is_approximate: bool = False
    mark: Mark | None = None


@dataclass(frozen=True)
class Writing:
    """How a column writes its numbers, and whether some of its cells are shown as percentages."""

    style: str | None = None
    has_percents: bool = False


def writing_of(context: SheetContext, rows: Iterable[int], column: int) -> Writing:
    """Return how a column writes its numbers in some rows; the style is None where its cells do not tell."""
    places = [(row, column) for row in rows]
    styles = clear_styles(context.grid.value(*place) for place in places)
    has_percents = any(context.grid.is_percent(*place) for place in places)
    return Writing(next(iter(styles)) if len(styles) == 1 else None, has_percents)


def read_mark(context: SheetContext, row: int, column: int, reader: MarkReader, subject: Subject) -> Mark | None:
    """Return what a mark says; None for a cell that holds an error and so states nothing.

    'Cơ bản đạt', '95%' or 'đạt 16/19' are no marks: unknown, and asked about. A planned year is 'not met' with a plan.
    """
    if context.report_fault(row, column):
        return None
    value = context.grid.value(row, column)
    is_percent = context.grid.is_percent(row, column)
    outcome = None if is_percent else reader.outcome(value)
    if outcome:
        return Mark(outcome)
    if year := planned_year(value, context.period.end):
        return _planned(context, row, column, subject, year)
    context.report("MARK_UNKNOWN", row, column)
    return Mark(UNKNOWN)


def _planned(context: SheetContext, row: int, column: int, subject: Subject, year: int) -> Mark:
    """Return the mark of a planned year. In a plan that ends with that year it says what is to be met."""
    context.report("MARK_PLANNED", row, column, year=year)
    if subject.value_kind in _PLANS and date(year, 12, 31) == subject.period_end:
        return Mark(MET)
    return Mark(NOT_MET, year)


def add_criterion(
    context: SheetContext,
    subject: Subject,
    number: str,
    mark: Mark,
    row: int,
    column: int,
    remarks: Mapping[str, str] = NO_REMARKS,
) -> None:
    """Load what a cell says of a criterion, and its plan where it states one.

    `remarks` holds `cause` and `proposal` where the row states them. A fact has one cell, that of the mark: the texts
    stand beside it in the same row.
    """
    place = context.provenance(row, column)
    fact = {**subject.columns, "criterion_no": number, "outcome": mark.outcome, **remarks, **place}
    context.reading.add("criterion_result", fact)
    _add_plan(context, subject, "criterion_result", {"criterion_no": number}, mark, row, column)


def add_indicator(
    context: SheetContext, subject: Subject, indicator: Indicator, figure: Figure, outcome: str, row: int, column: int
) -> None:
    """Load what one or two cells say of an indicator; `column` is that of the cell that says most."""
    context.reading.add(
        "indicator_value",
        {
            **subject.columns,
            "indicator_code": indicator.code,
            "value": figure.value,
            "stated": figure.stated,
            "is_approximate": figure.is_approximate,
            "outcome": outcome,
            **context.provenance(row, column),
        },
    )
    if figure.mark:
        own = {"indicator_code": indicator.code, "is_approximate": False}
        _add_plan(context, subject, "indicator_value", own, figure.mark, row, column)


def _add_plan(
    context: SheetContext, subject: Subject, table: str, own: Fact, mark: Mark, row: int, column: int
) -> None:
    if mark.planned_year is None:
        return
    day = date(mark.planned_year, 12, 31)
    until = subject.unit.valid_to
    if until and until.year == day.year:  # the unit ends within the year: its code may then mean another
        day = min(day, until)
    if not subject.unit.in_force(day):
        context.report("PLAN_AFTER_UNIT", row, column, name=subject.unit.name, until=until or day)
        return
    plan = Subject(subject.unit, subject.set_code, day, "plan")
    context.reading.add(table, {**plan.columns, **own, "outcome": MET, **context.provenance(row, column)})


def read_figure(
    context: SheetContext,
    row: int,
    column: int,
    indicator: Indicator,
    writing: Writing,
    reader: MarkReader | None = None,
    subject: Subject | None = None,
) -> Figure | None:
    """Return what a cell states of an indicator, None when it states nothing; a percentage becomes 0-100.

    With a reader the cell may hold a mark as well. What is neither number nor mark is kept in its words.
    """
    if context.report_fault(row, column):
        return None
    value = context.grid.value(row, column)
    text = clean_text(value)
    if not text:
        return None
    is_percent = context.grid.is_percent(row, column)
    if reader and subject and not is_percent:
        mark = _mark_of_indicator(context, row, column, indicator, reader, subject)
        if mark:
            return Figure(mark=mark, stated=text if mark.outcome == UNKNOWN else None)
    return _figure_of(context, row, column, indicator, writing)


def _figure_of(context: SheetContext, row: int, column: int, indicator: Indicator, writing: Writing) -> Figure:
    """Return the number of a cell that holds no mark, or its words."""
    value, origin = context.grid.value(row, column), context.grid.origin(row, column)
    text = clean_text(value)
    if origin in context.grid.date_formats:
        context.report("INDICATOR_DATE", row, column, code=indicator.code)
        return Figure(stated=text)
    written = take_apart(value.rstrip("% ") if isinstance(value, str) else value)
    number = written.read(writing.style)
    if number is None or (written.factor and not indicator.unit.startswith("triệu")):
        if _is_numeric(indicator):
            context.report("INDICATOR_IN_WORDS", row, column, code=indicator.code)
        return Figure(stated=text)
    number *= written.factor or 1
    if context.grid.is_percent(row, column):
        number *= 100
    elif writing.has_percents and 0 < abs(number) < 1 and not text.endswith("%"):
        context.report("PERCENT_UNCLEAR", row, column, code=indicator.code)
    if written.is_approximate:
        context.report("VALUE_APPROXIMATE", row, column)
    return Figure(number, text if written.is_approximate else None, written.is_approximate)


def _is_numeric(indicator: Indicator) -> bool:
    """Tell whether an indicator is measured by a number; 'Khá' and 'Mức độ 2' are the results of others."""
    return indicator.unit == "%" or indicator.unit.startswith("triệu")


def _mark_of_indicator(
    context: SheetContext, row: int, column: int, indicator: Indicator, reader: MarkReader, subject: Subject
) -> Mark | None:
    """Return the mark in a column that may hold marks or figures; None for what is a figure.

    1, 0 and '-' are marks of an indicator that is met or not, figures of one that is measured. 'Không' under 'Không có
    khiếu kiện' can say either: unknown, and asked about.
    """
    value = context.grid.value(row, column)
    key = mark_key(value)
    is_answered = indicator.is_yes_or_no
    if key in _FIGURES:
        if is_answered:
            return Mark(reader.outcome(value) or UNKNOWN)
        if indicator.direction or key not in ("0", "1"):
            return None
        context.report("INDICATOR_MARK_UNCLEAR", row, column, code=indicator.code)
        return Mark(UNKNOWN)
    if key in _YES_AND_NO and _is_negative(indicator):
        context.report("INDICATOR_MARK_UNCLEAR", row, column, code=indicator.code)
        return Mark(UNKNOWN)
    if outcome := reader.marks.get(key):
        return Mark(outcome)
    year = planned_year(value, context.period.end) if isinstance(value, str) or is_answered else None
    return _planned(context, row, column, subject, year) if year else None


def _is_negative(indicator: Indicator) -> bool:
    """Tell whether an indicator demands that something is not there ('Nhà tạm, dột nát', 'Không có …')."""
    return indicator.direction == _NOTHING or text_key(indicator.name).startswith(text_key("không") + " ")


@dataclass
class Blanks:
    """Criteria and indicators of one unit that are blank with nothing to say what that means, by row and column."""

    places: dict[tuple[int, int], str] = field(default_factory=dict)

    def report(self, context: SheetContext) -> None:
        """Write them down, once for the unit."""
        if self.places:
            context.report("MARK_BLANK", *min(self.places), numbers=", ".join(self.places.values()))
