-- Tables that the snapshot has: one of an older version may lack some.
select table_name
from duckdb_tables()
where schema_name = 'main' and not internal
