"""What the application does outside of pages: warm-up at start, health answer, a message in place of a traceback."""

from __future__ import annotations

import gc
import importlib
import logging
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import streamlit as st
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from ntm.errors import NtmError
from ntm.ui.cache import frozen_build
from ntm.ui.geometry import prepare_country
from ntm.ui.language import current_translator
from ntm.warehouse import OTHER_VERSION, current_path

_log = logging.getLogger(__name__)
_USED_BY_PAGES = tuple(
    f"ntm.ui.{name}"
    for name in (
        "overview",
        "map_view",
        "commune_card",
        "profile_commune",
        "profile_district",
        "funding_view",
        "funding_overview",
        "funding_flow",
        "targets_sentences",
        "targets_standing",
        "criteria_heat",
        "ranking_districts",
        "conference_preview",
        "conference_files",
        "explore_pivot",
        "query_answer",
        "query_saved",
        "query_schema",
        "data_view",
    )
)
_SECONDS_TO_COUNTRY = 20.0
"""After the start, so that the first visitor does not share a core with the drawing of the country."""


@asynccontextmanager
async def lifespan(_app: Any) -> AsyncIterator[None]:
    """Load what every page needs before the first visitor, then take it out of the garbage collector's rounds."""
    for name in _USED_BY_PAGES:
        importlib.import_module(name)

    gc.collect()
    gc.freeze()
    country = threading.Timer(_SECONDS_TO_COUNTRY, prepare_country)
    country.daemon = True
    country.start()
    yield
    country.cancel()


async def health_response(_request: Request) -> Response:
    """Answer whether there is a snapshot to show: 200 with its build id, or 503."""
    try:
        return JSONResponse({"status": "ok", "build_id": current_path().stem})
    except NtmError as error:
        return JSONResponse({"status": "no_snapshot", "reason": error.key}, status_code=503)


def show_script_error(error: Exception) -> bool:
    """Show one plain sentence for an error of a page; the traceback goes to the log. Always handled."""
    t = current_translator()
    if isinstance(error, NtmError):
        _log.warning("page refused", extra={"key": error.key, "values": error.values})
        st.error(t(error.key, **error.values))
    elif isinstance(error, OTHER_VERSION) and (build_id := frozen_build()):
        _log.warning("snapshot of another version", extra={"build_id": build_id})
        st.error(t("frozen.other_version", build_id=build_id))
    else:
        _log.error("page failed", exc_info=error)
        st.error(t("error.page"))
    return True
