-- The cells of a sheet around one place, as the workbook shows them.
select
    row_no,
    column_no,
    text
from raw_cell
where source_id = $source_id
    and sheet = $sheet
    and row_no between $first_row and $last_row
    and column_no between $first_column and $last_column
order by row_no, column_no
