-- vi: Mỗi tệp có bao nhiêu dòng đã đọc, đã nạp, bị loại?
-- en: How many rows of each file were read, loaded and set aside?
select
    path,
    sheet,
    form,
    period_end,
    rows_read,
    rows_loaded,
    rows_rejected,
    is_illustrative
from source_file
order by rows_rejected desc, path, sheet
