"""Texts of the interface: equal in both languages, and one for every key that the code can ask for."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import pytest

from ntm.errors import NtmError
from ntm.i18n import LANGUAGES, translator
from ntm.settings import ROOT
from tests.text_families import FAMILIES

TEXTS = {language: translator(language).texts for language in LANGUAGES}
VI = TEXTS["vi"]
SECTIONS = {key.partition(".")[0] for key in VI if "." in key}
FILE_NAME = re.compile(r".*\.(py|css|js|csv|md|yml|toml|sql|png|json|html)")
FOR_PEOPLE = {error.__name__ for error in (NtmError, *NtmError.__subclasses__())}
"""Errors whose message is a text by its key; the others are read by programmers alone."""
KEY_PATTERN = re.compile(r"[a-z_]+(\.[A-Za-z_0-9]+)+")


@dataclass(frozen=True)
class Use:
    """A text that code asks for: its key, with {} for a computed part, and the values it is given, if that is told."""

    key: str
    place: str
    values: frozenset[str] | None = None


def sources() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted([ROOT / "app.py", *(ROOT / "pages").glob("*.py"), *(ROOT / "ntm").rglob("*.py")]):
        yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def pattern(node: ast.AST) -> str | None:
    """Return a string expression with {} for its computed parts; None when it is no string."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = pattern(node.left), pattern(node.right)
        return None if left is None else left + ("{}" if right is None else right)
    return None


def looks_like_key(text: str) -> bool:
    """Whether a text is a key, or the pattern of one, of a section that the locales have."""
    key = text.replace("{}", "x")
    return bool(KEY_PATTERN.fullmatch(key)) and key.partition(".")[0] in SECTIONS and not FILE_NAME.match(key)


@cache
def uses() -> tuple[Use, ...]:
    """Return every key or family of keys in the code, wherever it stands: in a call, a table or an error.

    The prefix that a column of codes is worded with is none: see words_families.
    """
    found = []
    for path, tree in sources():
        inner = {id(prefix) for prefix in word_prefixes(tree)}
        for node in ast.walk(tree):
            text = pattern(node) if id(node) not in inner else None
            if text is not None:
                inner |= {id(part) for part in ast.walk(node)}
                if looks_like_key(text):
                    found.append(Use(text, f"{path}:{getattr(node, 'lineno', '?')}"))
            if isinstance(node, ast.Call):
                found += told_with_values(node, path)
    return tuple(found)


def told_with_values(call: ast.Call, path: str) -> Iterator[Use]:
    """Yield the texts whose values a call of the translator, or an error for people, names."""
    name = call.func.id if isinstance(call.func, ast.Name) else ""
    if not call.args or not (name == "t" or name in FOR_PEOPLE):
        return
    values = frozenset(item.arg for item in call.keywords if item.arg)
    is_open = any(item.arg is None for item in call.keywords)
    first = call.args[0]
    for node in (first.body, first.orelse) if isinstance(first, ast.IfExp) else (first,):
        text = pattern(node)
        if text and "{}" not in text and not is_open:
            yield Use(text, f"{path}:{call.lineno}", values)


def words_families() -> set[str]:
    """Return the families that columns of codes are worded with: words(t, column, 'prefix')."""
    return {f"{prefix.value}.{{}}" for _, tree in sources() for prefix in word_prefixes(tree)}


def word_prefixes(tree: ast.AST) -> Iterator[ast.Constant]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "words":
            yield from (item for item in node.args[2:3] if isinstance(item, ast.Constant))


def placeholders(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


def test_the_languages_have_the_same_keys() -> None:
    assert set(TEXTS["vi"]) == set(TEXTS["en"])


def test_the_languages_have_the_same_placeholders() -> None:
    different = {
        key: (placeholders(text), placeholders(TEXTS["en"][key]))
        for key, text in VI.items()
        if set(placeholders(text)) != set(placeholders(TEXTS["en"].get(key, "")))
    }
    assert different == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_empty_or_marked_to_do(language: str) -> None:
    bad = [key for key, text in TEXTS[language].items() if not text.strip() or "TODO" in text]
    assert bad == []


def test_vietnamese_is_written_with_its_letters_and_english_without() -> None:
    marked = re.compile(r"[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]", re.I)
    long_and_bare = [key for key, text in VI.items() if len(text) > 30 and not marked.search(text)]
    assert long_and_bare == []
    same = [key for key, text in VI.items() if text == TEXTS["en"][key] and marked.search(text)]
    assert same == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unknown_key_is_a_fault_and_not_shown_as_text(language: str) -> None:
    with pytest.raises(KeyError):
        translator(language)("overview.no_such_text")


def test_a_missing_value_is_a_fault() -> None:
    with pytest.raises(KeyError):
        translator("vi")("frame.unit", other="x")


def test_a_language_that_there_is_none_of_is_refused() -> None:
    with pytest.raises(KeyError):
        translator("fr")


def test_placeholders_are_filled_and_numbers_are_written_in_the_language() -> None:
    t = translator("vi")
    assert t("share.text", numerator="37", denominator="51", pct=t.format.share(72.549)) == "37/51 xã (72,5%)"
    assert translator("en").format.share(72.549) == "72.5%"


def test_braces_in_a_value_stay_as_they_are() -> None:
    assert translator("vi")("frame.unit", unit="{unit} {0}") == "Đơn vị: {unit} {0}"


def test_the_walk_over_the_code_finds_keys() -> None:
    found = {use.key for use in uses()}
    assert {"overview.heading", "warehouse.empty", "boundary.wrong_province", "stage.{}", "highest.{}"} <= found
    assert len(found) > 150


def test_every_key_in_the_code_has_a_text() -> None:
    missing = {f"{use.place}: {use.key}" for use in uses() if "{}" not in use.key and use.key not in VI}
    assert missing == set()


def test_every_family_of_keys_in_the_code_is_known_here() -> None:
    found = {use.key: use.place for use in uses() if "{}" in use.key}
    unknown = {key: place for key, place in found.items() if key not in FAMILIES}
    assert unknown == {}, "add the family and the codes that it can take to FAMILIES"
    assert words_families() <= set(FAMILIES)


@pytest.mark.parametrize("family", FAMILIES)
def test_every_member_of_a_family_has_a_text(family: str) -> None:
    assert FAMILIES[family], "a family without members tests nothing"
    missing = {family.format(member) for member in FAMILIES[family]} - set(VI)
    assert missing == set()


def test_every_text_is_given_the_values_that_it_names() -> None:
    wanting = {
        f"{use.place}: {use.key} lacks {sorted(lacking)}"
        for use in uses()
        if use.values is not None and use.key in VI
        for lacking in [set(placeholders(VI[use.key])) - use.values]
        if lacking
    }
    assert wanting == set()


def test_no_text_is_left_over() -> None:
    named = {use.key for use in uses()}
    named |= {family.format(member) for family, members in FAMILIES.items() for member in members}
    plain = {
        node.value
        for _, tree in sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert {key for key in VI if key not in named and key not in plain} == set()
