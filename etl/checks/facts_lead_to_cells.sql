-- Every fact read from a workbook leads to a cell that the snapshot keeps, or to a blank cell inside the sheet's table.
with facts as (
    select source_id, sheet from criterion_result
    union
    select source_id, sheet from funding
    union
    select source_id, sheet from recognition
    union
    select source_id, sheet from target_unit
    union
    select source_id, sheet from ocop_product
)

select
    facts.source_id,
    facts.sheet
from facts
anti join source_file using (source_id, sheet)
