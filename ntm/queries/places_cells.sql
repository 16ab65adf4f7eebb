-- The cells that allocated and disbursed money of communes, phường and thị trấn was read from, of a budget year and up to a
-- month: of each source the latest year so far, else the months that were summed up. Reported amounts without credit.
with told as (
    select
        unit.name as unit_name,
        unit.district_code,
        funding.*,
        funding.period_start = make_date(funding.year, 1, 1) as is_year_so_far
    from funding
    inner join admin_unit as unit
        on funding.unit_code = unit.unit_code
        and unit.level = 'commune'
        and unit.province_code = $province
        and ($district is null or unit.district_code = $district)
        and ($unit is null or unit.unit_code = $unit)
        and $month between unit.valid_from and coalesce(unit.valid_to, date '9999-12-31')
        and least(funding.period_end, funding.reported_on)
        between unit.valid_from and coalesce(unit.valid_to, date '9999-12-31')
    where funding.year = $year
        and funding.origin_year = funding.year
        and funding.period_end <= $month
        and funding.stage in ('allocated', 'disbursed')
        and funding.value_kind = 'actual'
        and funding.source_code != 'credit'
    qualify funding.reported_on = max(funding.reported_on) over (
        partition by
            funding.unit_code, funding.period_start, funding.period_end, funding.is_cumulative, funding.source_code,
            funding.stage
    )
),

whole as (
    select
        unit_code,
        stage,
        source_code,
        max(period_end) as until
    from told
    where is_year_so_far
    group by unit_code, stage, source_code
)

select
    told.unit_code,
    told.unit_name,
    told.period_end,
    told.stage,
    told.source_code,
    told.nature,
    told.detail,
    told.amount_vnd_million,
    file.path,
    told.sheet,
    told.cell,
    told.source_id
from told
left join whole
    on told.unit_code = whole.unit_code and told.stage = whole.stage and told.source_code = whole.source_code
left join (select distinct source_id, sheet, path from source_file) as file
    on told.source_id = file.source_id and told.sheet = file.sheet
where (told.is_year_so_far and told.period_end = whole.until)
    or (not told.is_year_so_far and not told.is_cumulative and told.period_end > coalesce(whole.until, date '0001-01-01'))
order by told.district_code, told.unit_code, told.stage, told.source_code, told.period_end
