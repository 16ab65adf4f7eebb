"""Texts of the interface by key, in Vietnamese and English (ntm/locales). The language is passed, never global."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ntm.formatting import Format

LANGUAGES = ("vi", "en")
_FOLDER = Path(__file__).parent / "locales"


@dataclass(frozen=True)
class Translator:
    """Gives the texts of one language; `format` writes numbers and dates in it."""

    language: str
    texts: Mapping[str, str]
    format: Format

    def __call__(self, key: str, /, **values: object) -> str:
        """Return a text with its placeholders filled. Raises KeyError for an unknown key or a missing value."""
        return self.texts[key].format(**values) if values else self.texts[key]

    def label(self, labels: Mapping[str, str]) -> str:
        """Return the label of data that carries its own labels, such as a column of the catalog."""
        return labels[self.language]


@cache
def translator(language: str) -> Translator:
    """Return the translator of a language. Raises KeyError for a language that there is none of."""
    if language not in LANGUAGES:
        raise KeyError(language)
    raw = tomllib.loads((_FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
    return Translator(language, dict(_flatten(raw)), Format(language))


def _flatten(raw: Mapping[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for name, value in raw.items():
        if isinstance(value, dict):
            pairs += _flatten(value, f"{prefix}{name}.")
        else:
            pairs.append((prefix + name, str(value)))
    return pairs
