"""The table of the cases of mess, their outcomes and tests: docs/cases.md, written by `python -m tests.case_table`.

Cases are told in tests/etl/cases.yml; a test shows one by the marker `case(number)` on it or its class.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from ntm.docs import markdown_table

TESTS = Path(__file__).parent / "etl"
PAGE = Path(__file__).parents[1] / "docs" / "cases.md"
OUTCOMES = ("read", "ask", "block", "mixed")
_HEAD = """# Cases of mess in workbooks

What real forms do wrong, and what becomes of it. Written by `make docs` from `tests/etl/cases.yml` and the tests marked
`case(number)`; change it there.

- **read**: taken with certainty, at most with a note
- **ask**: taken as it stands, a person has to confirm
- **block**: what it is about is not loaded
- **mixed**: parts are read, others asked or not loaded; the words say which"""


@dataclass(frozen=True)
class Case:
    """One kind of mess, in few words, and its outcome."""

    number: int
    outcome: str
    vi: str
    en: str


def cases() -> Sequence[Case]:
    """Return all cases in order."""
    rows = yaml.safe_load((TESTS / "cases.yml").read_text(encoding="utf-8"))
    return [Case(row["case"], row["outcome"], row["vi"], row["en"]) for row in rows]


def marked_tests(folder: Path = TESTS) -> Mapping[int, Sequence[str]]:
    """Return the tests (file::name) that show each case, by the markers of tests, classes and parameters."""
    found: dict[int, list[str]] = defaultdict(list)
    for path in sorted(folder.glob("test_*.py")):
        for name, number in _marked(ast.parse(path.read_text(encoding="utf-8")).body):
            if f"{path.name}::{name}" not in found[number]:
                found[number].append(f"{path.name}::{name}")
    return found


def page() -> str:
    """Return the page: a row for each case with its tests."""
    tests = marked_tests()
    rows = [
        (
            str(case.number),
            f"{case.vi}<br>{case.en}",
            case.outcome,
            "<br>".join(f"`{test}`" for test in tests.get(case.number, ())),
        )
        for case in cases()
    ]
    return "\n\n".join([_HEAD, markdown_table(("case", "what", "outcome", "tests"), rows)]) + "\n"


def _marked(nodes: Sequence[ast.stmt], above: frozenset[int] = frozenset()) -> Iterator[tuple[str, int]]:
    for node in nodes:
        if isinstance(node, ast.ClassDef):
            own = above.union(*map(_numbers, node.decorator_list))
            yield from ((f"{node.name}::{name}", number) for name, number in _marked(node.body, own))
        elif isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            yield from ((node.name, number) for number in sorted(above.union(*map(_numbers, node.decorator_list))))


def _numbers(decorator: ast.expr) -> frozenset[int]:
    """Return the numbers of all `pytest.mark.case(…)` within a decorator, those of single parameters included."""
    calls = (node for node in ast.walk(decorator) if isinstance(node, ast.Call))
    marks = (call for call in calls if ast.unparse(call.func) == "pytest.mark.case")
    return frozenset(int(ast.literal_eval(mark.args[0])) for mark in marks)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
