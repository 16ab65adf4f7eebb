"""The architecture holds, and each of its rules catches a breach."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from tests.architecture import (
    CODE_RULES,
    PRODUCT,
    PRODUCT_RULES,
    SQL_BUILT_IN,
    Rule,
    bare_except,
    built_sql,
    code_of_notebook,
    forbidden_text,
    long_file,
    page_name,
    printing,
    project_files,
    query_in_page,
    read_text,
    streamlit_elsewhere,
    wrong_direction,
)


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    return {path: text for path in project_files() if (text := read_text(path)) is not None}


@pytest.fixture(scope="module")
def code(texts: dict[str, str]) -> dict[str, str]:
    scripts = {path: text for path, text in texts.items() if path.endswith(".py")}
    notebooks = {path: code_of_notebook(text) for path, text in texts.items() if path.endswith(".ipynb")}
    return scripts | notebooks


@pytest.mark.parametrize("rule", PRODUCT_RULES)
def test_product_keeps_rule(rule: Rule, code: dict[str, str]) -> None:
    paths = [path for path in code if path.startswith((*PRODUCT, "notebooks/"))]
    breaches = [breach for path in paths for breach in rule(path, code[path])]
    assert not breaches, "\n".join(breaches)


@pytest.mark.parametrize("rule", CODE_RULES)
def test_code_keeps_rule(rule: Rule, code: dict[str, str]) -> None:
    paths = [path for path in code if not (rule is built_sql and path in SQL_BUILT_IN)]
    breaches = [breach for path in paths for breach in rule(path, code[path])]
    assert not breaches, "\n".join(breaches)


def test_committed_text_names_nothing_outside_the_project(texts: dict[str, str]) -> None:
    breaches = [breach for path, text in texts.items() for breach in forbidden_text(path, text)]
    assert not breaches, "\n".join(breaches)


def test_allowed_builders_of_sql_are_still_needed(code: dict[str, str]) -> None:
    unused = [path for path in SQL_BUILT_IN if path not in code or not any(built_sql(path, code[path]))]
    assert not unused


BREACHES = [
    (wrong_direction, "ntm/metrics/funding.py", "from ntm import warehouse"),
    (wrong_direction, "ntm/charts/funding.py", "import ntm.warehouse as w"),
    (wrong_direction, "ntm/charts/deep/funding.py", "from ...warehouse import read"),
    (wrong_direction, "ntm/geo/units.py", "def f():\n    from etl.read import grid"),
    (wrong_direction, "ntm/ui/cards.py", "import pages.funding"),
    (wrong_direction, "etl/publish.py", "from ntm.warehouse import open_snapshot"),
    (wrong_direction, "ntm/reports/map_sheet.py", "from ntm.warehouse import open_snapshot"),
    (wrong_direction, "ntm/reports/command.py", "from ntm import ui"),
    (wrong_direction, "ntm/errors.py", "from ntm.catalog import tables"),
    (wrong_direction, "ntm/newcomer.py", "x = 1"),
    (wrong_direction, "notebooks/first.ipynb", "import etl"),
    (streamlit_elsewhere, "ntm/charts/funding.py", "from streamlit import cache_data"),
    (streamlit_elsewhere, "etl/__main__.py", "import streamlit as st"),
    (query_in_page, "pages/funding.py", "rows = connection.execute(query)"),
    (query_in_page, "pages/funding.py", 'QUERY = """\n  select 1"""'),
    (built_sql, "ntm/warehouse.py", 'f"select * from funding where unit_code = {code}"'),
    (built_sql, "ntm/warehouse.py", '"SELECT * FROM " + table'),
    (built_sql, "etl/publish.py", '"delete from funding where year = %s" % year'),
    (built_sql, "etl/publish.py", '"create or replace table {} (a int)".format(name)'),
    (built_sql, "etl/publish.py", '"select $x".replace("$x", value)'),
    (built_sql, "etl/publish.py", "connection.execute(text.format(name=name))"),
    (long_file, "pages/funding.py", "x = 1\n" * 81),
    (long_file, "ntm/formatting.py", "x = 1\n" * 301),
    (page_name, "pages/1_funding.py", ""),
    (page_name, "pages/nguồn_vốn.py", ""),
    (printing, "etl/publish.py", "print(1)"),
    (bare_except, "tests/test_x.py", "try:\n    x = 1\nexcept:\n    pass"),
    (forbidden_text, "README.md", "run it in /" + "tmp/x"),
    (forbidden_text, "Makefile", "cp ../shar" + "ed/x ."),
    (forbidden_text, "requirements.txt", "--index-url https://py" + "pi.org/simple"),
]

CLEAN = [
    (wrong_direction, "pages/funding.py", "from ntm import charts, metrics, ui"),
    (wrong_direction, "ntm/reports/deck.py", "from ntm.charts import funding\nimport pandas"),
    (wrong_direction, "etl/clean/names.py", "from . import numbers\nfrom ntm.geo.names import text_key"),
    (wrong_direction, "ntm/reports/command.py", "from ntm.warehouse import open_snapshot"),
    (streamlit_elsewhere, "ntm/ui/cache.py", "import streamlit as st"),
    (query_in_page, "pages/funding.py", 'rows = ui.read("funding_by_source", filters)'),
    (built_sql, "ntm/warehouse.py", 'connection.execute("select * from funding where year = $year", values)'),
    (built_sql, "etl/checks/run.py", 'f"{count} rows; select another sheet"'),
    (long_file, "pages/funding.py", "x = 1\n" * 80),
    (page_name, "pages/funding.py", ""),
    (printing, "tests/bench.py", "print(1)"),
    (bare_except, "ntm/x.py", "try:\n    x = 1\nexcept OSError:\n    pass"),
    (forbidden_text, "README.md", "see https://example.vn/tmp/page and tmp_path / 'x'"),
]


@pytest.mark.parametrize(("rule", "path", "text"), BREACHES)
def test_rule_catches_breach(rule: Rule, path: str, text: str) -> None:
    assert list(rule(path, text))


@pytest.mark.parametrize(("rule", "path", "text"), CLEAN)
def test_rule_lets_clean_code_pass(rule: Rule, path: str, text: str) -> None:
    assert not list(rule(path, text))


def test_every_font_of_the_theme_is_shipped(root: Path) -> None:
    theme = tomllib.loads((root / ".streamlit/config.toml").read_text("utf-8"))["theme"]
    shipped = {f"app/static/fonts/{path.name}" for path in (root / "ntm/ui/static/fonts").glob("*.woff2")}
    assert {face["url"] for face in theme["fontFaces"]} == shipped


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_every_dependency_is_resolved_and_explained(name: str, root: Path) -> None:
    wanted = re.findall(r"^[A-Za-z][\w-]*", (root / f"{name}.in").read_text("utf-8"), re.MULTILINE)
    resolved = re.findall(r"^[\w-]+(?===)", (root / f"{name}.txt").read_text("utf-8"), re.MULTILINE)
    explained = re.findall(r"^\| `([\w-]+)`", (root / "docs/decisions/003-dependencies.md").read_text("utf-8"), re.M)
    assert wanted
    assert {package.lower() for package in wanted} <= set(resolved) & {package.lower() for package in explained}
