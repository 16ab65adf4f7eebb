"""The statements of etl/sql: one question a file, values bound."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "sql"


@cache
def statement(folder: str, name: str) -> str:
    """Return the SQL of etl/sql/<folder>/<name>.sql. Raises OSError when there is none."""
    return (_FOLDER / folder / f"{name}.sql").read_text(encoding="utf-8")


def statements(folder: str) -> list[str]:
    """Return the SQL of all files of a folder, in order of their names."""
    return [statement(folder, path.stem) for path in sorted((_FOLDER / folder).glob("*.sql"))]
