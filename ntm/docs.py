"""The pages of docs/ that are written from the product itself: `python -m ntm.docs`, part of `make docs`.

What is said once, in ntm/tables and ntm/settings.py, is not typed a second time; a test compares the pages with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from pathlib import Path

from ntm.catalog import Column, Table, tables
from ntm.i18n import translator
from ntm.settings import ROOT, Settings
from ntm.yaml_files import read_yaml

FOLDER = ROOT / "docs"

_LAYERS = {
    "core": "Facts, reference facts and the record of the load, each as its source gives it.",
    "mart": "Made from the core tables by `etl/sql/marts`, for pages and other tools: one question, one table.",
    "raw": "Copies of what the workbooks hold, for following a figure to its cell.",
}
_DICTIONARY_HEAD = """# Data dictionary

Every table of a snapshot, with every column. Written by `make docs` from `ntm/tables/*.yml`; change it there.

Money is in million đồng unless the column says otherwise, percent is 0-100. Codes are text with leading zeros. A
period is named by its last day. Every row of a fact table ends with the workbook, sheet and cell that it was read
from. Empty means unknown, never zero."""
_DEFINITIONS_HEAD = """# Định nghĩa · Definitions

Mỗi con số nghĩa là gì, theo văn bản nào, thấy ở trang nào. *What each figure means, by which document, on which page.*
Written by `make docs` from `ntm/definitions.yml` and `ntm/locales`; change it there. Các từ: [thuật ngữ](glossary.md);
dự báo được tính thế nào: [projection](projection.md)."""
_SETTINGS_HEAD = """# Settings

Read once from the environment when a program starts. Written by `make docs` from `ntm/settings.py`; change it there.
Paths that are not absolute are taken from the project's folder."""


def data_dictionary() -> str:
    """Return the page of all tables: contents by layer, then each table with its columns."""
    by_layer = {layer: [table for table in tables().values() if table.layer == layer] for layer in _LAYERS}
    parts = [_DICTIONARY_HEAD, "## Contents"]
    for layer, described in by_layer.items():
        contents = [
            (f"[`{table.name}`](#{table.name})", table.label["vi"], table.label["en"], table.grain)
            for table in described
        ]
        parts += [f"**{layer}**: {_LAYERS[layer]}", markdown_table(("table", "vi", "en", "one row is"), contents)]
    for described in by_layer.values():
        parts += [_table_section(table) for table in described]
    return "\n\n".join(parts) + "\n"


def settings_page() -> str:
    """Return the page of all settings: variable, default, help."""
    rows = [
        (
            f"`{item.metadata['variable']}`",
            f"`{item.default}`" if item.default else "empty",
            item.metadata["help"],
        )
        for item in fields(Settings)
    ]
    return "\n\n".join([_SETTINGS_HEAD, markdown_table(("variable", "default", "meaning"), rows)]) + "\n"


def definitions_page() -> str:
    """Return the page of all definitions: in both languages, with documents and the pages that show them."""
    return "\n\n".join([_DEFINITIONS_HEAD, *map(_definition, definitions().items())]) + "\n"


def definitions() -> Mapping[str, Mapping[str, Sequence[str]]]:
    """Return documents and pages of each definition by its name."""
    found: Mapping[str, Mapping[str, Sequence[str]]] = read_yaml(ROOT / "ntm" / "definitions.yml")
    return found


PAGES: Mapping[str, Callable[[], str]] = {
    "data_dictionary.md": data_dictionary,
    "definitions.md": definitions_page,
    "settings.md": settings_page,
}
"""File below docs/ -> what writes it."""


def markdown_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table in Markdown; a bar inside a cell stays text."""
    lines = [list(head), ["---"] * len(head), *([cell.replace("|", "\\|") for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def write_pages(folder: Path, pages: Mapping[str, Callable[[], str]]) -> None:
    """Write each page into the folder. Raises OSError when it cannot be written."""
    for name, page in pages.items():
        (folder / name).write_text(page(), encoding="utf-8")


def _definition(item: tuple[str, Mapping[str, Sequence[str]]]) -> str:
    name, told = item
    vi, en = translator("vi"), translator("en")
    shown = [", ".join(t(f"{page}.title") for page in told["pages"]) for t in (vi, en)]
    documents = "; ".join(told["documents"])
    return "\n\n".join(
        [
            f"## {vi(f'definition.{name}.term')} · {en(f'definition.{name}.term')}",
            vi(f"definition.{name}.text"),
            f"*{en(f'definition.{name}.text')}*",
            f"- Văn bản · document: {documents or 'không có, quy ước của phần mềm · none, a rule of this product'}\n"
            f"- Thấy ở · shown on: {shown[0]} · {shown[1]}",
        ]
    )


def _table_section(table: Table) -> str:
    facts = f"Layer {table.layer}{', fact table' if table.is_fact else ''}."
    key = ", ".join(f"`{name}`" for name in table.key)
    head = ("column", "type", "required", "allowed", "vi", "en", "meaning")
    return "\n\n".join(
        [
            f"## {table.name}",
            f"{table.label['vi']} · {table.label['en']}. One row is {table.grain}. Key: {key}. {facts}",
            f"Mỗi dòng ứng với {table.grain_vi}.",
            markdown_table(head, map(_column_row, table.columns)),
        ]
    )


def _column_row(column: Column) -> tuple[str, ...]:
    return (
        f"`{column.name}`",
        column.type,
        "yes" if column.required else "",
        _allowed(column),
        column.label["vi"],
        column.label["en"],
        f"{column.meaning}<br>{column.meaning_vi}",
    )


def _allowed(column: Column) -> str:
    if column.references:
        return f"a `{column.name}` of [`{column.references}`](#{column.references})"
    return ", ".join(f"`{value}`" for value in column.values)


if __name__ == "__main__":
    write_pages(FOLDER, PAGES)
