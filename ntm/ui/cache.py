"""Reads of the snapshot, kept for the other visitors. The only place of the product that caches."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import streamlit as st

from ntm.settings import settings
from ntm.warehouse import QueryValue, Snapshot, current_path

_FRAMES_KEPT = 400


@st.cache_resource(max_entries=3, show_spinner=False)
def _snapshot(path: Path) -> Snapshot:
    return Snapshot(path)


def snapshot() -> Snapshot:
    """Return the current snapshot; a newer one is taken up at the next rerun, without clearing anything."""
    return _snapshot(current_path(settings().warehouse_folder))


# As a resource, not as data: that would pickle each frame for each reader. pandas copies on write.
@st.cache_resource(max_entries=_FRAMES_KEPT, show_spinner=False)
def _read(build_id: str, query: str, values: dict[str, QueryValue]) -> pd.DataFrame:
    return snapshot().read(query, **values)


def read(query: str, **values: QueryValue) -> pd.DataFrame:
    """Return the rows of a named query at the current snapshot. The frame is the caller's own."""
    plain = {name: value.date() if isinstance(value, pd.Timestamp) else value for name, value in values.items()}
    return _read(snapshot().build_id, query, plain).copy(deep=False)


def as_day(value: object) -> date:
    """Return the day of a value of a frame."""
    return pd.Timestamp(value).date()  # type: ignore[arg-type]
