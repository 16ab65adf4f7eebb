"""Words of workbooks and what they mean, read from etl/vocabulary/*.yml: a new synonym is a line there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from ntm.geo.names import text_key
from ntm.yaml_files import read_yaml

FOLDER = Path(__file__).parent.parent / "vocabulary"


@cache
def vocabulary(name: str) -> Any:
    """Return one vocabulary as it is written."""
    return read_yaml(FOLDER / f"{name}.yml")


@cache
def meanings(name: str) -> Mapping[str, str]:
    """Return meaning by text key, for a vocabulary that lists the words of each meaning."""
    return {text_key(str(word)): meaning for meaning, words in vocabulary(name).items() for word in words}


def contains(text: str, words: Iterable[str]) -> bool:
    """Tell whether a text contains one of some words or phrases, as whole words."""
    padded = _padded(text)
    return any(_padded(word) in padded for word in words)


def contains_all(text: str, words: Iterable[str]) -> bool:
    """Tell whether a text contains all of some words or phrases, as whole words."""
    padded = _padded(text)
    return all(_padded(word) in padded for word in words)


def place_in(text: str, word: str) -> int | None:
    """Return how far from a text's beginning a word or phrase stands, compared by keys; None when it does not."""
    place = _padded(text).find(_padded(word))
    return place if place >= 0 else None


def _padded(text: str) -> str:
    return f" {text_key(text)} "


def first_meaning(name: str, text: str) -> str | None:
    """Return the first meaning of a vocabulary that has a word in the text, or None."""
    return next((str(meaning) for meaning, words in vocabulary(name).items() if contains(text, words)), None)
