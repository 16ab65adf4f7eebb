"""What the tests of pages leave as it was."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def main_module() -> Iterator[None]:
    """Put the main module back: AppTest puts the script it runs there, and child processes of later tests load it."""
    kept = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = kept
