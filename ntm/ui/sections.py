"""Sections of a page: modules of their own, ntm/ui/<topic>_<section>.py, of which only the one looked at runs."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

from ntm.i18n import Translator
from ntm.ui.choices import switch_one

SECTIONS: Mapping[str, tuple[str, ...]] = {
    "funding": ("overview", "flow", "payments", "places", "debts", "checks"),
    "targets": ("standing", "communes", "projection", "cheapest", "whatif"),
    "criteria": ("heat", "over_time", "binding", "regressions", "reassessment"),
    "ranking": ("districts", "communes", "score"),
    "explore": ("pivot", "distribution", "scatter", "multiples", "compare"),
    "national": ("years", "targets", "quoted", "figures"),
}
"""Topic of a page -> its sections, in the order of the buttons."""


def section_key(topic: str) -> str:
    """Return the name of the choice in the URL."""
    return f"{topic}_section"


def choose_section(t: Translator, topic: str) -> str:
    """Show the buttons and return the section that they stand at; it lies in the URL."""
    names = {name: t(f"{topic}.section_{name}") for name in SECTIONS[topic]}
    return switch_one(t(f"{topic}.section"), names, key=section_key(topic))


def show_section(topic: str, section: str, t: Translator, *values: object) -> None:
    """Show a section by its module's `show(t, *values)`; what the values are is agreed within the topic."""
    import_module(f"ntm.ui.{topic}_{section}").show(t, *values)
