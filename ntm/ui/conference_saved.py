"""Decks that were saved: a choice, what was written over, and the snapshot, which is then kept for good.

Names and authors are what anybody typed: they are shown where nothing is read as markup (plain text, options, cells).
"""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

from ntm.errors import NtmError
from ntm.i18n import LANGUAGES, Translator
from ntm.reports.deck.choice import Choice, choice_of
from ntm.reports.deck.model import Deck
from ntm.saved import LONGEST_AUTHOR, LONGEST_NAME, Saved, listing, load, save, unreadable
from ntm.settings import settings
from ntm.ui import conference_changes
from ntm.ui import conference_deck as decks
from ntm.ui.cache import snapshot
from ntm.ui.conference_choice import take
from ntm.ui.frozen import build_text, freeze, is_current, thaw
from ntm.warehouse import build_path, pin

KIND = "deck"
_PARAMETER, _OPENED, _PICKED = "deck", "deck_opened", "deck_pick"


def open_by_link(t: Translator) -> Saved | None:
    """Return the deck that the URL names, with the choices and the snapshot set to it when it has just been opened.

    The figures are then those that it was saved with, on every page, as long as the snapshot is kept.
    """
    id = st.query_params.get(_PARAMETER)
    if not id:
        st.session_state.pop(_OPENED, None)
        return None
    try:
        found = load(settings().saved_folder, KIND, id)
        choice = choice_of(found.content) if found else None
    except NtmError as error:
        st.error(t(error.key, **error.values))
        return None
    if found is None or choice is None:
        st.warning(t("conference.not_found"))
        return None
    if st.session_state.get(_OPENED) != id:
        st.session_state[_OPENED] = id
        _take(found, choice)
    return found


def _take(found: Saved, choice: Choice) -> None:
    """Set the page to a saved deck, then run it anew where it has to look at another snapshot."""
    before = snapshot().build_id
    language = found.content.get("language")
    texts = found.content.get("edits")
    if language in LANGUAGES and isinstance(texts, dict):
        decks.take_edits(language, choice, {str(key): str(text) for key, text in texts.items()})
    if is_current(found.snapshot):
        thaw()
    elif _is_kept(found.snapshot):
        freeze(found.snapshot)
    take(choice)
    if snapshot().build_id != before:
        st.rerun()


def banner(t: Translator, opened: Saved) -> None:
    """Say whose deck is open, and what of its figures a newer snapshot has changed."""
    with st.container(border=True):
        st.markdown(f"**{t('conference.opened')}**")
        st.text(_title(t, opened))
        st.caption(t("conference.share_link"))
        st.code(_link(opened.id), language=None, wrap_lines=True)
        written = opened.content.get("language")
        if opened.content.get("edits") and written != t.language and written in LANGUAGES:
            st.info(t("conference.other_language", language=t(f"conference.language_{written}")))
        conference_changes.show(t, opened, choice_of(opened.content))


def show(t: Translator, choice: Choice, deck: Deck) -> None:
    """Ask for a name and save the deck as it stands; list what was saved."""
    _form(t, choice, deck)
    _listed(t)


def _form(t: Translator, choice: Choice, deck: Deck) -> None:
    with st.form("deck_save"):
        st.subheader(t("conference.save"))
        name = st.text_input(t("conference.name"), max_chars=LONGEST_NAME, key="deck_name")
        known = st.user.get("name")
        author = known if isinstance(known, str) and known.strip() else None
        if author:
            st.text(t("conference.author_is", name=author))
        typed = author or st.text_input(t("conference.author"), max_chars=LONGEST_AUTHOR, key="deck_author")
        st.caption(t("conference.save_note", build=build_text(t, deck.snapshot)))
        if not st.form_submit_button(t("conference.save_button"), key="deck_save_button"):
            return
    content = choice.content() | {"language": t.language, "edits": dict(decks.edits(t, choice))}
    try:
        pin(deck.snapshot)
        made = save(settings().saved_folder, KIND, name=name, author=typed, snapshot=deck.snapshot, content=content)
    except NtmError as error:
        st.error(t(error.key, **error.values))
        return
    st.session_state[_OPENED] = made.id
    st.query_params[_PARAMETER] = made.id
    st.rerun()


def _listed(t: Translator) -> None:
    folder = settings().saved_folder
    found = {item.id: item for item in listing(folder, KIND)}
    with st.container(border=True):
        st.subheader(t("conference.saved"))
        if broken := unreadable(folder, KIND):
            st.warning(t("conference.broken", count=t.format.number(len(broken))))
            st.text(", ".join(broken[:5]))
        if not found:
            st.markdown(t("conference.none_saved"))
            return
        titles = {id: _title(t, item) for id, item in found.items()}
        if st.session_state.get(_PICKED) not in found:
            st.session_state[_PICKED] = None
        st.selectbox(
            t("conference.pick"),
            list(titles),
            index=None,
            format_func=titles.__getitem__,
            placeholder=t("conference.choose_saved"),
            key=_PICKED,
            on_change=_open_picked,
        )


def _open_picked() -> None:
    if id := st.session_state.get(_PICKED):
        st.query_params[_PARAMETER] = id


def _is_kept(build_id: str) -> bool:
    try:
        build_path(build_id)
    except NtmError:
        return False
    return True


def _title(t: Translator, item: Saved) -> str:
    return f"{item.name} · {item.author} · {t.format.time(item.saved_at)}"


def _link(id: str) -> str:
    """Return the address of the page with the deck and the language: all else is told by the deck itself."""
    kept = {name: st.query_params[name] for name in ("lang",) if name in st.query_params}
    return f"{(st.context.url or '').partition('?')[0]}?{urlencode(kept | {_PARAMETER: id})}"
