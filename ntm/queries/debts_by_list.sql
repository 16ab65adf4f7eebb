-- What each list of arrears up to a month states for a province (or one district): units of communes' level that lists of
-- that day cover, those that owe, and what all units in its area owe. Lists that cover different parts are not comparable.
with units as (
    select
        unit_code,
        level,
        district_code,
        province_code,
        valid_from,
        coalesce(valid_to, date '9999-12-31') as valid_to
    from admin_unit
    where province_code = $province and ($district is null or district_code = $district)
),

told as (
    select distinct
        units.unit_code,
        units.level,
        file.period_end
    from units
    inner join source_file as file
        on file.reporting_unit_code in (units.unit_code, units.district_code, units.province_code)
        and file.period_end between units.valid_from and units.valid_to
    where file.form = 'arrears' and file.rows_loaded > 0 and file.period_end <= $month
),

-- Where a list states a unit's total beside its works, nothing is added twice.
owed as (
    select
        unit_code,
        period_end,
        coalesce(sum(amount_vnd_million) filter (where work is null), sum(amount_vnd_million)) as amount
    from arrears
    group by unit_code, period_end
)

select
    told.period_end,
    count(*) filter (where told.level = 'commune') as units_told,
    count(*) filter (where told.level = 'commune' and owed.amount > 0) as units_owing,
    coalesce(sum(owed.amount), 0) as amount_vnd_million
from told
left join owed on told.unit_code = owed.unit_code and told.period_end = owed.period_end
group by told.period_end
order by told.period_end
