"""A percentage that carries what it is made of: no share is shown without its numerator and denominator."""

from __future__ import annotations

from dataclasses import dataclass

from ntm.model import is_missing


@dataclass(frozen=True)
class Share:
    """numerator of denominator; `definition` is the key of the text that says of what."""

    numerator: float | None
    denominator: float | None
    definition: str

    @property
    def pct(self) -> float | None:
        """Percent 0-100; None when a part is unknown or the denominator is zero."""
        if self.numerator is None or not self.denominator:
            return None
        return 100 * self.numerator / self.denominator


def share(numerator: object, denominator: object, definition: str) -> Share:
    """Return the share of two values of a frame; what is missing there stays unknown."""
    return Share(
        None if is_missing(numerator) else float(numerator),  # type: ignore[arg-type]
        None if is_missing(denominator) else float(denominator),  # type: ignore[arg-type]
        definition,
    )
