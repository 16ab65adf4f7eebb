"""Questions that were saved with a name: opened by their link or from the list, never run by being opened.

Names and authors are what anybody typed: they are shown where nothing is read as markup (plain text, options, cells).
"""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

from ntm.errors import NtmError
from ntm.i18n import Translator
from ntm.saved import LONGEST_AUTHOR, LONGEST_NAME, Saved, listing, load, save, unreadable
from ntm.settings import settings
from ntm.ui.cache import snapshot
from ntm.ui.query_editor import write

KIND = "query"
_PARAMETER, _OPENED, _PICKED = "saved_query", "query_opened", "query_pick"
_SQL = "sql"


def open_by_link(t: Translator) -> Saved | None:
    """Return the question that the URL names, in the editor when it has just been opened."""
    id = st.query_params.get(_PARAMETER)
    if not id:
        st.session_state.pop(_OPENED, None)
        return None
    try:
        found = load(settings().saved_folder, KIND, id)
    except NtmError as error:
        st.error(t(error.key, **error.values))
        return None
    if found is None or not isinstance(found.content.get(_SQL), str):
        st.warning(t("query.not_found"))
        return None
    if st.session_state.get(_OPENED) != id:
        st.session_state[_OPENED] = id
        write(found.content[_SQL])
    return found


def save_form(t: Translator, sql: str) -> None:
    """Ask for a name, and for the author where no login tells one, and save the question that was run."""
    with st.form("query_save"):
        st.subheader(t("query.save"))
        name = st.text_input(t("query.name"), max_chars=LONGEST_NAME, key="query_name")
        known = st.user.get("name")
        author = known if isinstance(known, str) and known.strip() else None
        if author:
            st.text(t("query.author_is", name=author))
        typed = author or st.text_input(t("query.author"), max_chars=LONGEST_AUTHOR, key="query_author")
        if not st.form_submit_button(t("query.save_button"), key="query_save_button"):
            return
    try:
        made = save(
            settings().saved_folder, KIND, name=name, author=typed, snapshot=snapshot().build_id, content={_SQL: sql}
        )
    except NtmError as error:
        st.error(t(error.key, **error.values))
        return
    st.session_state[_OPENED] = made.id
    st.query_params[_PARAMETER] = made.id
    st.rerun()


def listed(t: Translator, opened: Saved | None) -> None:
    """Show the question that is open, with its link, and what else was saved."""
    folder = settings().saved_folder
    found = {item.id: item for item in listing(folder, KIND)}
    broken = unreadable(folder, KIND)
    if not found and not broken:
        return
    with st.container(border=True):
        st.subheader(t("query.saved"))
        if opened:
            st.text(_title(t, opened))
            st.caption(t("query.share_saved"))
            st.code(_link(opened.id), language=None, wrap_lines=True)
        if broken:
            st.warning(t("query.broken", count=t.format.number(len(broken))))
            st.text(", ".join(broken[:5]))
        titles = {id: _title(t, item) for id, item in found.items()}
        if st.session_state.get(_PICKED) not in found:
            st.session_state[_PICKED] = None
        st.selectbox(
            t("query.pick"),
            list(titles),
            index=None,
            format_func=titles.__getitem__,
            placeholder=t("query.choose_saved"),
            key=_PICKED,
            on_change=_open_picked,
        )


def _open_picked() -> None:
    if id := st.session_state.get(_PICKED):
        st.session_state.pop(_OPENED, None)
        st.query_params[_PARAMETER] = id


def _title(t: Translator, item: Saved) -> str:
    return f"{item.name} · {item.author} · {t.format.time(item.saved_at)}"


def _link(id: str) -> str:
    """Return the address of the page with the question and the language: all else is told by the question itself."""
    kept = {name: st.query_params[name] for name in ("lang",) if name in st.query_params}
    return f"{(st.context.url or '').partition('?')[0]}?{urlencode(kept | {_PARAMETER: id})}"
