"""Errors whose text a person reads. The wording lies in ntm/locales under the error's key."""

from __future__ import annotations


class NtmError(Exception):
    """A fault that a person can do something about.

    `key` names the text in ntm/locales; `values` fill its placeholders (file, what was found, what was
    expected). Whoever catches it shows `t(error.key, **error.values)`; nothing else of it reaches a page.
    """

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key, values)
        self.key = key
        self.values = values


class CatalogError(NtmError):
    """A table description in ntm/tables is wrong: a fault of the product, found by its tests."""
