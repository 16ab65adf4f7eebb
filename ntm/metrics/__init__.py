"""Rules of the programme over frames: the same figures for pages, decks and notebooks."""
