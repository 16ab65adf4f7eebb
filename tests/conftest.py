"""What all tests share: the project's folder, and browser tests only where there is a browser."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def root() -> Path:
    """Folder of the project."""
    return ROOT


@pytest.fixture(scope="session")
def chrome_path() -> str:
    """Path of the Chromium that `make test` found; only tests marked `browser` may ask for it."""
    return os.environ["CHROME_PATH"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave the browser tests out, and say so, where CHROME_PATH names no browser."""
    if os.environ.get("CHROME_PATH"):
        return
    no_browser = pytest.mark.skip(reason="no browser: CHROME_PATH is not set (scripts/browser.sh)")
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(no_browser)
