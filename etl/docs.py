"""Pages written from what the ETL holds as data, its findings and its templates: `python -m etl.docs`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from etl.issues import issue_codes
from etl.template import Column, Template, read_template, template_names
from ntm.settings import ROOT

FOLDER = ROOT / "docs"

_HEAD = """# Findings of a load

What `python -m etl load` and `check` can find in a workbook. Written by `make docs` from `etl/issue_codes.yml`;
change it there. Codes are stable; words in {braces} are filled in from the workbook."""
_TEMPLATES_HEAD = """# Templates

Empty workbooks for offices to fill in, which the reader reads back: `python -m etl template` lists them, `python -m etl
template NAME` writes one (`--province 93` with the names of a province, `--example` with illustrative figures). Written
by `make docs` from `etl/templates/` and `ntm/forms/`; change it there. Columns repeated for every criterion are told
once."""
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


def templates_page() -> str:
    """Return the page: each template with its form, who reports with it, and its columns."""
    sections = [_template(read_template(name)) for name in template_names()]
    return "\n\n".join([_TEMPLATES_HEAD, *sections]) + "\n"


PAGES: Mapping[str, Callable[[], str]] = {"issue_codes.md": issue_codes_page, "templates.md": templates_page}


def write_pages(folder: Path) -> None:
    """Write the pages. Raises OSError when one cannot be written."""
    for name, page in PAGES.items():
        (folder / name).write_text(page(), encoding="utf-8")


def _template(template: Template) -> str:
    facts = f"{template.label['vi']} · {template.label['en']}. Form `{template.form}`, for a {template.reports_for}."
    columns = {(column.described, column.each): column for column in reversed(template.columns)}
    rows = [_column(column) for column in reversed(columns.values())]
    return "\n\n".join([f"## {template.name}", facts, "\n".join(["| column | kind | note |", "|---|---|---|", *rows])])


def _column(column: Column) -> str:
    """Return the row of a column, told once for all that it is repeated for."""
    heading = " / ".join(column.described) + (f" (for each {column.each})" if column.each else "")
    notes = [f"one of {', '.join(column.choices)}" if column.choices else "", "" if column.each else column.note]
    texts = [heading, column.kind, "; ".join(filter(None, notes))]
    return f"| {' | '.join(text.replace('|', chr(92) + '|') for text in texts)} |"


def _section(code: str, issue: Mapping[str, Any]) -> str:
    lines = [f"- {language}: {issue['message'][language]} *{issue['remedy'][language]}*" for language in ("vi", "en")]
    return "\n\n".join([f"## {code}", f"{issue['severity']}", "\n".join(lines)])


if __name__ == "__main__":
    write_pages(FOLDER)
