"""The list of findings and the code that reports them: neither has one that the other lacks."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from etl.clean.vocabulary import FOLDER as VOCABULARY
from etl.issues import SEVERITIES, issue_codes
from ntm.settings import ROOT

ETL = ROOT / "etl"
_CODE = re.compile(r"[A-Z]+(?:_[A-Z]+)+")
_IN_SQL = re.compile(r"'([A-Z]+(?:_[A-Z]+)+)'")


def _texts() -> Iterator[str]:
    """Yield the texts of the modules that read workbooks, and those of their statements that look like codes."""
    for path in (path for path in ETL.rglob("*.py") if path.parent.name != "reference"):
        nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        yield from (node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str))
    for path in ETL.rglob("*.sql"):
        yield from _IN_SQL.findall(path.read_text(encoding="utf-8"))


TEXTS = frozenset(_texts())


def test_every_finding_of_the_list_is_reported_somewhere() -> None:
    assert set(issue_codes()) - TEXTS == set()


def test_every_finding_that_is_reported_is_in_the_list() -> None:
    assert {text for text in TEXTS if _CODE.fullmatch(text)} - set(issue_codes()) == set()


@pytest.mark.parametrize("code", issue_codes())
def test_a_finding_says_what_and_what_to_do_in_both_languages(code: str) -> None:
    issue = issue_codes()[code]
    assert issue["severity"] in SEVERITIES
    for part in ("message", "remedy"):
        assert all(issue[part][language].strip() for language in ("vi", "en"))


def test_every_vocabulary_is_used() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in ETL.rglob("*.py"))
    forms = "".join(path.read_text(encoding="utf-8") for path in (ETL / "forms").glob("*.yml"))
    unused = [
        path.stem
        for path in VOCABULARY.glob("*.yml")
        if f'"{path.stem}"' not in sources and f"names_of: {path.stem}" not in forms
    ]
    assert unused == []
