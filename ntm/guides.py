"""The documentation as topics: which pages of docs/ there are, their sections, and where words stand in them.

docs/topics.yml is the one list of them: the page 'Trợ giúp' reads it here, and so does the site of `make site`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from posixpath import dirname, normpath

from ntm.geo.names import plain_key
from ntm.settings import ROOT
from ntm.yaml_files import read_yaml

FOLDER = ROOT / "docs"
BEGINNING = ""
"""Code of what a page says before its first section."""

_FENCE = re.compile(r"^(```|~~~)")
_LINK = re.compile(r"(?<!!)\[([^\[\]]*)\]\(([^()\s]*)\)")
_MARKUP = re.compile(r"!?\[([^\[\]]*)\]\([^()]*\)|[*`]+")
_LINES = re.compile(r"^\s*(?:#+|>|[-*]|\d+\.)\s|\||-{3,}|<br>", re.MULTILINE)
_AROUND = 90
"""Letters of an excerpt on each side of the word that was found."""


@dataclass(frozen=True)
class Topic:
    """A page of docs/: `file` is its path there, `languages` its languages; `title` and `about` are in both."""

    key: str
    file: str
    group: str
    languages: tuple[str, ...]
    title: Mapping[str, str]
    about: Mapping[str, str]


@dataclass(frozen=True)
class Section:
    """A part of a page under a heading of the second level; `text` is Markdown without that heading."""

    code: str
    title: str
    text: str


@dataclass(frozen=True)
class Hit:
    """A section in which all words stand, with what is written around the first."""

    topic: Topic
    section: Section
    excerpt: str


@cache
def groups() -> Mapping[str, Mapping[str, str]]:
    """Return the groups of topics in their order, each with its name in both languages."""
    return {str(code): dict(names) for code, names in read_yaml(FOLDER / "topics.yml")["groups"].items()}


@cache
def topics() -> Mapping[str, Topic]:
    """Return the topics by key, in the order in which they are offered."""
    told, found = read_yaml(FOLDER / "topics.yml"), {}
    for key, item in told["topics"].items():
        languages = tuple(item["languages"])
        found[str(key)] = Topic(str(key), item["file"], item["group"], languages, item["title"], item["about"])
    for folder, item in told["folders"].items():
        for path in sorted((FOLDER / folder).glob("[0-9]*.md")):
            number, _, heading = path.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ").partition(". ")
            if number.isdigit():  # the template has no number
                names = {"vi": f"{item['title']['vi']} {number}", "en": f"{item['title']['en']} {number}: {heading}"}
                key = path.stem.replace("-", "_")
                file = f"{folder}/{path.name}"
                found[key] = Topic(key, file, item["group"], tuple(item["languages"]), names, item["about"])
    return found


@cache
def sections(key: str) -> tuple[Section, ...]:
    """Return the sections of a topic in their order; the first is its beginning, without the page's heading.

    Raises KeyError when there is no such topic.
    """
    parts: list[tuple[str, list[str]]] = [("", [])]
    is_code = False
    for line in (FOLDER / topics()[key].file).read_text(encoding="utf-8").splitlines():
        is_code ^= bool(_FENCE.match(line))
        if line.startswith("## ") and not is_code:
            parts.append((line.removeprefix("## ").strip(), []))
        elif is_code or not line.startswith("# "):
            parts[-1][1].append(line)
    return tuple(Section(code_of(title), title, "\n".join(lines).strip()) for title, lines in parts)


def code_of(heading: str) -> str:
    """Return the code of a section by its heading: its words without diacritics, joined by hyphens."""
    return plain_key(heading).replace(" ", "-")


def search(words: str, language: str, most: int = 20) -> tuple[Hit, ...]:
    """Return the sections in which all words stand, with or without their diacritics, the best first.

    Words in the heading count more than in the text, words as they were typed more than without diacritics. What is
    written in `language` comes before what is not. Nothing is found for no words.
    """
    wanted = plain_key(words).split()
    if not wanted:
        return ()
    typed = " ".join(words.casefold().split())
    found = []
    for topic in topics().values():
        for section, readable, plain, heading in _searched(topic.key):
            if all(word in plain or word in heading for word in wanted):
                phrase = " ".join(wanted)
                points = 4 * (phrase in heading) + 2 * (typed in readable.casefold()) + (phrase in plain)
                found.append(((language not in topic.languages, -points), topic, section, readable))
    best = sorted(found, key=lambda item: item[0])[:most]
    return tuple(Hit(topic, section, _excerpt(readable, wanted)) for _, topic, section, readable in best)


@cache
def _searched(key: str) -> tuple[tuple[Section, str, str, str], ...]:
    """Return each section with its text as it is read, the same without diacritics, and its headings without them."""
    title = " ".join(topics()[key].title.values())
    found = []
    for section in sections(key):
        readable = " ".join(_MARKUP.sub(lambda match: match[1] or "", _LINES.sub(" ", section.text)).split())
        found.append((section, readable, plain_key(readable), plain_key(section.title or title)))
    return tuple(found)


def _excerpt(text: str, wanted: list[str]) -> str:
    """Return what stands around the wanted words where they stand together, else the first; cut between words."""
    words = text.split()
    plain = [plain_key(word) for word in words]
    places = [number for number, word in enumerate(plain) if wanted[0] in word]
    whole = (number for number in places if " ".join(wanted) in " ".join(plain[number : number + len(wanted)]))
    place = next(whole, places[0] if places else 0)
    first = last = place
    while first > 0 and len(" ".join(words[first - 1 : place])) < _AROUND:
        first -= 1
    while last < len(words) and len(" ".join(words[place : last + 1])) < 2 * _AROUND:
        last += 1
    return ("… " if first else "") + " ".join(words[first:last]) + (" …" if last < len(words) else "")


def linked(text: str, file: str, write: Callable[[str, str, str], str]) -> str:
    """Return Markdown of a page with its links within docs/ written by `write(label, key, anchor)`.

    Links to other files of the project become plain text with the file's path: they lead nowhere outside of it.
    """
    keys = {topic.file: topic.key for topic in topics().values()}

    def one(match: re.Match[str]) -> str:
        label, (target, _, anchor) = match[1], match[2].partition("#")
        if "://" in target or target.startswith("mailto:"):
            return match[0]
        path = normpath(f"docs/{dirname(file)}/{target}") if target else f"docs/{file}"
        key = keys.get(path.removeprefix("docs/"))
        if key is not None and path.startswith("docs/"):
            return write(label, key, anchor)
        return label if path in label else f"{label} (`{path}`)"

    return _LINK.sub(one, text)
