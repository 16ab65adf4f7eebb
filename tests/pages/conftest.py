"""What the tests of pages leave as it was."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

_MAIN = sys.modules["__main__"]
"""As it is before any test: fixtures of a whole module open pages before one of its tests begins."""


@pytest.fixture(autouse=True)
def main_module() -> Iterator[None]:
    """Put the main module back: AppTest puts the script it runs there, and child processes of later tests load it."""
    yield
    sys.modules["__main__"] = _MAIN
