"""Statements made from the catalog: tables with comments, and the checks that every table's description implies.

The only place where SQL is put together from parts. The parts are identifiers of ntm/tables, never values.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from ntm.catalog import Table, tables

ATTACH_PREVIOUS = "attach $path as previous (read_only)"
_PROVENANCE = ("source_id", "sheet", "cell")


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


def previous_views(present: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield a view `before_<table>` over the attached snapshot for every table of the catalog.

    `present` are the (table, column) pairs that the snapshot has. A table that it lacks is empty, a column null.
    """
    known: dict[str, set[str]] = defaultdict(set)
    for name, column_name in present:
        known[name].add(column_name)
    for described in tables().values():
        own = known.get(described.name, set())
        columns = []
        for column in described.columns:
            value = _quoted(column.name) if column.name in own else "null"
            columns.append(" ".join(["try_cast(", value, "as", column.type, ") as", _quoted(column.name)]))
        rows = "".join(["from previous.main.", _quoted(described.name)]) if own else "where false"
        view = _quoted(f"before_{described.name}")
        yield " ".join(["create temp view", view, "as select", ", ".join(columns), rows])


def all_facts(name: str, prefix: str = "") -> str:
    """Return the making of a temporary table of all facts in one shape, from the fact tables or `<prefix><table>`.

    A row is one fact: table_name, unit_code, period_end (null where the table has none), what (the rest of its key,
    as 'name=value; …'), stated (its other values, a list of name and value), is_known (false when it says 'unknown'),
    source_id, sheet, cell.
    """
    queries = [_facts(described, prefix) for described in tables().values() if described.is_fact]
    return " ".join(["create temp table", _quoted(name), "as", " union all ".join(queries)])


def _facts(table: Table, prefix: str) -> str:
    names = table.column_names
    unit = next((name for name in ("unit_code", "scope_code") if name in names), None)
    period = next((name for name in ("period_end",) if name in names), None)
    what = [name for name in table.key if name not in (unit, period)]
    stated = [name for name in names if name not in (*table.key, unit, period, *_PROVENANCE)]
    unknown = [column.name for column in table.columns if "unknown" in column.values]
    pairs = ["".join(["{name: ", _literal(name), ", value: ", _text(name), "}"]) for name in stated]
    columns = [
        " ".join([_literal(table.name), "as table_name"]),
        " ".join([_quoted(unit) if unit else "null::varchar", "as unit_code"]),
        " ".join([_quoted(period) if period else "null::date", "as period_end"]),
        " ".join(["concat_ws('; '", *(f", {_literal(name)} || '=' || {_text(name)}" for name in what), ") as what"]),
        " ".join(["[", ", ".join(pairs), "]::struct(name varchar, value varchar)[] as stated"]),
        " ".join([" and ".join(f"{_quoted(name)} != 'unknown'" for name in unknown) or "true", "as is_known"]),
        *_PROVENANCE,
    ]
    return " ".join(["select", ", ".join(columns), "from", _quoted(f"{prefix}{table.name}")])


def _text(column: str) -> str:
    return "".join([_quoted(column), "::varchar"])
