"""Choices that lie in the URL by their codes: a link holds in the other language too."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import streamlit as st

from ntm.ui.filters import WIDTH


def choose_one(
    label: str,
    options: Mapping[str, str],
    *,
    key: str,
    default: str | None = None,
    is_disabled: bool = False,
    width: int = WIDTH,
) -> str:
    """Show a select box and return the code chosen. `options` are the words of each code, `key` its name in the URL.

    The first option, or `default`, is chosen where nothing else is; the URL is then left without it. Bound by Streamlit
    itself (1.67), a choice would stand in the URL by the words of one language.
    """
    return _asked(partial(st.selectbox, width=width, disabled=is_disabled), label, options, key, default)


def switch_one(label: str, options: Mapping[str, str], *, key: str) -> str:
    """Show the same as buttons side by side, for few options."""
    return _asked(partial(st.segmented_control, required=True), label, options, key, None)


def choose_several(label: str, options: Mapping[str, str], *, key: str, placeholder: str) -> tuple[str, ...]:
    """Show a box to choose several in and return their codes; they lie in the URL, put together by commas."""
    if key not in st.session_state:
        st.session_state[key] = st.query_params.get(key, "").split(",")
    st.session_state[key] = [code for code in st.session_state[key] if code in options]
    chosen = st.multiselect(
        label,
        list(options),
        format_func=options.__getitem__,
        key=key,
        placeholder=placeholder,
        select_all=False,
        persist_state="session",
    )
    if chosen:
        st.query_params[key] = ",".join(chosen)
    elif key in st.query_params:
        del st.query_params[key]
    return tuple(chosen)


def _asked(widget: partial[str], label: str, options: Mapping[str, str], key: str, default: str | None) -> str:
    first = default or next(iter(options))
    if st.session_state.get(key) not in options:
        given = st.query_params.get(key)
        st.session_state[key] = given if given in options else first
    chosen = widget(label, list(options), format_func=options.__getitem__, key=key, persist_state="session")
    if chosen != first:
        st.query_params[key] = chosen
    elif key in st.query_params:
        del st.query_params[key]
    return chosen
