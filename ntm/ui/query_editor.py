"""Where a question in SQL is written, taken from an example or a link, and run when its button is pressed.

A link brings the text alone: a question that ran by being opened would let anybody spend the server's time, and a
reader see an answer without having seen what was asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

import streamlit as st

from ntm.i18n import Translator
from ntm.query_room.example_files import examples
from ntm.query_room.room import Answer, QueryError, Room
from ntm.ui.cache import read, snapshot

LINK = "sql"
"""Name of the question in the URL. It stands there as it was written: who gets the link can read what it asks."""
_TEXT, _ASKED, _TAKEN, _EXAMPLE = "query_text", "query_asked", "query_taken", "query_example"
_LONGEST_LINK = 4_000
"""Letters of a question in a URL; proxies and mail programs cut longer addresses."""
_BEGINNING = "select name, criteria_met, criteria_total from mart_commune_month limit 20"
_LOOK = f"<style>.st-key-{_TEXT} textarea {{ font-family: monospace; }}</style>"
_ROOM = Room()


@dataclass(frozen=True)
class Asked:
    """A question that was run: at which snapshot, and what came of it."""

    question: str
    build_id: str
    outcome: Answer | QueryError


def introduction(t: Translator) -> None:
    """Say what this room is, what it looks at, and what a question may take."""
    row, limits = read("snapshot").iloc[0], _ROOM.limits
    with st.container(border=True):
        st.markdown(
            t(
                "query.intro",
                build_id=row["build_id"],
                time=t.format.time(row["built_at"]),
                seconds=t.format.plain(limits.seconds),
                rows=t.format.number(limits.rows),
            )
        )
        st.markdown(t("query.caution"))


def ask(t: Translator) -> Asked | None:
    """Show the examples and the editor; return the question that was run last, with its outcome."""
    _take_link(t)
    found = examples()
    st.selectbox(
        t("query.example"),
        list(found),
        index=None,
        format_func=lambda name: found[name].title[t.language],
        placeholder=t("query.choose_example"),
        key=_EXAMPLE,
        on_change=_take_example,
    )
    asked: Asked | None = st.session_state.get(_ASKED)
    notice = st.empty()
    st.html(_LOOK)
    with st.form("query_form", enter_to_submit=False):
        sql = st.text_area(
            t("query.text"),
            key=_TEXT,
            height=260,
            max_chars=_ROOM.limits.question,
            placeholder=_BEGINNING,
            persist_state="session",
        )
        is_asked = st.form_submit_button(t("query.run"), type="primary", key="query_run")
    if is_asked:
        with st.spinner(t("query.running")):
            asked = st.session_state[_ASKED] = Asked(sql, snapshot().build_id, _outcome(sql))
    if asked:
        _put_in_link(asked.question)
    elif sql and sql == st.session_state.get(_TAKEN):
        notice.info(t("query.not_run"))
    return asked


def write(sql: str) -> None:
    """Put a question into the editor, not run yet; to be called before the editor is shown."""
    st.session_state[_TEXT] = sql
    st.session_state[_TAKEN] = sql
    st.session_state.pop(_ASKED, None)
    st.query_params.pop(LINK, None)


def _outcome(sql: str) -> Answer | QueryError:
    try:
        return _ROOM.ask(snapshot().path, sql)
    except QueryError as refused:
        return refused


def _take_link(t: Translator) -> None:
    """Take the question of the URL where it is another one than the last."""
    given = st.query_params.get(LINK)
    if not given or given == st.session_state.get(_TAKEN):
        return
    if len(given) > _ROOM.limits.question:
        st.warning(t("query.link_too_long"))
        return
    write(given)
    st.query_params[LINK] = given


def _take_example() -> None:
    if name := st.session_state.get(_EXAMPLE):
        write(examples()[name].sql)


def _put_in_link(sql: str) -> None:
    st.session_state[_TAKEN] = sql
    if fits_link(sql):
        st.query_params[LINK] = sql
    else:
        st.query_params.pop(LINK, None)


def fits_link(sql: str) -> bool:
    """Tell whether a question is short enough for a URL."""
    return bool(sql.strip()) and len(quote(sql)) <= _LONGEST_LINK
