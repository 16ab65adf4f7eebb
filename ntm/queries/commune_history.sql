-- All that the commune with a code at a month has reported of its criteria up to then, set by set, the oldest first,
-- each with its cell. Sets of NTM stand before those of the higher standards.
-- A code is used again after 1 July 2025: reports of another unit with the same code are not its own.
with unit as (
    select
        unit_code,
        district_code,
        province_code,
        valid_from,
        coalesce(valid_to, date '9999-12-31') as valid_to
    from admin_unit
    where unit_code = $unit and $month between valid_from and coalesce(valid_to, date '9999-12-31')
)

select
    result.set_code,
    result.period_end,
    result.criterion_no,
    result.outcome,
    file.path,
    result.sheet,
    result.cell,
    result.source_id
from criterion_result as result
inner join unit
    on result.unit_code = unit.unit_code
    and result.period_end between unit.valid_from and least(unit.valid_to, $month::date)
inner join criteria_set on result.set_code = criteria_set.set_code
left join (select distinct source_id, sheet, path from source_file) as file
    on result.source_id = file.source_id and result.sheet = file.sheet
where result.value_kind = 'actual' and result.criterion_no similar to '[0-9]+'
order by
    criteria_set.standard != 'ntm', criteria_set.valid_from nulls first, result.set_code,
    result.period_end, result.criterion_no::integer
