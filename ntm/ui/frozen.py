"""An older snapshot looked at in place of the current one, on every page: asked for by the URL, said on each page.

`?snapshot=<build id>` names it. The session remembers it, for Streamlit (1.67) drops the parameter from page to page.
"""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from ntm.errors import NtmError
from ntm.i18n import Translator
from ntm.ui.cache import FROZEN, frozen_build
from ntm.warehouse import build_path, current_path, is_build_id

PARAMETER = "snapshot"


def choose_snapshot(t: Translator) -> None:
    """Take up the snapshot that the URL names, and say on the page that its figures are fixed, with the way back.

    Of a snapshot that is kept no more that is said, and the current one is shown. What is no build id is not looked at.
    """
    asked = st.query_params.get(PARAMETER, "")
    if asked and not is_build_id(asked):
        del st.query_params[PARAMETER]
    elif asked:
        freeze(asked)
    frozen = frozen_build()
    if frozen is None:
        return
    try:
        build_path(frozen)
    except NtmError as error:
        thaw()
        st.warning(t(error.key, **error.values))
        return
    if not asked:
        st.query_params[PARAMETER] = frozen
    _banner(t, frozen)


def freeze(build_id: str) -> None:
    """Look at a kept snapshot from the next run on."""
    st.session_state[FROZEN] = build_id
    st.query_params[PARAMETER] = build_id


def thaw() -> None:
    """Look at whatever snapshot is current from the next run on."""
    st.session_state.pop(FROZEN, None)
    if PARAMETER in st.query_params:
        del st.query_params[PARAMETER]


def build_text(t: Translator, build_id: str) -> str:
    """Return when a snapshot was made, which its build id tells, and the id; the id alone where it tells no time."""
    made = made_at(build_id)
    return t("frozen.build", time=t.format.time(made), build_id=build_id) if made else build_id


def made_at(build_id: str) -> datetime | None:
    """Return the moment, in UTC, at which a snapshot was begun."""
    try:
        return datetime.strptime(build_id, "ntm-%Y%m%dT%H%M%S%fZ").replace(tzinfo=UTC)
    except ValueError:
        return None


def is_current(build_id: str) -> bool:
    """Tell whether a snapshot is the one that is current."""
    return current_path().stem == build_id


def _banner(t: Translator, build_id: str) -> None:
    with st.container(border=True, horizontal=True, vertical_alignment="center", key="frozen_banner"):
        st.markdown(t("frozen.banner", build=build_text(t, build_id)))
        st.caption(t("frozen.is_current" if is_current(build_id) else "frozen.is_older"))
        st.button(t("frozen.back"), key="frozen_back", on_click=thaw)
