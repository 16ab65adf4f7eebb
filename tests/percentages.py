"""Every percentage is made in one place and says of what; tests/test_shares.py applies and tries these rules.

`percent_elsewhere` finds percentages that code makes beside ntm/metrics/share.py, `wrong_in_text` and `wrong_in_table`
recompute those that a page shows.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pandas as pd

from ntm.i18n import Translator

HOME = "ntm/metrics/share.py"
FORMATTING = "ntm/formatting.py"

ELSEWHERE: dict[str, str] = {
    "ntm/charts/funding_steps.py": "the height of a chart in pixels",
    "ntm/reports/deck/presentation_chart.py": "lengths and places of bars within the plot, for the browser to draw",
    "ntm/metrics/watch.py": "compares whole numbers with the bounds of decision 18/2022; no percentage comes of it",
    "ntm/metrics/payments_projection.py": "the error of a projection in its back-test, relative to the true amount",
    "ntm/metrics/projection.py": "shares of simulated runs, whose number is printed beside them",
    "ntm/queries/map_communes.sql": "both parts stand in the same row, from which the card of the unit says them",
    "ntm/queries/map_districts.sql": "both parts stand in the same row, from which the card of the unit says them",
    "ntm/queries/map_provinces.sql": "both parts stand in the same row; where they are unknown, a quoted one",
}
"""File of the product that makes a percentage beside the one place -> why."""

PERCENT_VALUES: dict[str, str] = {
    "from_pct": "a bound of decision 18/2022, from data",
    "any_pct": "a bound of decision 18/2022, from data",
    "coverage": "how often an interval is meant to hold, or held in the back-test, whose number is said beside it",
    "error": "the largest error of a back-test",
    "unlikely": "a threshold of the projection, from data",
}
"""Value behind which a text writes a % -> why; all other percentages are written by ntm/formatting.py."""

_SQL = re.compile(r"(?<![\w.])100(\.0+)?\s*\*|\*\s*100(\.0+)?(?![\w.*])")
_SPEC = re.compile(r"[,.\d]*%")
_FORMAT = re.compile(r"\{[^{}%]*:[,.\d]*%\}|\{\w*\}%")


def percent_elsewhere(path: str, text: str) -> Iterator[str]:
    """Yield each place of a file that multiplies by 100 or writes a % behind a value."""
    if path.endswith(".sql"):
        for number, line in enumerate(text.splitlines(), 1):
            if _SQL.search(line.partition("--")[0]):
                yield f"{path}:{number}: a percentage made in SQL; return both parts and let {HOME} make it"
        return
    if path in (HOME, FORMATTING):
        return
    for node in ast.walk(ast.parse(text)):
        if (
            isinstance(node, ast.BinOp)
            and isinstance(node.op, ast.Mult)
            and (_is_100(node.left) or _is_100(node.right))
        ):
            yield f"{path}:{node.lineno}: a percentage made outside {HOME}"
        if isinstance(node, ast.JoinedStr) and _writes_percent(node):
            yield f"{path}:{node.lineno}: a percentage written outside {FORMATTING}"
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _FORMAT.search(node.value):
            yield f"{path}:{node.lineno}: a percentage written outside {FORMATTING}"


def _is_100(node: ast.AST) -> bool:
    if isinstance(node, ast.Call):
        return len(node.args) == 1 and _is_100(node.args[0])
    return isinstance(node, ast.Constant) and node.value in (100, "100") and not isinstance(node.value, bool)


def _writes_percent(node: ast.JoinedStr) -> bool:
    for part, following in zip(node.values, [*node.values[1:], None], strict=True):
        if not isinstance(part, ast.FormattedValue):
            continue
        spec = part.format_spec.values if isinstance(part.format_spec, ast.JoinedStr) else []
        if any(isinstance(piece, ast.Constant) and _SPEC.fullmatch(str(piece.value)) for piece in spec):
            return True
        if isinstance(following, ast.Constant) and str(following.value).startswith("%"):
            return True
    return False


_NUMBER = r"\d+(?:[.,]\d+)*"
_SHOWN = re.compile(
    rf"(?<![\d/.,])({_NUMBER})(?:/| of )({_NUMBER})(?![\d/])(?: [^\W\d]+){{0,6}} ?(?:\(|= )(?:= )?({_NUMBER})%"
)


def shown(text: str) -> list[tuple[str, str, str]]:
    """Return numerator, denominator and percentage of each '45/51 xã (88,2%)' or '45 of 51 communes (88.2%)'."""
    return [(found[1], found[2], found[3]) for found in _SHOWN.finditer(text)]


def number(text: str, language: str) -> float:
    """Return the value of a number as the language writes it."""
    thousands, comma = (".", ",") if language == "vi" else (",", ".")
    return float(text.replace(thousands, "").replace(comma, ".").replace("−", "-"))


def is_right(numerator: str, denominator: str, pct: str, language: str) -> bool:
    """Tell whether a percentage is the rounded share of its parts, all three as they are written."""
    base = number(denominator, language)
    if not base:
        return False
    decimals = len(pct.partition("," if language == "vi" else ".")[2])
    return abs(100 * number(numerator, language) / base - number(pct, language)) <= 0.5 / 10**decimals + 1e-9


def wrong_in_text(text: str, language: str) -> list[str]:
    """Return the percentages of a text that are not those of their parts."""
    return [f"{a}/{b} is not {pct}%" for a, b, pct in shown(text) if not is_right(a, b, pct, language)]


def wrong_in_table(table: pd.DataFrame, t: Translator) -> list[str]:
    """Return the rows whose recomputed percentage is not that of the numerator and denominator beside it."""
    names = [t("column.numerator"), t("column.denominator"), t("column.pct")]
    if not set(names) <= set(table.columns):
        return []
    rows = [row for row in table[names].astype(str).to_numpy() if all(any(map(str.isdigit, cell)) for cell in row)]
    return [f"{a}/{b} is not {pct}%" for a, b, pct in rows if not is_right(a, b, pct, t.language)]
