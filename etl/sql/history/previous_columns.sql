-- Tables and columns of the snapshot before this one, which an older version of the product may have built.
select
    table_name,
    column_name
from duckdb_columns()
where database_name = 'previous' and schema_name = 'main'
