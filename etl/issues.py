"""Findings of a load: codes, severities and texts are data (issue_codes.yml); this is their value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from etl.clean.numbers import plain
from ntm.yaml_files import read_yaml

SEVERITIES: Mapping[str, str] = {"block": "không nạp", "ask": "cần xác nhận", "note": "lưu ý"}
"""Severities from the gravest on, as an office reads them."""


@dataclass(frozen=True)
class Issue:
    """One finding: its code, where it is, what the cell holds, and the values of its message."""

    code: str
    sheet: str | None = None
    cell: str | None = None
    raw_value: str | None = None
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def severity(self) -> str:
        """`block`: not loaded; `ask`: loaded as it stands, to be confirmed; `note`: worth knowing."""
        return str(issue_codes()[self.code]["severity"])

    def text(self, part: str, language: str) -> str:
        """Return `message` or `remedy` in `vi` or `en`, filled in."""
        values = {name: shown(value, language) for name, value in self.values.items()}
        known = {"sheet": self.sheet, "cell": self.cell, "raw": self.raw_value, **values}
        return str(issue_codes()[self.code][part][language]).format(**known)


def shown(value: object, language: str) -> object:
    """Return a value as a message has it: 12,5 (12.5 in English), a day as 30/06/2022 in both languages."""
    if isinstance(value, Decimal):
        return plain(value, language)
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else value


@cache
def issue_codes() -> Mapping[str, Mapping[str, Any]]:
    """Return severity, message and remedy (vi, en) by code."""
    codes: Mapping[str, Mapping[str, Any]] = read_yaml(Path(__file__).with_name("issue_codes.yml"))
    return codes
