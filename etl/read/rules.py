"""Arithmetic that a numbering row states ('(3)=(4)+(10)', '8=6-7', '5=4/3*100') as rules between columns."""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from ntm.geo.names import clean_text

_LABEL = re.compile(r"^\W*(\d{1,3}|[A-ZĐ])\W*(?:=\s*(.+))?$")
_RANGE = re.compile(r"[(\[]?(\d+)[)\]]?\s*\+\s*(?:…|\.{2,})\s*\+\s*[(\[]?(\d+)[)\]]?")
_TERM = re.compile(r"[(\[]\s*(\d+|[A-ZĐ])\s*[)\]]|(\d+|[A-ZĐ])")
_SIGNS = str.maketrans(
    {"×": "*", "x": "*", "X": "*", "÷": "/", ":": "/", "–": "-", "[": "(", "]": ")", "%": None, " ": None}
)
_OPERATORS: Mapping[type[ast.operator], Callable[[Decimal, Decimal], Decimal]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
_PERCENT = "100"
_NAME, _UNKNOWN = "column", "?"
_FORMULA = re.compile(rf"(?:{_NAME}\d+|{_PERCENT}|[-+*/()])+")
_LONGEST = 200


@dataclass(frozen=True)
class Rule:
    """What a column must be: a sum or a ratio of others. `columns` are those that it is computed from."""

    target: int
    text: str
    columns: tuple[int, ...]
    is_rate: bool
    formula: ast.expr

    def compute(self, values: Mapping[int, Decimal]) -> Decimal | None:
        """Return what the column should be by the values of the others; None for a division by zero."""
        try:
            return _compute(self.formula, values)
        except ArithmeticError:
            return None


def read_rules(labels: Mapping[int, str]) -> Iterator[Rule]:
    """Yield the rules of a numbering row, given its texts by column.

    Numbers are those of the row itself, wherever their columns are; 100 is the factor of a percentage. What is no sum
    or ratio of columns of the table is no rule.
    """
    matches = {column: match for column, text in labels.items() if (match := _LABEL.match(clean_text(text)))}
    by_label = {match[1]: column for column, match in matches.items()}
    for column, match in matches.items():
        if match[2] and len(match[2]) <= _LONGEST and (rule := _read_rule(column, match[2], by_label)):
            yield rule


def _read_rule(target: int, text: str, by_label: Mapping[str, int]) -> Rule | None:
    def named(match: re.Match[str]) -> str:
        label = match[1] or match[2]
        if label in by_label:
            return f"{_NAME}{by_label[label]}"
        return label if label == _PERCENT else _UNKNOWN

    bare = text.rstrip(")]") if not re.search(r"[(\[]", text) else text  # '(7=5-6)'
    written = _TERM.sub(named, _RANGE.sub(_spell_out, bare).translate(_SIGNS))
    if not _FORMULA.fullmatch(written):
        return None
    try:
        formula = ast.parse(written, mode="eval").body
    except SyntaxError:
        return None
    nodes = [node for node in ast.walk(formula) if isinstance(node, ast.expr)]
    columns = tuple(_column(node) for node in nodes if isinstance(node, ast.Name))
    if not columns or target in columns or not all(map(_is_known, nodes)):
        return None
    is_rate = any(isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div) for node in nodes)
    return Rule(target, text, columns, is_rate, formula)


def _spell_out(match: re.Match[str]) -> str:
    """Return '4+5+6' for '4+…+6'."""
    return "+".join(str(number) for number in range(int(match[1]), int(match[2]) + 1))


def _column(name: ast.Name) -> int:
    return int(name.id.removeprefix(_NAME))


def _is_known(node: ast.expr) -> bool:
    if isinstance(node, ast.BinOp):
        return type(node.op) in _OPERATORS
    return isinstance(node, ast.Name) or (isinstance(node, ast.Constant) and node.value == int(_PERCENT))


def _compute(node: ast.expr, values: Mapping[int, Decimal]) -> Decimal:
    if isinstance(node, ast.BinOp):
        return _OPERATORS[type(node.op)](_compute(node.left, values), _compute(node.right, values))
    return values[_column(node)] if isinstance(node, ast.Name) else Decimal(_PERCENT)
