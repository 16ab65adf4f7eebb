"""Command line: `python -m etl load data/sample --warehouse data/warehouse`."""

from etl.cli import app

app(prog_name="python -m etl")
