-- The cells that allocated and disbursed money of communes, phường and thị trấn was read from, of a budget year: those that
-- the mart counts at each unit's latest cut-off up to a month that tells of the stage, and at the latest that tells both
-- of one source. Reported amounts without credit.
with told as (
    select
        unit.name as unit_name,
        unit.district_code,
        money.*
    from mart_funding_cell as money
    inner join admin_unit as unit
        on money.unit_code = unit.unit_code
        and money.valid_from = unit.valid_from
        and unit.level = 'commune'
        and unit.province_code = $province
        and ($district is null or unit.district_code = $district)
        and ($unit is null or unit.unit_code = $unit)
        and $month between unit.valid_from and coalesce(unit.valid_to, date '9999-12-31')
    where money.year = $year
        and money.origin_year = money.year
        and money.period_end <= $month
        and money.stage in ('allocated', 'disbursed')
        and money.value_kind = 'actual'
        and money.source_code != 'credit'
),

paired as (
    select unit_code, max(period_end) as paired_until
    from (
        select unit_code, period_end
        from told
        group by unit_code, period_end, source_code, nature
        having count(distinct stage) = 2
    )
    group by unit_code
),

counted as (
    select
        told.*,
        max(told.period_end) over (partition by told.unit_code, told.stage) as stage_until,
        paired.paired_until
    from told
    left join paired using (unit_code)
    qualify told.period_end in (stage_until, paired_until)
)

select
    counted.unit_code,
    counted.unit_name,
    counted.period_end as cutoff,
    counted.told_until as period_end,
    counted.stage,
    counted.source_code,
    counted.nature,
    counted.detail,
    counted.amount_vnd_million,
    file.path,
    counted.sheet,
    counted.cell,
    counted.source_id
from counted
left join (select distinct source_id, sheet, path from source_file) as file
    on counted.source_id = file.source_id and counted.sheet = file.sheet
order by counted.district_code, counted.unit_code, counted.stage, counted.source_code, counted.period_end, counted.told_until
