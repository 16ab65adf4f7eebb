-- The cells behind funding_check_parts: amounts of a unit and of the units right below it, of a year, that reach from
-- January to the last cut-off of the unit's own stage up to a month.
with units as (
    select unit_code, name
    from admin_unit
    where $unit in (unit_code, parent_code)
        and $month between valid_from and coalesce(valid_to, date '9999-12-31')
),

told as (
    select *
    from funding
    where year = $year
        and origin_year = $year
        and period_end <= $month
        and value_kind = 'actual'
        and stage in ('allocated', 'disbursed', 'mobilised')
        and period_start = make_date($year, 1, 1)
),

cutoffs as (
    select stage, max(period_end) as period_end
    from told
    where unit_code = $unit
    group by stage
)

select
    units.name,
    told.stage,
    told.source_code,
    told.nature,
    told.period_end,
    told.amount_vnd_million,
    file.path,
    told.sheet,
    told.cell,
    told.source_id
from told
inner join cutoffs using (stage, period_end)
inner join units using (unit_code)
left join (select distinct source_id, sheet, path from source_file) as file
    on told.source_id = file.source_id and told.sheet = file.sheet
order by told.stage, told.source_code, told.unit_code != $unit, units.name
