"""The dashboard as an application: its script, its own routes, start-up, and what a person sees when a page fails."""

from __future__ import annotations

from starlette.middleware import Middleware
from starlette.routing import Route
from streamlit import App

from ntm.ui.browser_files import ROUTE, browser_file_response
from ntm.ui.geometry import geometry_response
from ntm.ui.index_page import IndexPage
from ntm.ui.presentation import MAP_ROUTE, presentation_map_response, presentation_response
from ntm.ui.presentation import ROUTE as PRESENTATION
from ntm.ui.server import health_response, lifespan, show_script_error
from ntm.ui.snapshot_files import ROUTE as SNAPSHOT
from ntm.ui.snapshot_files import snapshot_response

app = App(
    "ntm/ui/main.py",
    routes=[
        Route("/geo/{name}", geometry_response),
        Route(ROUTE, browser_file_response),
        Route(PRESENTATION, presentation_response),
        Route(MAP_ROUTE, presentation_map_response),
        Route(SNAPSHOT, snapshot_response),
        Route("/health", health_response),
    ],
    middleware=[Middleware(IndexPage)],
    lifespan=lifespan,
    on_script_error=show_script_error,
)
