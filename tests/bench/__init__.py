"""Measurements of the product, each beside a plain baseline of the same run: `python -m tests.bench`."""
