-- Amounts below zero of a unit and the units within it in a year, up to a month, each with its cell.
with places as (
    select distinct unit_code
    from admin_unit
    where $unit in (unit_code, district_code, province_code)
),

amounts as (
    select unit_code, period_end, stage, source_code, amount_vnd_million, source_id, sheet, cell
    from funding
    where year = $year and reported_on <= $month
    union all
    select unit_code, period_end, stage, source_code, amount_vnd_million, source_id, sheet, cell
    from work_funding
    where year = $year and reported_on <= $month
    union all
    select unit_code, period_end, null, null, amount_vnd_million, source_id, sheet, cell
    from arrears
    where year(period_end) = $year and period_end <= $month
),

file as (
    select distinct source_id, sheet, path from source_file
)

select
    unit.name,
    amounts.period_end,
    amounts.stage,
    amounts.source_code,
    amounts.amount_vnd_million,
    file.path,
    amounts.sheet,
    amounts.cell,
    amounts.source_id
from amounts
semi join places using (unit_code)
left join file using (source_id, sheet)
left join admin_unit as unit
    on amounts.unit_code = unit.unit_code
    and amounts.period_end between unit.valid_from and coalesce(unit.valid_to, date '9999-12-31')
where amounts.amount_vnd_million < 0
order by file.path, amounts.sheet, amounts.cell
