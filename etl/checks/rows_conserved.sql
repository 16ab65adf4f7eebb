-- Every row that was read was either loaded or set aside with a finding.
select
    path,
    sheet,
    rows_read,
    rows_loaded,
    rows_rejected
from source_file
where rows_read != rows_loaded + rows_rejected
