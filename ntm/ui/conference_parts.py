"""The parts of the conference page below its answer; only the one looked at is loaded and run."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from ntm.i18n import Translator
from ntm.reports.deck.choice import Choice
from ntm.reports.deck.model import Deck
from ntm.ui.choices import switch_one

PARTS = {
    "preview": "ntm.ui.conference_preview",
    "saved": "ntm.ui.conference_saved",
    "many": "ntm.ui.conference_many",
}
"""Part -> its module, in the order of the buttons. Each has `show(t, choice, deck)`."""

Show = Callable[[Translator, Choice, Deck], None]


def choose_part(t: Translator) -> str:
    """Show the buttons and return the part that they stand at; it lies in the URL."""
    return switch_one(t("conference.part"), {name: t(f"conference.part_{name}") for name in PARTS}, key="deck_part")


def show(part: str, t: Translator, choice: Choice, deck: Deck) -> None:
    """Show a part."""
    run: Show = import_module(PARTS[part]).show
    run(t, choice, deck)
