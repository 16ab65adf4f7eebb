-- Sheets that the snapshot was made from.
select *
from source_file
order by path, sheet, table_no
