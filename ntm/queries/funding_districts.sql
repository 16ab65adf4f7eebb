-- Money of a year up to a month of each district-level unit of a province (or of one of them, $district); one row without
-- amounts for a unit that tells nothing. Need is told for the whole year, whatever its day.
with units as (
    select unit_code, name
    from admin_unit
    where province_code = $province
        and level = 'district'
        and ($district is null or unit_code = $district)
        and $month between valid_from and coalesce(valid_to, date '9999-12-31')
)

select
    units.unit_code,
    units.name,
    money.* exclude (unit_code)
from units
left join mart_funding as money
    on units.unit_code = money.unit_code
    and money.year = $year
    and money.origin_year = money.year
    and (money.period_end <= $month or money.stage = 'need')
order by units.unit_code, money.period_end, money.stage, money.source_code, money.nature
