-- Sheets that were loaded.
select *
from source_file
order by path, sheet
