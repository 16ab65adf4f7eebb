"""Empty workbooks for clerks to fill in: described in etl/templates/*.yml, written so that the reader reads them back.

`python -m etl template` lists them, `python -m etl template NAME` writes one.
"""

from __future__ import annotations

from openpyxl import Workbook

from etl.template.book import BLANK, Filling, Row, example_of, write_book
from etl.template.schema import Column, Template, TemplateError, read_template, template_names

__all__ = [
    "BLANK",
    "Column",
    "Filling",
    "Row",
    "Template",
    "TemplateError",
    "example_of",
    "read_template",
    "template_book",
    "template_names",
]


def template_book(name: str, filling: Filling = BLANK) -> Workbook:
    """Return the workbook of a template, blank unless a filling is given. Raises TemplateError."""
    return write_book(read_template(name), filling)
