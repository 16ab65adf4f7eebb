"""The rules of the design that a machine can keep; tests/test_architecture.py applies and tries them.

A rule is a function from one file's path and text to the breaches found in it.
"""

from __future__ import annotations

import ast
import json
import re
import subprocess
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

Rule = Callable[[str, str], Iterable[str]]

ROOT = Path(__file__).resolve().parents[1]
PRODUCT = ("app.py", "pages/", "ntm/", "etl/")

BASE = {"ntm.model", "ntm.settings", "ntm.errors", "ntm.catalog", "ntm.yaml_files", "ntm.csv_files"}
TEXTS = {"ntm.i18n", "ntm.formatting"}
DOMAIN = BASE | TEXTS | {"ntm.geo", "ntm.metrics", "ntm.charts"}
EVERYTHING = DOMAIN | {"ntm.warehouse", "ntm.saved", "ntm.guides", "ntm.query_room", "ntm.reports", "ntm.ui"}
MAY_IMPORT = {
    "app": EVERYTHING,
    "pages": EVERYTHING,
    "notebooks": EVERYTHING - {"ntm.ui"},
    "etl": BASE | {"ntm.geo", "ntm.forms"},
    "ntm.ui": EVERYTHING,
    "ntm.reports": DOMAIN | {"ntm.forms"},
    "ntm.forms": set(),
    "ntm.charts": DOMAIN,
    "ntm.metrics": BASE | {"ntm.geo"},
    "ntm.warehouse": BASE,
    "ntm.saved": {"ntm.errors"},
    "ntm.query_room": {"ntm.errors"},
    "ntm.guides": BASE | {"ntm.geo"},
    "ntm.geo": BASE,
    "ntm.formatting": BASE,
    "ntm.i18n": BASE | {"ntm.formatting"},
    "ntm.docs": BASE | TEXTS,
    "ntm.catalog": {"ntm.model", "ntm.settings", "ntm.errors", "ntm.yaml_files"},
    "ntm.yaml_files": set(),
    "ntm.csv_files": set(),
    "ntm.model": {"ntm.errors"},
    "ntm.settings": {"ntm.errors"},
    "ntm.errors": set(),
    "ntm": {"ntm.warehouse"},
}
"""Part of the product -> the other parts that it may import."""

COMMANDS = {"ntm/reports/__main__.py": {"ntm.warehouse"}, "ntm/reports/command.py": {"ntm.warehouse"}}
"""Commands of a part -> what they may import besides: they fetch what the part is then given."""

STREAMLIT_IN = ("app.py", "pages/", "ntm/ui/")

SQL_BUILT_IN: dict[str, str] = {
    "ntm/ui/query_schema.py": "a question for the visitor to read and change; it is run by the query room alone",
    "tests/pages/test_query.py": "a hostile text is put into a question for the query room",
    "tests/unit/test_query_room.py": "questions of great length, for the query room to refuse",
}
"""File that may build SQL text from parts -> why. Names of tables cannot be bound; values always can."""

SQL = re.compile(
    r"\s*(select\s|with\s+\w+\s+as\s|insert\s+(or\s+\w+\s+)?into\s|update\s+\S+\s+set\s|delete\s+from\s"
    r"|(create|drop|alter)\s+(or\s+replace\s+)?(temp\w*\s+)?(table|view|schema|macro|index|sequence|type)\s"
    r"|copy\s.*\s(to|from)\s|attach\s|comment\s+on\s|pragma\s|truncate\s+table\s|from\s+\S+\s+select\s)",
    re.IGNORECASE | re.DOTALL,
)
SQL_CALLS = {"execute", "executemany", "sql"}
TEXT_BUILDERS = {"format", "join", "replace", "substitute"}

FORBIDDEN_TEXT = {
    "a path of one machine": re.compile(r"(?<![\w.-])/(work|root|tmp|home/\w+)/"),
    "a folder outside the project": re.compile(r"\bshared/"),
    "a package registry's host": re.compile(r"pypi\.org|pythonhosted\.org|npmjs\.(org|com)|yarnpkg\.com"),
}


def part_of(module: str) -> str:
    """Return the part of the product that a module belongs to: 'ntm.charts.funding' -> 'ntm.charts'."""
    names = module.split(".")
    return ".".join(names[:2]) if names[0] == "ntm" else names[0]


def module_of(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def imported(path: str, tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield (line, module) of each import; `from ntm import x` counts as ntm.x, dots are resolved."""
    package = path.split("/")[:-1]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            origin = ".".join([*above, *([node.module] if node.module else [])])
            if origin == "ntm":
                yield from ((node.lineno, f"ntm.{alias.name}") for alias in node.names)
            else:
                yield node.lineno, origin


def wrong_direction(path: str, text: str) -> Iterator[str]:
    part = part_of(module_of(path))
    if part not in MAY_IMPORT:
        yield f"{path}: '{part}' has no place yet in MAY_IMPORT of tests/test_architecture.py"
        return
    for line, module in imported(path, ast.parse(text)):
        other = part_of(module)
        is_ours = other.split(".")[0] in {"app", "pages", "ntm", "etl", "tests"}
        if is_ours and other not in {part, "ntm"} | MAY_IMPORT[part] | COMMANDS.get(path, set()):
            yield f"{path}:{line}: {part} must not import {other}"


def streamlit_elsewhere(path: str, text: str) -> Iterator[str]:
    if path.startswith(STREAMLIT_IN):
        return
    for line, module in imported(path, ast.parse(text)):
        if module.split(".")[0] == "streamlit":
            yield f"{path}:{line}: only app.py, pages and ntm/ui import streamlit"


def query_in_page(path: str, text: str) -> Iterator[str]:
    if not path.startswith("pages/"):
        return
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Attribute) and node.attr in SQL_CALLS:
            yield f"{path}:{node.lineno}: a page asks by a query's name, never .{node.attr}()"
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL.match(node.value):
            yield f"{path}:{node.lineno}: SQL lives in ntm/queries"


def literal(node: ast.AST) -> str:
    """Return the text of a string expression with its computed parts as {}; '' when it is none."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(literal(part) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    if isinstance(node, ast.BinOp):
        return literal(node.left) + (" " + literal(node.right) if isinstance(node.op, ast.Add) else "")
    return ""


def is_built(node: ast.AST) -> bool:
    """Whether a string is put together from parts at run time: an f-string, +, %, or .format and its like."""
    if isinstance(node, ast.JoinedStr):
        return any(isinstance(part, ast.FormattedValue) for part in node.values)
    if isinstance(node, ast.BinOp):
        return isinstance(node.op, (ast.Add, ast.Mod))
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in TEXT_BUILDERS


def built_sql(path: str, text: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.expr):
            continue
        method = node.func if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) else None
        if is_built(node) and SQL.match(literal(method.value if method else node)):
            yield f"{path}:{node.lineno}: SQL text is built from parts; bind values ($name)"
        if isinstance(node, ast.Call) and method and method.attr in SQL_CALLS and any(map(is_built, node.args[:1])):
            yield f"{path}:{node.lineno}: a query is built from parts; bind values ($name)"


def long_file(path: str, text: str) -> Iterator[str]:
    lines, most = len(text.splitlines()), 80 if path.startswith("pages/") else 400 if path.startswith("tests/") else 300
    if lines > most:
        yield f"{path}: {lines} lines, more than {most}: look for a second noun inside"


def page_name(path: str, text: str) -> Iterator[str]:
    if path.startswith("pages/") and not re.fullmatch(r"pages/[a-z_]+\.py", path):
        yield f"{path}: names of pages are lower-case ASCII words without numbers"


def printing(path: str, text: str) -> Iterator[str]:
    if not path.startswith(PRODUCT):
        return
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print":
            yield f"{path}:{node.lineno}: print; use a module logger"


def bare_except(path: str, text: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ExceptHandler) and node.type is None:
            yield f"{path}:{node.lineno}: bare except; name the error that can be handled"


def forbidden_text(path: str, text: str) -> Iterator[str]:
    for number, line in enumerate(text.splitlines(), 1):
        for what, pattern in FORBIDDEN_TEXT.items():
            if found := pattern.search(line):
                yield f"{path}:{number}: {what} ({found[0]})"


def project_files() -> list[str]:
    """Return the files that are or could be committed; without git, all that are not hidden."""
    listing = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    try:
        found = subprocess.run(listing, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split("\0")
    except (OSError, subprocess.CalledProcessError):
        found = [path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*")]
        found = [path for path in found if not path.startswith(".") and "__pycache__" not in path]
    return sorted(path for path in set(found) if (ROOT / path).is_file())


def read_text(path: str) -> str | None:
    content = (ROOT / path).read_bytes()
    return None if b"\0" in content[:8000] else content.decode("utf-8", errors="replace")


def code_of_notebook(text: str) -> str:
    cells = [cell for cell in json.loads(text)["cells"] if cell["cell_type"] == "code"]
    lines = "\n".join("".join(cell["source"]) for cell in cells).splitlines()
    return "\n".join(line for line in lines if not line.lstrip().startswith(("%", "!")))


PRODUCT_RULES: list[Rule] = [wrong_direction, streamlit_elsewhere, query_in_page, page_name, printing]
CODE_RULES: list[Rule] = [built_sql, long_file, bare_except]
