-- Every fact read from a workbook leads to a cell that the snapshot keeps. A blank mark alone is no stored cell: then the
-- mark is unknown or not met, never met.
with facts as (
    select source_id, sheet, cell from criterion_result where outcome = 'met'
    union
    select source_id, sheet, cell from indicator_value where outcome = 'met' or value is not null or stated is not null
    union
    select source_id, sheet, cell from commune_count
    union
    select source_id, sheet, cell from funding
    union
    select source_id, sheet, cell from arrears
    union
    select source_id, sheet, cell from work_funding
    union
    select source_id, sheet, cell from recognition
    union
    select source_id, sheet, cell from target where confidence = 'reported' and value is not null
    union
    select source_id, sheet, cell from target_unit
    union
    select source_id, sheet, cell from ocop_product
    union
    select source_id, sheet, cell from stated_result
    union
    select source_id, sheet, cell from village_result
    union
    select source_id, sheet, cell from inspection
    union
    select source_id, sheet, cell from directive
    union
    select source_id, sheet, cell from submission
    union
    select source_id, sheet, cell from policy
),

places as (
    select
        *,
        regexp_extract(cell, '[0-9]+')::integer as row_no,
        -- Column letters as a number: A is 1, Z 26, AA 27.
        list_reduce(
            [unicode(letter) - 64 for letter in string_split(regexp_extract(cell, '[A-Z]+'), '')],
            lambda number, letter: 26 * number + letter
        ) as column_no
    from facts
)

select
    places.source_id,
    places.sheet,
    places.cell
from places
anti join raw_cell using (source_id, sheet, row_no, column_no)
