"""`python -m ntm.reports`: decks of the review conference from the command line."""

from ntm.reports.command import app

app(prog_name="python -m ntm.reports")
