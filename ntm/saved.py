"""What people save (scenarios, views, decks): one small JSON file each, written once and never changed.

A saved thing lies in `<folder>/<kind>/<id>.json`. Its name and author are what somebody typed: they are kept as one
line of plain text, and whoever shows them shows them as plain text.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ntm.errors import NtmError

LONGEST_NAME, LONGEST_AUTHOR = 120, 80
"""Letters of a name and of an author."""
_LARGEST = 1_000_000
_KIND = re.compile(r"[a-z][a-z_]{0,39}")
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # without letters that are read as others when a link is typed
_ID = re.compile(f"[{_ALPHABET}]{{10}}")
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


@dataclass(frozen=True)
class Saved:
    """`saved_at` is in UTC, `snapshot` the build id of the warehouse it was made from, `content` values of JSON."""

    kind: str
    id: str
    name: str
    author: str
    saved_at: datetime
    snapshot: str
    content: dict[str, Any]


def save(folder: Path, kind: str, *, name: str, author: str, snapshot: str, content: Mapping[str, Any]) -> Saved:
    """Write a new saved thing and return it as it will be read.

    A reader sees all of it or nothing, and two who save at once get two files. Raises NtmError when name or author are
    empty or too long, or nothing can be written; ValueError for a kind that is none and content that JSON cannot hold.
    """
    place = _place(folder, kind)
    values = {
        "kind": kind,
        "name": _typed(name, LONGEST_NAME, "saved.no_name"),
        "author": _typed(author, LONGEST_AUTHOR, "saved.no_author"),
        "saved_at": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "snapshot": snapshot,
        "content": dict(content),
    }
    try:
        place.mkdir(parents=True, exist_ok=True)
        return _read(_write(place, values))
    except OSError as error:
        raise NtmError("saved.not_written", reason=error.strerror or type(error).__name__) from error


def load(folder: Path, kind: str, id: str) -> Saved | None:
    """Return a saved thing; None when there is none of this id. Raises NtmError when its file is damaged."""
    path = _place(folder, kind) / f"{id}.json"
    return _read(path) if _ID.fullmatch(id) and path.is_file() else None


def listing(folder: Path, kind: str) -> tuple[Saved, ...]:
    """Return what can be read of a kind, the latest first; `unreadable` names the rest."""
    found = (item for item in _all(folder, kind) if isinstance(item, Saved))
    return tuple(sorted(found, key=lambda item: (item.saved_at, item.id), reverse=True))


def unreadable(folder: Path, kind: str) -> tuple[str, ...]:
    """Return the names of the JSON files among those of a kind that are damaged or from elsewhere."""
    return tuple(sorted(item for item in _all(folder, kind) if isinstance(item, str)))


def plain_line(text: str) -> str:
    """Return a text as one line: without marks that are not seen, such as those that turn the direction of reading."""
    normal = unicodedata.normalize("NFC", text.replace("\n", " ").replace("\t", " "))
    return " ".join("".join(letter for letter in normal if unicodedata.category(letter) not in _UNSEEN).split())


def _place(folder: Path, kind: str) -> Path:
    if not _KIND.fullmatch(kind):
        raise ValueError(kind)
    return folder / kind


def _typed(text: str, longest: int, key: str) -> str:
    line = plain_line(text)
    if not line or len(line) > longest:
        raise NtmError(key, most=longest)
    return line


def _write(place: Path, values: Mapping[str, Any]) -> Path:
    """Write the file aside, then give it the first name that is free: a link, unlike a renaming, never replaces."""
    while True:
        id = "".join(secrets.choice(_ALPHABET) for _ in range(10))
        path = place / f"{id}.json"
        text = json.dumps({**values, "id": id}, ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False)
        content = text.encode("utf-8")
        if len(content) > _LARGEST:
            raise NtmError("saved.too_large")
        aside = place / f".{id}.{os.getpid()}.new"
        try:
            with aside.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.link(aside, path)
        except FileExistsError:
            continue
        finally:
            aside.unlink(missing_ok=True)
        return path


def _all(folder: Path, kind: str) -> Iterator[Saved | str]:
    for path in _place(folder, kind).glob("[!.]*.json"):
        try:
            yield _read(path)
        except NtmError:
            yield path.name


def _read(path: Path) -> Saved:
    try:
        if path.stat().st_size > _LARGEST:
            raise ValueError("too large")
        return _saved(json.loads(path.read_text("utf-8"), parse_constant=_refuse), path)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise NtmError("saved.unreadable", file=path.name) from error


def _refuse(word: str) -> None:
    raise ValueError(word)


def _saved(values: dict[str, Any], path: Path) -> Saved:
    found = Saved(
        kind=values["kind"],
        id=values["id"],
        name=plain_line(values["name"]),
        author=plain_line(values["author"]),
        saved_at=datetime.fromisoformat(values["saved_at"]).astimezone(UTC),
        snapshot=values["snapshot"],
        content=values["content"],
    )
    is_ours = found.id == path.stem and _ID.fullmatch(found.id) and found.kind == path.parent.name
    if not is_ours or not isinstance(found.content, dict) or not isinstance(found.snapshot, str) or not found.name:
        raise ValueError(asdict(found))
    return found
