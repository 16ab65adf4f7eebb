"""Views of the page Khám phá that were saved: the choices by their codes and the snapshot, which is then kept for good.

Names and authors are what anybody typed: they are shown where nothing is read as markup (plain text, options).
"""

from __future__ import annotations

import re
from urllib.parse import urlencode

import streamlit as st

from ntm.errors import NtmError
from ntm.i18n import Translator
from ntm.saved import LONGEST_AUTHOR, LONGEST_NAME, Saved, listing, load, save, unreadable
from ntm.settings import settings
from ntm.ui.cache import snapshot
from ntm.ui.filters import DISTRICT, MONTH, PROVINCE
from ntm.ui.frozen import build_text, freeze, is_current, thaw
from ntm.ui.language import KEY as LANGUAGE
from ntm.warehouse import build_path, pin

KIND = "view"
_PARAMETER, _OPENED, _PICKED = "view", "explore_opened", "explore_pick"
_CHOICE = re.compile(r"explore_[a-z]{1,20}")
_LONGEST = 400
_PLACE = (MONTH, DISTRICT, PROVINCE)
_SEVERAL = ("explore_standards", "explore_sources")


def open_by_link(t: Translator) -> Saved | None:
    """Return the view that the URL names, with the choices and the snapshot set to it when it has just been opened.

    The figures are then those that it was saved with, as long as the snapshot is kept.
    """
    id = st.query_params.get(_PARAMETER)
    if not id:
        st.session_state.pop(_OPENED, None)
        return None
    try:
        found = load(settings().saved_folder, KIND, id)
    except NtmError as error:
        st.error(t(error.key, **error.values))
        return None
    if found is None:
        st.warning(t("explore.not_found"))
        return None
    if st.session_state.get(_OPENED) != id:
        st.session_state[_OPENED] = id
        _take(found)
    return found


def _take(found: Saved) -> None:
    """Set the page to a saved view: its snapshot, place and month, and each choice; the others to their first."""
    if is_current(found.snapshot):
        thaw()
    elif _is_kept(found.snapshot):
        freeze(found.snapshot)
    choices = _plain(found.content.get("choices"))
    for name in [name for name in st.query_params if _CHOICE.fullmatch(name)]:
        del st.query_params[name]
    for name in [
        str(name) for name in st.session_state if _CHOICE.fullmatch(str(name)) and name not in (_OPENED, _PICKED)
    ]:
        del st.session_state[name]
    for name in _PLACE:
        st.session_state.pop(name, None)
        if name in choices:
            st.session_state[name] = choices[name]
    for name, value in choices.items():
        if name not in _PLACE:
            st.session_state[name] = value.split(",") if name in _SEVERAL else value


def _plain(values: object) -> dict[str, str]:
    """Return those of a file's choices that are choices of this page: its content is whatever somebody wrote there."""
    told = values.items() if isinstance(values, dict) else ()
    return {
        name: value
        for name, value in told
        if isinstance(name, str) and isinstance(value, str) and len(value) <= _LONGEST
        and (name in _PLACE or _CHOICE.fullmatch(name))
        and name not in (_OPENED, _PICKED)
    }  # fmt: skip


def _is_kept(build_id: str) -> bool:
    try:
        build_path(build_id)
    except NtmError:
        return False
    return True


def banner(t: Translator, opened: Saved) -> None:
    """Say whose view is open, of which snapshot, and the link to it."""
    with st.container(border=True):
        st.markdown(f"**{t('explore.opened')}**")
        st.text(_title(t, opened))
        if opened.snapshot != snapshot().build_id:
            st.warning(t("explore.other_snapshot", build=build_text(t, opened.snapshot)))
        st.caption(t("explore.share_link"))
        st.code(_link(opened.id), language=None, wrap_lines=True)


def show(t: Translator) -> None:
    """Ask for a name and save the view as it stands; list what was saved."""
    drawer = st.expander(t("explore.saved"), key="explore_saved_drawer", on_change="rerun")
    if drawer.open:
        with drawer:
            _form(t)
            _listed(t)


def choices_now() -> dict[str, str]:
    """Return what the URL tells of the view: place, month and choices by their codes."""
    return _plain(st.query_params.to_dict())


def _form(t: Translator) -> None:
    with st.form("explore_save", border=False):
        name = st.text_input(t("explore.name"), max_chars=LONGEST_NAME, key="explore_name")
        known = st.user.get("name")
        author = known if isinstance(known, str) and known.strip() else None
        if author:
            st.text(t("explore.author_is", name=author))
        typed = author or st.text_input(t("explore.author"), max_chars=LONGEST_AUTHOR, key="explore_author")
        st.caption(t("explore.save_note", build=build_text(t, snapshot().build_id)))
        if not st.form_submit_button(t("explore.save_button"), key="explore_save_button"):
            return
    month = st.session_state.get(MONTH)
    choices = choices_now() | ({MONTH: month} if isinstance(month, str) else {})
    try:
        pin(snapshot().build_id)
        made = save(
            settings().saved_folder,
            KIND,
            name=name,
            author=typed,
            snapshot=snapshot().build_id,
            content={"choices": choices},
        )
    except NtmError as error:
        st.error(t(error.key, **error.values))
        return
    st.session_state[_OPENED] = made.id
    st.query_params[_PARAMETER] = made.id
    st.rerun()


def _listed(t: Translator) -> None:
    folder = settings().saved_folder
    found = {item.id: item for item in listing(folder, KIND)}
    if broken := unreadable(folder, KIND):
        st.warning(t("explore.broken", count=t.format.number(len(broken))))
        st.text(", ".join(broken[:5]))
    if not found:
        st.markdown(t("explore.none_saved"))
        return
    titles = {id: _title(t, item) for id, item in found.items()}
    if st.session_state.get(_PICKED) not in found:
        st.session_state[_PICKED] = None
    st.selectbox(
        t("explore.pick"),
        list(titles),
        index=None,
        format_func=titles.__getitem__,
        placeholder=t("explore.choose_saved"),
        key=_PICKED,
        on_change=_open_picked,
    )


def _open_picked() -> None:
    if id := st.session_state.get(_PICKED):
        st.query_params[_PARAMETER] = id


def _title(t: Translator, item: Saved) -> str:
    return f"{item.name} · {item.author} · {t.format.time(item.saved_at)}"


def _link(id: str) -> str:
    """Return the address of this page with the view alone and the language: it sets everything else."""
    kept = {LANGUAGE: st.query_params[LANGUAGE]} if LANGUAGE in st.query_params else {}
    return f"{(st.context.url or '').partition('?')[0]}?{urlencode(kept | {_PARAMETER: id})}"
