"""What holds for every table of the catalog: types of codes and money, references, layers."""

from __future__ import annotations

import pytest

from ntm.catalog import Table, table, tables


@pytest.mark.parametrize("described", tables().values(), ids=lambda described: described.name)
def test_codes_are_text_and_money_is_decimal(described: Table) -> None:
    for column in described.columns:
        if column.name.endswith("_code") or column.name == "code":
            assert column.type == "VARCHAR", column.name
        if "_vnd_" in column.name:
            assert column.type.startswith("DECIMAL"), column.name


@pytest.mark.parametrize("described", tables().values(), ids=lambda described: described.name)
def test_references_lead_to_a_column_of_the_same_name(described: Table) -> None:
    for column in described.columns:
        if column.references:
            assert column.name in table(column.references).key


def test_layer_follows_from_the_name() -> None:
    layers = {name: table(name).layer for name in ("raw_cell", "mart_funding", "funding")}
    assert layers == {"raw_cell": "raw", "mart_funding": "mart", "funding": "core"}


def test_unknown_table_is_an_error() -> None:
    with pytest.raises(KeyError):
        table("no_such_table")
