"""Texts of workbooks made harmless for a file: what cannot be seen or written is taken out, nothing else changes."""

from __future__ import annotations

import unicodedata

_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn"}
"""Control and format characters (among them those that turn the direction of reading), lone surrogates, no letters."""


def plain(text: object) -> str:
    """Return text in one line, letters with their marks as one character (NFC), without unseen characters.

    What looks like a formula, a link or markup stays as it is: whoever writes it has to write it as text.
    """
    spaced = "".join(" " if letter in "\t\n\r\v\f\u2028\u2029" else letter for letter in str(text))
    seen = "".join(letter for letter in spaced if unicodedata.category(letter) not in _UNSEEN)
    return " ".join(unicodedata.normalize("NFC", seen).split())
