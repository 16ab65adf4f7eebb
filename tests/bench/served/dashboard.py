"""The dashboard, with two pages more for measuring: an empty one and the map of a large province."""

from __future__ import annotations

from pathlib import Path

from starlette.routing import Route
from streamlit import App

from ntm.settings import ROOT
from ntm.ui import pages
from ntm.ui.browser_files import ROUTE, browser_file_response
from ntm.ui.geometry import geometry_response
from ntm.ui.server import lifespan, show_script_error

HERE = Path(__file__).parent
pages.PAGES = (
    *pages.PAGES,
    pages.PageEntry(str(HERE / "empty.py"), "bench-empty", "national.title"),
    pages.PageEntry(str(HERE / "large_map.py"), "bench-large-map", "map.title"),
)

app = App(
    ROOT / "ntm/ui/main.py",
    routes=[Route("/geo/{name}", geometry_response), Route(ROUTE, browser_file_response)],
    lifespan=lifespan,
    on_script_error=show_script_error,
)
