"""Which source of money a row or a heading means, alone and as a part of another (vocabulary funding_sources)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from etl.clean.vocabulary import contains, contains_all, vocabulary
from etl.read.title import TitleBlock
from ntm.geo.names import text_key

Source = Mapping[str, str]
_LEVELS = "local"
_WORDS = frozenset({"contains", "contains_all"})


def find_source(name: str, parent: Source | None = None) -> Source | None:
    """Return source_code, nature and detail that a name means, below a parent's; None when it means none or two."""
    words = vocabulary("funding_sources")
    if parent:
        part = _first(name, words["under"].get(parent["source_code"], ()), parent)
        is_own = is_counterpart(name) and _group(parent["source_code"]) == _LEVELS
        return _with_counterpart(name, part or (parent if is_own else None))
    fitting = [choice for choice in words["top"] if contains(name, choice["contains"])]
    groups = {_group(str(choice["source_code"])) for choice in fitting} - {"other"}
    source = _first(name, fitting, {}) if len(groups) <= 1 else None
    if not fitting and is_counterpart(name):
        source = _first(name, words["counterpart"]["levels"], {}) or {"source_code": _LEVELS}
    if source and source["source_code"] == "community":
        source = _first(name, words["under"]["community"], source) or source
    return _with_counterpart(name, _with_nature(name, source)) if source else None


def source_of_title(title: TitleBlock) -> Source | None:
    """Return the source that a title names for all amounts of its table, with its nature; None when none or several.

    The other lines above the table count where the title itself names none: '(Nguồn vốn: ngân sách trung ương)'.
    """
    choices = vocabulary("funding_sources")["titles"]
    for text in (title.title, " / ".join(title.blocks[0])):
        named = [str(choice["source_code"]) for choice in choices if contains(text, choice["contains"])]
        if is_counterpart(text) and {_group(code) for code in named} <= {_LEVELS}:
            source = {"source_code": named[0] if len(named) == 1 else _LEVELS}
            return _with_counterpart(text, _with_nature(text, source))
        if named:
            is_one = len(named) == 1 and not is_counterpart(text)
            return _with_nature(text, {"source_code": named[0]}) if is_one else None
    return None


def is_counterpart(name: str) -> bool:
    """Tell whether a name is that of what a budget adds to the central one: 'Vốn đối ứng'."""
    return contains(name, vocabulary("funding_sources")["counterpart"]["contains"])


def _with_counterpart(name: str, source: Source | None) -> Source | None:
    """Return the source with the detail that its name calls it a counterpart, beside what divides it further."""
    if source is None or not is_counterpart(name):
        return source
    words = str(vocabulary("funding_sources")["counterpart"]["detail"])
    detail = source.get("detail", "")
    return source if contains(detail, [words]) else {**source, "detail": f"{words} {detail}".strip()}


def is_sum_of_sources(name: str) -> bool:
    """Tell whether a name is that of a line over several sources, such as 'Vốn đầu tư trực tiếp'."""
    return contains(name, vocabulary("funding_sources")["sums"])


def source_of_path(path: Iterable[str], source: Source | None = None) -> Source | None:
    """Return the source that headings name from top to bottom, each below what those above it (or `source`) mean."""
    above = ""
    for part in path:
        source = find_source(part, source) or (source_in_budget(part, above) if source is None else source)
        above = part
    return source


def source_in_budget(name: str, above: str) -> Source | None:
    """Return the budget that a level alone means below one of several budgets: 'Tỉnh' below 'NSNN'."""
    budgets = vocabulary("funding_sources")["budgets"]
    if not contains(above, budgets["contains"]) and text_key(above) not in map(text_key, budgets["is"]):
        return None
    fitting = [level for level in budgets["levels"] if text_key(name) in map(text_key, level["is"])]
    return {key: str(value) for key, value in fitting[0].items() if key != "is"} if fitting else None


def _with_nature(name: str, source: Source) -> Source:
    """Return the source with the nature that the same name tells ('NSTW (ĐTPT)'); a name that tells two tells none."""
    parts = vocabulary("funding_sources")["under"].get(source["source_code"], ())
    fitting = [part for part in parts if "source_code" not in part and _fits(name, part)]
    natures = {str(part["nature"]) for part in fitting if "nature" in part}
    return {**source, "nature": natures.pop()} if len(natures) == 1 and "nature" not in source else source


def _first(name: str, choices: Sequence[Mapping[str, Any]], parent: Source) -> Source | None:
    for choice in choices:
        if _fits(name, choice):
            return {**parent, **{key: str(value) for key, value in choice.items() if key not in _WORDS}}
    return None


def _fits(name: str, choice: Mapping[str, Any]) -> bool:
    return contains(name, choice["contains"]) if "contains" in choice else contains_all(name, choice["contains_all"])


def _group(source_code: str) -> str:
    return _LEVELS if source_code.startswith(_LEVELS) else source_code
