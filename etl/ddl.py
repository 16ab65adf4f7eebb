"""Statements made from the catalog: tables with comments, and the checks that every table's description implies.

The only place where SQL is put together from parts. The parts are identifiers of ntm/tables, never values.
"""

from __future__ import annotations

from collections.abc import Iterator

from ntm.catalog import Table


def _quoted(identifier: str) -> str:
    return '"' + identifier.replace('"', '""') + '"'


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def create_table(table: Table) -> str:
    """Return the DDL of one table: columns in the order of the catalog, NOT NULL where required."""
    columns = [
        " ".join([_quoted(column.name), column.type, "not null" if column.required else ""]) for column in table.columns
    ]
    return " ".join(["create table", _quoted(table.name), "(", ", ".join(columns), ")"])


def comments(table: Table) -> Iterator[str]:
    """Yield the COMMENT ON statements, so that a table explains itself wherever it is opened."""
    yield " ".join(["comment on table", _quoted(table.name), "is", _literal(table.grain)])
    for column in table.columns:
        place = ".".join([_quoted(table.name), _quoted(column.name)])
        yield " ".join(["comment on column", place, "is", _literal(column.meaning)])


def insert_from(table: Table, query: str) -> str:
    """Return the insertion of a query's rows, columns matched by name, in the table's order.

    The query may give columns that the table does not have (remarks of a reference file) and leave some out.
    """
    wanted = ", ".join(_literal(name) for name in table.column_names)
    order = ", ".join(_quoted(name) for name in table.order)
    return " ".join(
        [
            *("insert into", _quoted(table.name), "by name"),
            *("select columns(lambda name: name in (", wanted, ")) from (", query.rstrip("; \n"), ")"),
            *("order by", order),
        ]
    )


def duplicate_keys(table: Table) -> str:
    """Return the query of keys that occur more than once; the description says that there are none."""
    key = ", ".join(_quoted(name) for name in table.key)
    return " ".join(["select", key, ", count(*) as rows from", _quoted(table.name), "group by all having rows > 1"])


def forbidden_values(table: Table) -> Iterator[tuple[str, str]]:
    """Yield (column, query of its values that the description does not list)."""
    for column in table.columns:
        if column.values:
            allowed = ", ".join(_literal(value) for value in column.values)
            name = _quoted(column.name)
            yield (
                column.name,
                " ".join(
                    [
                        "select distinct",
                        name,
                        "from",
                        _quoted(table.name),
                        "where",
                        name,
                        "not in (",
                        allowed,
                        ")",
                    ]
                ),
            )


def broken_references(table: Table) -> Iterator[tuple[str, str]]:
    """Yield (column, query of its values that the referenced table does not hold under the same column name)."""
    for column in table.columns:
        if column.references:
            name = _quoted(column.name)
            yield column.name, " ".join(
                ["select distinct", name, "from", _quoted(table.name), "where", name, "not in (select", name, "from",
                 _quoted(column.references), ")"]
            )  # fmt: skip
