"""Shelves of saved things (decks, views, questions, scenarios): opened by link, saved with a name, and listed.

Names and authors are what anybody typed: they are shown where nothing is read as markup (plain text, options, cells).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlencode

import streamlit as st

from ntm.errors import NtmError
from ntm.i18n import Translator
from ntm.saved import LONGEST_AUTHOR, LONGEST_NAME, Saved, listing, load, save, unreadable
from ntm.settings import settings
from ntm.ui.cache import snapshot
from ntm.ui.frozen import freeze, is_current, thaw
from ntm.ui.language import KEY as LANGUAGE
from ntm.warehouse import build_path, pin


@dataclass(frozen=True)
class Shelf:
    """One kind of saved things: its kind in ntm.saved, the name of its link in the URL, the section of its texts."""

    kind: str
    parameter: str
    texts: str

    @property
    def opened(self) -> str:
        """Key of the session for the id that is open."""
        return f"{self.texts}_opened"

    @property
    def picked(self) -> str:
        """Key of the list's widget."""
        return f"{self.texts}_pick"


_BROKEN_NAMED = 5
Content = TypeVar("Content")
SHELVES = (
    DECKS := Shelf("deck", "deck", "conference"),
    VIEWS := Shelf("view", "view", "explore"),
    QUESTIONS := Shelf("query", "saved_query", "query"),
    SCENARIOS := Shelf("scenario", "scenario", "whatif"),
)


def open_by_link(
    t: Translator, shelf: Shelf, read: Callable[[Saved], Content | None], take: Callable[[Saved, Content], None]
) -> Saved | None:
    """Return what the URL names, if anything; why it cannot be opened is said on the page.

    read: what its content means to the page; None, or NtmError, when it is not of this kind. take: sets the page to it,
    when it has just been opened.
    """
    id = st.query_params.get(shelf.parameter)
    if not id:
        st.session_state.pop(shelf.opened, None)
        return None
    try:
        found = load(settings().saved_folder, shelf.kind, id)
        content = read(found) if found else None
    except NtmError as error:
        st.error(t(error.key, **error.values))
        return None
    if found is None or content is None:
        st.warning(t(f"{shelf.texts}.not_found"))
        return None
    if st.session_state.get(shelf.opened) != id:
        st.session_state[shelf.opened] = id
        take(found, content)
    return found


def look_at(build_id: str) -> None:
    """Set the dashboard to the snapshot that something was saved with, as long as it is kept."""
    if is_current(build_id):
        thaw()
        return
    try:
        build_path(build_id)
    except NtmError:
        return
    freeze(build_id)


def ask_name_and_author(t: Translator, shelf: Shelf) -> tuple[str, str]:
    """Ask for a name, and for the author where no login tells one; to be called within a form."""
    name = st.text_input(t(f"{shelf.texts}.name"), max_chars=LONGEST_NAME, key=f"{shelf.texts}_name")
    known = st.user.get("name")
    if isinstance(known, str) and known.strip():
        st.text(t("saved.author_is", name=known))
        return name, known
    return name, st.text_input(t("saved.author"), max_chars=LONGEST_AUTHOR, key=f"{shelf.texts}_author")


def put(t: Translator, shelf: Shelf, name: str, author: str, content: Mapping[str, Any], *, is_pinned: bool) -> None:
    """Save something and open it; what keeps it from being saved is said. `is_pinned`: its snapshot stays for good."""
    build_id = snapshot().build_id
    try:
        if is_pinned:
            pin(build_id)
        made = save(
            settings().saved_folder, shelf.kind, name=name, author=author, snapshot=build_id, content=dict(content)
        )
    except NtmError as error:
        st.error(t(error.key, **error.values))
        return
    st.session_state[shelf.opened] = made.id
    st.query_params[shelf.parameter] = made.id
    st.rerun()


def listed(t: Translator, shelf: Shelf, is_wanted: Callable[[Saved], bool] = lambda _: True) -> Mapping[str, Saved]:
    """Show what was saved, to open one of it, and the files that cannot be read; return it by id."""
    folder = settings().saved_folder
    found = {item.id: item for item in listing(folder, shelf.kind) if is_wanted(item)}
    if broken := unreadable(folder, shelf.kind):
        st.warning(t("saved.broken", count=t.format.number(len(broken))))
        st.text(", ".join(broken[:_BROKEN_NAMED]))
    if not found:
        st.markdown(t(f"{shelf.texts}.none_saved"))
        return found
    titles = {id: title(t, item) for id, item in found.items()}
    if st.session_state.get(shelf.picked) not in found:
        st.session_state[shelf.picked] = None
    st.selectbox(
        t(f"{shelf.texts}.pick"),
        list(titles),
        index=None,
        format_func=titles.__getitem__,
        placeholder=t(f"{shelf.texts}.choose_saved"),
        key=shelf.picked,
        on_change=_open_picked,
        args=(shelf,),
    )
    return found


def _open_picked(shelf: Shelf) -> None:
    if id := st.session_state.get(shelf.picked):
        st.session_state.pop(shelf.opened, None)
        st.query_params[shelf.parameter] = id


def title(t: Translator, item: Saved) -> str:
    """Return name, author and time of something saved; plain text, to be read as no markup."""
    return f"{item.name} · {item.author} · {t.format.time(item.saved_at)}"


def show_link(t: Translator, shelf: Shelf, id: str, kept: Collection[str] = (LANGUAGE,)) -> None:
    """Show the address of the page with what was saved; `kept` are the parameters that stay besides, as they stand."""
    parameters = {name: st.query_params[name] for name in kept if name in st.query_params}
    st.caption(t("saved.link"))
    address = (st.context.url or "").partition("?")[0]
    st.code(f"{address}?{urlencode(parameters | {shelf.parameter: id})}", language=None, wrap_lines=True)
