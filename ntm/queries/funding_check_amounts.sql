-- Amounts to look at of a unit and the units within it in a year, up to a month, each with its cell: those below zero, and
-- those of units that are not in force on the day up to which they are told (merged or set up in the year).
with places as (
    select distinct unit_code
    from admin_unit
    where $unit in (unit_code, district_code, province_code)
),

amounts as (
    select unit_code, period_end, reported_on, stage, source_code, amount_vnd_million, source_id, sheet, cell
    from funding
    where year = $year and reported_on <= $month
    union all
    select unit_code, period_end, reported_on, stage, source_code, amount_vnd_million, source_id, sheet, cell
    from work_funding
    where year = $year and reported_on <= $month
    union all
    select unit_code, period_end, period_end, null, null, amount_vnd_million, source_id, sheet, cell
    from arrears
    where year(period_end) = $year and period_end <= $month
),

file as (
    select distinct source_id, sheet, path from source_file
),

names as (
    select unit_code, arg_max(name, valid_from) as name
    from admin_unit
    group by unit_code
)

select
    coalesce(unit.name, names.name) as name,
    amounts.period_end,
    amounts.stage,
    amounts.source_code,
    amounts.amount_vnd_million,
    unit.unit_code is not null as is_in_force,
    file.path,
    amounts.sheet,
    amounts.cell,
    amounts.source_id
from amounts
semi join places using (unit_code)
left join file using (source_id, sheet)
left join names using (unit_code)
-- A code is used again after 1 July 2025: a report of that year tells of the unit in force on its own day.
left join admin_unit as unit
    on amounts.unit_code = unit.unit_code
    and least(amounts.period_end, amounts.reported_on)
    between unit.valid_from and coalesce(unit.valid_to, date '9999-12-31')
where amounts.amount_vnd_million < 0 or unit.unit_code is null
order by file.path, amounts.sheet, amounts.cell
