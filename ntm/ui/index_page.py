"""Streamlit's own page, told two things before its scripts run: the language, and where its server is.

Without the second it asks at each deep link whether its server lies below the page's address: two requests that fail,
two errors in the browser's console, and the time of both.
"""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config

_HEAD, _HTML = b"<head>", b'<html lang="en">'
_STREAMLIT = b"<title>Streamlit</title>"
_VIETNAMESE = b'<html lang="vi">'
_SCRIPT = '<script>window.__streamlit={{BACKEND_BASE_URL:location.origin+"{base}"}}</script>'


class IndexPage:
    """Middleware that completes the page. Everything else passes through untouched."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer requests for a page of the browser (`Accept: text/html`) with the page completed."""
        if scope["type"] != "http" or "text/html" not in Request(scope).headers.get("accept", ""):
            await self.app(scope, receive, send)
            return
        del MutableHeaders(scope=scope)["accept-encoding"]  # what is compressed cannot be completed
        messages: list[Message] = []

        async def collect(message: Message) -> None:
            messages.append(message)

        await self.app(scope, receive, collect)
        await _completed(messages)(scope, receive, send)


def _completed(messages: list[Message]) -> Response:
    start = messages[0]
    body = b"".join(message.get("body", b"") for message in messages[1:])
    headers = MutableHeaders(raw=list(start["headers"]))
    response = Response(complete(body), status_code=start["status"])
    kept = ("content-length", "etag", "last-modified")  # of the page as it was
    response.raw_headers += [(name, value) for name, value in headers.raw if name.decode() not in kept]
    return response


def complete(page: bytes) -> bytes:
    """Return a page of Streamlit with its language and the address of its server; other pages as they are."""
    if _STREAMLIT not in page:
        return page
    base = (config.get_option("server.baseUrlPath") or "").strip("/")
    script = _SCRIPT.format(base=f"/{base}" if base else "")
    return page.replace(_HTML, _VIETNAMESE, 1).replace(_HEAD, _HEAD + script.encode(), 1)
