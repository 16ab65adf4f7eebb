"""Whole amounts split into whole parts that make them up exactly."""

from __future__ import annotations

from collections.abc import Sequence


def split(total: int, weights: Sequence[float]) -> list[int]:
    """Parts of a total in proportion to the weights; what rounding leaves goes to the largest remainders."""
    whole = sum(weights)
    exact = [total * weight / whole for weight in weights]
    parts = [int(amount) for amount in exact]
    by_remainder = sorted(range(len(parts)), key=lambda place: parts[place] - exact[place])
    for place in by_remainder[: total - sum(parts)]:
        parts[place] += 1
    return parts


def split_spent(spent: int, allocated: Sequence[int], slowness: Sequence[float]) -> list[int]:
    """What each of several has spent of what it was allocated, never more; the slower one is, the more it has left.

    The parts make up `spent`, which is no more than all that was allocated.
    """
    left = split(sum(allocated) - spent, [amount * slow for amount, slow in zip(allocated, slowness, strict=True)])
    parts = [amount - rest for amount, rest in zip(allocated, left, strict=True)]
    while (short := min(parts)) < 0:
        parts[parts.index(max(parts))] += short
        parts[parts.index(short)] = 0
    return parts
