"""Which source of money a row or a heading means, alone and as a part of another (vocabulary funding_sources)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from etl.clean.vocabulary import contains, vocabulary
from etl.read.title import TitleBlock
from ntm.geo.names import text_key

Source = Mapping[str, str]
_LEVELS = "local"


def find_source(name: str, parent: Source | None = None) -> Source | None:
    """Return source_code, nature and detail that a name means, below a parent's; None when it means none or two."""
    words = vocabulary("funding_sources")
    if parent:
        return _first(name, words["under"].get(parent["source_code"], ()), parent)
    fitting = [choice for choice in words["top"] if contains(name, choice["contains"])]
    groups = {_group(str(choice["source_code"])) for choice in fitting} - {"other"}
    source = _first(name, fitting, {}) if len(groups) <= 1 else None
    return _with_nature(name, source) if source else None


def source_of_title(title: TitleBlock) -> Source | None:
    """Return the source that a title names for all amounts of its table, with its nature; None when none or several.

    The other lines above the table count where the title itself names none: '(Nguồn vốn: ngân sách trung ương)'.
    """
    choices = vocabulary("funding_sources")["titles"]
    for text in (title.title, " / ".join(title.blocks[0])):
        named = [str(choice["source_code"]) for choice in choices if contains(text, choice["contains"])]
        if named:
            return _with_nature(text, {"source_code": named[0]}) if len(named) == 1 else None
    return None


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
    fitting = [part for part in parts if "source_code" not in part and contains(name, part["contains"])]
    natures = {str(part["nature"]) for part in fitting if "nature" in part}
    return {**source, "nature": natures.pop()} if len(natures) == 1 and "nature" not in source else source


def _first(name: str, choices: Sequence[Mapping[str, object]], parent: Source) -> Source | None:
    for choice in choices:
        names: Sequence[str] = choice["contains"]  # type: ignore[assignment]
        if contains(name, names):
            return {**parent, **{key: str(value) for key, value in choice.items() if key != "contains"}}
    return None


def _group(source_code: str) -> str:
    return _LEVELS if source_code.startswith(_LEVELS) else source_code
