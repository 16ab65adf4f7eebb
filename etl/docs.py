"""The page of all findings of a load, written from etl/issue_codes.yml: `python -m etl.docs`, part of `make docs`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from etl.issues import issue_codes
from ntm.settings import ROOT

PAGE = ROOT / "docs" / "issue_codes.md"

_HEAD = """# Findings of a load

What `python -m etl load` and `check` can find in a workbook. Written by `make docs` from `etl/issue_codes.yml`;
change it there. Codes are stable; words in {braces} are filled in from the workbook."""
_SEVERITIES = {
    "block": "what it is about is not loaded",
    "ask": "loaded as it stands, a person has to confirm",
    "note": "read with certainty, worth knowing",
}


def issue_codes_page() -> str:
    """Return the page: how grave each severity is, then each code with its messages and remedies, sorted by code."""
    grave = "\n".join(f"- **{severity}**: {meaning}" for severity, meaning in _SEVERITIES.items())
    sections = [_section(code, issue) for code, issue in sorted(issue_codes().items())]
    return "\n\n".join([_HEAD, grave, *sections]) + "\n"


def write_page(path: Path) -> None:
    """Write the page. Raises OSError when it cannot be written."""
    path.write_text(issue_codes_page(), encoding="utf-8")


def _section(code: str, issue: Mapping[str, Any]) -> str:
    lines = [f"- {language}: {issue['message'][language]} *{issue['remedy'][language]}*" for language in ("vi", "en")]
    return "\n\n".join([f"## {code}", f"{issue['severity']}", "\n".join(lines)])


if __name__ == "__main__":
    write_page(PAGE)
