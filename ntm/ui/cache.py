"""Reads of the snapshot, kept for the other visitors. The only place of the product that caches."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar, cast

import pandas as pd
import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from ntm.settings import settings
from ntm.warehouse import QueryValue, Snapshot, build_path, current_path

_FRAMES_KEPT = 400
FROZEN = "frozen_snapshot"
"""Where a session keeps the build id of the snapshot that it looks at in place of the current one."""
Result = TypeVar("Result")


@st.cache_resource(max_entries=8, show_spinner=False)
def _snapshot(path: Path) -> Snapshot:
    return Snapshot(path)


def snapshot() -> Snapshot:
    """Return the snapshot that the visitor looks at: the current one, unless an older one was asked for.

    A newer current one is taken up at the next rerun, without clearing anything. Raises NtmError when there is none.
    """
    folder, frozen = settings().warehouse_folder, frozen_build()
    return _snapshot(build_path(frozen, folder) if frozen else current_path(folder))


def frozen_build() -> str | None:
    """Return the build id of the snapshot that the visitor asked for; None for whatever is current."""
    # Threads of the server have no visitor.
    return st.session_state.get(FROZEN) if get_script_run_ctx(suppress_warning=True) else None


def snapshot_of(build_id: str) -> Snapshot:
    """Return a kept snapshot. Raises NtmError when it is there no more."""
    return _snapshot(build_path(build_id, settings().warehouse_folder))


# As a resource, not as data: that would pickle each frame for each reader. pandas copies on write.
@st.cache_resource(max_entries=_FRAMES_KEPT, show_spinner=False)
def _read(build_id: str, query: str, values: dict[str, QueryValue]) -> pd.DataFrame:
    return snapshot_of(build_id).read(query, **values)


def read(query: str, **values: QueryValue) -> pd.DataFrame:
    """Return the rows of a named query at the snapshot looked at. The frame is the caller's own."""
    plain = {name: value.date() if isinstance(value, pd.Timestamp) else value for name, value in values.items()}
    return _read(snapshot().build_id, query, plain).copy(deep=False)


# What is worked out of frames is kept like them: the functions are pure, so their name tells them apart.
@st.cache_resource(max_entries=_FRAMES_KEPT, show_spinner=False)
def _derived(
    build_id: str, name: str, query: str, values: dict[str, QueryValue], _work: Callable[[pd.DataFrame], object]
) -> object:
    return _work(_read(build_id, query, values).copy(deep=False))


def derived(work: Callable[[pd.DataFrame], Result], query: str, **values: QueryValue) -> Result:
    """Return what a function of a module makes of the rows of a named query; nobody may change it: it is shared."""
    name = f"{work.__module__}.{work.__qualname__}"
    return cast(Result, _derived(snapshot().build_id, name, query, values, work))


@st.cache_resource(max_entries=_FRAMES_KEPT, show_spinner=False)
def _made(build_id: str, name: str, values: tuple[QueryValue, ...], _make: Callable[..., object]) -> object:
    return _make(*values)


def made(make: Callable[..., Result], *values: QueryValue) -> Result:
    """Return what a function of a module makes of plain values and what it reads; nobody may change it: it is shared.

    For what takes several queries, or words too: then the language is one of the values.
    """
    return cast(Result, _made(snapshot().build_id, f"{make.__module__}.{make.__qualname__}", values, make))


def as_day(value: object) -> date:
    """Return the day of a value of a frame."""
    return pd.Timestamp(value).date()  # type: ignore[arg-type]
