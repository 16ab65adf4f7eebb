"""Whether figures are results, estimates or plans, by the words of their title or heading."""

from __future__ import annotations

from etl.clean.vocabulary import contains, vocabulary


def value_kind(text: str) -> str:
    """Return `actual`, `estimate` or `plan`."""
    rules = vocabulary("value_kinds")
    return next((str(rule["value_kind"]) for rule in rules if contains(text, rule["contains"])), "actual")
