"""The page that a browser gets first: told its language and where its server is."""

from __future__ import annotations

import asyncio
import gzip
import json

from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route
from starlette.types import Message

from ntm.ui.index_page import IndexPage, complete

PAGE = '<!DOCTYPE html>\n<html lang="en">\n  <head>\n    <title>Streamlit</title></head><body>' + "x" * 2000


def page(_request: Request) -> Response:
    return HTMLResponse(PAGE, headers={"etag": "old", "cache-control": "no-cache"})


def data(_request: Request) -> Response:
    return JSONResponse({"html": PAGE})


# As in the product: the page is completed outside of what compresses it.
APP = Starlette(
    routes=[Route("/", page), Route("/data", data)],
    middleware=[Middleware(IndexPage), Middleware(GZipMiddleware, minimum_size=10)],
)


def get(path: str, accept: str) -> tuple[Headers, bytes]:
    """Return headers and body of the answer to a browser that takes gzip."""
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    headers = [(b"accept", accept.encode()), (b"accept-encoding", b"gzip")]
    scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": headers, "root_path": ""}
    asyncio.run(APP(scope, receive, send))
    return Headers(raw=sent[0]["headers"]), b"".join(message.get("body", b"") for message in sent[1:])


def test_a_page_is_told_language_and_server_before_its_scripts() -> None:
    headers, body = get("/", "text/html,*/*")
    text = body.decode()
    assert '<html lang="vi">' in text
    assert text.index("BACKEND_BASE_URL:location.origin") < text.index("<title>")
    assert int(headers["content-length"]) == len(body)
    assert "etag" not in headers
    assert headers["cache-control"] == "no-cache"
    assert headers.getlist("content-type") == ["text/html; charset=utf-8"]


def test_everything_else_passes_through_compressed_and_untouched() -> None:
    headers, body = get("/data", "*/*")
    assert headers["content-encoding"] == "gzip"
    assert json.loads(gzip.decompress(body)) == {"html": PAGE}


def test_a_page_that_is_not_streamlits_stays_as_it_is() -> None:
    assert complete(b"<p>no head</p>") == b"<p>no head</p>"
    own = b'<html lang="en"><head><title>Our own page</title></head></html>'
    assert complete(own) == own
