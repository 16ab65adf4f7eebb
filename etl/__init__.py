"""From workbooks to a snapshot of the warehouse: `python -m etl --help`. Never imported by the app."""
