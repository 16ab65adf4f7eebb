-- National and regional targets. Their cell is the value's cell of the reference file: column I, the row of the file.
with written as (
    select
        row_number() over () + 1 as row_no,
        *
    from read_csv($path, all_varchar = true, nullstr = '', header = true, delim = ',', quote = '"', escape = '"', parallel = false)
)

select
    target_id,
    coalesce(province_code, region_code, 'VN') as scope_code,
    metric,
    metric_vi,
    comparison,
    value,
    value_max,
    unit,
    due_date,
    'firm' as kind,
    denominator,
    coalesce(document, source) as document,
    confidence,
    false as is_illustrative,
    $source_id as source_id,
    $file as sheet,
    'I' || row_no as cell
from written
