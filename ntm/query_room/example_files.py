"""Questions to begin with: one file each in examples/, its title in both languages in the two lines above the SQL."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "examples"


@dataclass(frozen=True)
class Example:
    """One question: its name, its title by language, and the SQL that answers it on any snapshot."""

    name: str
    title: dict[str, str]
    sql: str


@cache
def examples() -> dict[str, Example]:
    """Return the examples by name, in order of file name. Raises ValueError for a file without its titles."""
    return {found.name: found for found in map(_read, sorted(_FOLDER.glob("*.sql")))}


def _read(path: Path) -> Example:
    vietnamese, english, *sql = path.read_text(encoding="utf-8").strip().split("\n")
    if not (vietnamese.startswith("-- vi: ") and english.startswith("-- en: ")):
        raise ValueError(path.name)
    title = {"vi": vietnamese.removeprefix("-- vi: "), "en": english.removeprefix("-- en: ")}
    return Example(path.stem.partition("_")[2], title, "\n".join(sql))
