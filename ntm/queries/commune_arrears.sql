-- What the unit with a code at a month owes for works, by the latest list on or before the month that tells of it. One row
-- without an amount when the list names nothing of it; told_until is empty when there is no list at all.
with unit as (
    select
        unit_code,
        district_code,
        province_code,
        valid_from,
        coalesce(valid_to, date '9999-12-31') as valid_to
    from admin_unit
    where unit_code = $unit and $month between valid_from and coalesce(valid_to, date '9999-12-31')
),

told as (
    select max(file.period_end) as told_until
    from source_file as file
    inner join unit
        on file.reporting_unit_code in (unit.unit_code, unit.district_code, unit.province_code)
        and file.period_end between unit.valid_from and least(unit.valid_to, $month::date)
    where file.form = 'arrears' and file.rows_loaded > 0
)

select
    told.told_until,
    arrears.work,
    arrears.amount_vnd_million,
    arrears.is_approximate,
    arrears.plan,
    file.path,
    arrears.sheet,
    arrears.cell,
    arrears.source_id
from told
left join arrears on arrears.unit_code = $unit and told.told_until = arrears.period_end
left join (select distinct source_id, sheet, path from source_file) as file
    on arrears.source_id = file.source_id and arrears.sheet = file.sheet
order by arrears.amount_vnd_million desc
