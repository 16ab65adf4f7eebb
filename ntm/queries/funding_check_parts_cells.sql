-- The cells behind funding_check_parts: of a unit and the units right below it those that the mart counts, of a year, at the
-- last cut-off of the unit's own stage up to a month, of the sources that both tell, so that they add up to the amounts.
with units as (
    select unit_code, name
    from admin_unit
    where $unit in (unit_code, parent_code)
        and $month between valid_from and coalesce(valid_to, date '9999-12-31')
),

told as (
    select mart_funding_cell.*
    from mart_funding_cell
    semi join units using (unit_code)
    where year = $year
        and origin_year = $year
        and period_end <= $month
        and value_kind = 'actual'
        and stage in ('allocated', 'disbursed', 'mobilised')
),

cutoffs as (
    select stage, max(period_end) as period_end
    from told
    where unit_code = $unit
    group by stage
),

compared as (
    select told.*
    from told
    inner join cutoffs using (stage, period_end)
    window of_source as (partition by told.stage, told.source_group)
    qualify bool_or(told.unit_code = $unit) over of_source and bool_or(told.unit_code != $unit) over of_source
)

select
    units.name,
    compared.stage,
    compared.source_code,
    compared.nature,
    compared.told_until as period_end,
    compared.amount_vnd_million,
    file.path,
    compared.sheet,
    compared.cell,
    compared.source_id
from compared
inner join units using (unit_code)
left join (select distinct source_id, sheet, path from source_file) as file
    on compared.source_id = file.source_id and compared.sheet = file.sheet
order by compared.stage, compared.source_code, compared.unit_code != $unit, units.name, compared.told_until
