"""The page of the components alone, served once for all tests of a file, and a window of a browser on it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from ntm.settings import ROOT
from tests.browser.serving import chromium

APP = Path(__file__).parent / "component_app"


@pytest.fixture(scope="module")
def component_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = tmp_path_factory.mktemp("components") / "server.log"
    with log.open("w") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}",
             "--server.address=127.0.0.1", "--server.headless=true", "--browser.gatherUsageStats=false",
             "--server.fileWatcherType=none"],
            cwd=APP, env=os.environ | {"PYTHONPATH": str(ROOT)}, stdout=output, stderr=subprocess.STDOUT,
        )  # fmt: skip
    try:
        url = f"http://127.0.0.1:{port}"
        wait_until_healthy(url, server, log)
        yield url
    finally:
        server.terminate()
        server.wait()


def wait_until_healthy(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(f"{url}/_stcore/health").close()  # noqa: S310
        except OSError:
            if server.poll() is not None:
                break
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"the server did not start:\n{log.read_text()}")


@pytest.fixture(scope="module")
def component_browser(chrome_path: str) -> Iterator[Browser]:
    with chromium(chrome_path) as started:
        yield started


@pytest.fixture
def component_page(component_browser: Browser, component_address: str) -> Iterator[Page]:
    """A window at the page; at the end nothing may have gone out, and nothing wrong."""
    context = component_browser.new_context(viewport={"width": 1280, "height": 900}, base_url=component_address)
    requests: list[str] = []
    errors: list[str] = []
    context.on("request", lambda request: requests.append(request.url))
    context.on("weberror", lambda error: errors.append(str(error.error)))
    yield context.new_page()
    context.close()
    assert errors == []
    assert [url for url in requests if not url.startswith((component_address, "blob:", "data:"))] == []
