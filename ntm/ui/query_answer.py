"""What came of a question: why there is no answer, or its table, chart, files and link.

Names of columns are what somebody typed: those shown as headings are without signs that are read as markup.
"""

from __future__ import annotations

import re
from datetime import date

import pandas as pd
import streamlit as st

from ntm.charts.query import KINDS, MOST_BARS, MOST_COLORS, Chosen, answer_chart, drawn_rows, is_repeated
from ntm.formatting import UNKNOWN
from ntm.i18n import Translator
from ntm.query_room.room import Answer, QueryError
from ntm.query_room.values import unlike
from ntm.reports.table_sheet import Origin, columns
from ntm.ui import downloads, frame
from ntm.ui.cache import as_day, snapshot
from ntm.ui.choices import choose_one
from ntm.ui.query_editor import Asked, fits_link

_PAGE = 100
"""Rows that are written at once."""
_MARKUP = re.compile(r"[^\w \-.,()/]+")
_AS_OF = "period_end"
_KEY = "query"


def show(t: Translator, asked: Asked) -> bool:
    """Show the outcome of a question; return whether it was answered."""
    if isinstance(asked.outcome, QueryError):
        _refusal(t, asked.outcome)
        return False
    answer = asked.outcome
    if asked.build_id != snapshot().build_id:
        st.warning(t("query.other_snapshot", build_id=asked.build_id))
    if answer.is_cut:
        st.warning(t("query.cut", rows=t.format.number(len(answer.rows))))
    st.markdown(
        t(
            "query.answered",
            rows=t.format.number(len(answer.rows)),
            columns=t.format.number(len(answer.columns)),
            seconds=t.format.number(answer.seconds, 2),
        )
    )
    if not len(answer.rows):
        st.info(t("query.no_rows"))
        return True
    labels = _labels(t, answer)
    origin = Origin(t("query.heading"), _as_of(answer), t("query.source", build_id=asked.build_id))
    _table(t, answer, labels, origin)
    _chart(t, answer, labels, origin)
    _link(t, asked)
    return True


def _refusal(t: Translator, refused: QueryError) -> None:
    values = {name: t.format.number(told) if isinstance(told, int) else told for name, told in refused.values.items()}
    st.error(t(refused.key, **values))
    if refused.said:
        st.caption(t("query.engine_says"))
        st.code(refused.said, language=None, wrap_lines=True)


def _labels(t: Translator, answer: Answer) -> dict[str, str]:
    """Return the heading of each column: its name, without what a heading or a workbook could take for a command."""
    plain = (" ".join(_MARKUP.sub(" ", name).split()).lstrip("-.,()/ ") for name in answer.columns)
    named = [name or t("query.column", number=number) for number, name in enumerate(plain, 1)]
    return dict(zip(answer.columns, unlike(named), strict=True))


def _as_of(answer: Answer) -> date | None:
    """Return the newest month of the answer; None where it does not tell its months."""
    months = answer.rows.get(_AS_OF)
    is_told = months is not None and pd.api.types.is_datetime64_any_dtype(months) and months.notna().any()
    return as_day(months.max()) if is_told else None  # type: ignore[union-attr]


def _table(t: Translator, answer: Answer, labels: dict[str, str], origin: Origin) -> None:
    """Show the rows, page by page; the files have them all."""
    rows = answer.rows
    first = 0
    if len(rows) > _PAGE:
        starts = {str(start): f"{start + 1}–{min(start + _PAGE, len(rows))}" for start in range(0, len(rows), _PAGE)}
        first = int(choose_one(t("query.page"), starts, key="query_page"))
    shown = frame.written(t, rows.iloc[first : first + _PAGE], labels)
    st.dataframe(shown, hide_index=True, placeholder=UNKNOWN, width="stretch")
    frame.download(t, rows, labels, _KEY, origin)


def _link(t: Translator, asked: Asked) -> None:
    if fits_link(asked.question):
        st.caption(t("query.share_link"))
        st.code(downloads.page_address(), language=None, wrap_lines=True)
    else:
        st.caption(t("query.save_to_share"))


def _chart(t: Translator, answer: Answer, labels: dict[str, str], origin: Origin) -> None:
    chosen = _choose(t, answer, labels)
    if chosen is None:
        st.caption(t("query.no_numbers"))
        return
    drawn = drawn_rows(answer.rows, chosen)
    x, y = labels[chosen.x], labels[chosen.y]
    notes = []
    if unknown := int(answer.rows[[chosen.x, chosen.y]].isna().any(axis=1).sum()):
        notes.append(t("query.left_out", count=t.format.number(unknown)))
    if len(drawn) + unknown < len(answer.rows):
        notes.append(t("query.first_bars", most=t.format.number(MOST_BARS)))
    if is_repeated(drawn, chosen):
        st.info(t("query.repeated", column=x))
        return
    frame.chart(
        t,
        title=t("query.chart_title", y=y, x=x),
        figure=answer_chart(drawn, chosen, x, y, t),
        table=drawn,
        labels={name: labels[name] for name in chosen.columns},
        unit=_unit(t, answer, labels, chosen.y),
        as_of=origin.as_of,
        source=origin.source,
        key="query_chart",
    )
    for note in notes:
        st.caption(note)


def _choose(t: Translator, answer: Answer, labels: dict[str, str]) -> Chosen | None:
    """Ask for kind and columns, which lie in the URL by their numbers; None without a column of numbers."""
    codes = {str(number): name for number, name in enumerate(answer.columns, 1)}
    rows = answer.rows
    numbers = {code: labels[name] for code, name in codes.items() if _is_number(rows[name])}
    if not numbers:
        return None
    others = [code for code in codes if code not in numbers]
    colors = {code: labels[codes[code]] for code in others if rows[codes[code]].nunique(dropna=False) <= MOST_COLORS}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        kind = choose_one(t("query.kind"), {kind: t(f"query.kind_{kind}") for kind in KINDS}, key="query_kind")
        along = numbers if kind == "scatter" else {code: labels[name] for code, name in codes.items()}
        x = choose_one(t("query.x"), along, key="query_x", default=_first(along, others))
        y = choose_one(t("query.y"), numbers, key="query_y", default=list(numbers)[-1 if kind == "scatter" else 0])
        color = choose_one(
            t("query.color"),
            {"none": t("query.one_color")} | colors,
            key="query_color",
            default=_telling_apart(rows, codes[x], {code: codes[code] for code in colors}),
        )
    return Chosen(next(known for known in KINDS if known == kind), codes[x], codes[y], codes.get(color))


def _is_number(values: pd.Series) -> bool:
    return pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values)


def _telling_apart(rows: pd.DataFrame, x: str, colors: dict[str, str]) -> str:
    """Return the code of the column whose colours tell rows of one place apart; 'none' where none has to or can."""
    if not rows.duplicated([x]).any():
        return "none"
    return next((code for code, name in colors.items() if not rows.duplicated([x, name]).any()), "none")


def _first(options: dict[str, str], wanted: list[str]) -> str:
    return next((code for code in wanted if code in options), next(iter(options)))


def _unit(t: Translator, answer: Answer, labels: dict[str, str], column: str) -> str:
    """Return the unit that the catalog gives a column of this name; else that of the question, whatever it is."""
    sheet = frame.table_sheet(answer.rows.head(1), {column: labels[column]})
    return columns(sheet, t)[0].unit or t("query.unit_of_column", column=labels[column])
