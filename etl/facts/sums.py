"""Wholes and their parts: which rows (or columns) of money are loaded, and which only have to add up.

A source and what splits it both state money; loading both would count it twice. Parts are loaded where they make up
their whole, else the whole is, undivided: no money disappears and none is invented.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from etl.clean.money import STORED_STEP

ROUNDING = Decimal("0.5")
"""How far each part of a sum may be from what it was before rounding, in units of its last digit."""


@dataclass
class Node:
    """A row or a column of money by its number: what it means, and those that split it.

    A sum over several sources ('Tổng số', 'Vốn đầu tư trực tiếp') has no meaning of its own. One that nobody knows
    (`is_unknown`) was set aside with a finding; it still counts in sums.
    `names_some`: its parts stand behind 'Trong đó', which does not say that they are all of it.
    """

    number: int
    name: str
    meaning: Mapping[str, str] | None
    parts: list[Node] = field(default_factory=list)
    is_unknown: bool = False
    names_some: bool = False


@dataclass(frozen=True)
class Difference:
    """A whole that is not what its parts make: the code of the finding and both amounts."""

    code: str
    node: Node
    stated: Decimal
    counted: Decimal


def walk(nodes: Iterable[Node]) -> Iterator[Node]:
    """Yield nodes and all their parts, each before its parts."""
    for node in nodes:
        yield node
        yield from walk(node.parts)


def amount_of(node: Node, stated: Mapping[int, Decimal]) -> Decimal | None:
    """Return what a node states itself, else what its parts make; None when nothing is stated."""
    if node.number in stated:
        return stated[node.number]
    amounts = amounts_of(node.parts, stated)
    return sum(amounts, Decimal(0)) if amounts else None


def amounts_of(nodes: Iterable[Node], stated: Mapping[int, Decimal]) -> list[Decimal]:
    """Return what each of some nodes amounts to; those of which nothing is stated are left out."""
    return [amount for node in nodes if (amount := amount_of(node, stated)) is not None]


def settle(node: Node, stated: Mapping[int, Decimal]) -> tuple[list[Node], list[Difference]]:
    """Return the nodes to load of a node, itself or its parts, and where a whole is not what its parts make.

    PARTS_INCOMPLETE: the whole is loaded, undivided. SUM_MISMATCH: the parts are. SUM_UNDIVIDED: neither can be, nobody
    knows of which sources the money is.
    """
    told = [part for part in node.parts if amount_of(part, stated) is not None]
    whole = stated.get(node.number)
    if not told:
        if whole is None or node.is_unknown:
            return [], []
        return (
            ([node], []) if node.meaning is not None else ([], [Difference("SUM_UNDIVIDED", node, whole, Decimal(0))])
        )
    differences = []
    amounts = amounts_of(told, stated)
    adds_up = whole is not None and is_sum(whole, amounts)
    has_unknown = any(part.is_unknown for part in told)
    if whole is not None and (has_unknown or not adds_up):
        is_open = has_unknown or len(told) < len(node.parts) or (node.names_some and not adds_up)
        is_whole_used = node.meaning is not None and is_open
        if is_whole_used or not adds_up:
            code = "PARTS_INCOMPLETE" if is_whole_used else "SUM_MISMATCH"
            differences.append(Difference(code, node, whole, sum(amounts, Decimal(0))))
        if is_whole_used:
            return [node], differences
    loaded = []
    for part in told:
        below, found = settle(part, stated)
        loaded += below
        differences += found
    return loaded, differences


def is_sum(whole: Decimal, parts: Sequence[Decimal]) -> bool:
    """Tell whether parts add up to a whole, but for half a unit of the last digit written for each part.

    The tolerance is that of sums of rounded numbers (51.243 published beside parts that make 51.260).
    """
    return abs(whole - sum(parts)) <= ROUNDING * len(parts) * last_digit(whole, *parts)


def last_digit(*numbers: Decimal) -> Decimal:
    """Return the unit of the last digit that is written of some numbers, at most 1."""
    exponents = (number.quantize(STORED_STEP).normalize().as_tuple().exponent for number in numbers)
    return Decimal(1).scaleb(min(0, *map(int, exponents)))
