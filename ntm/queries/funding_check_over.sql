-- Money of which more was disbursed than allocated: same unit, source, nature, year and cut-off, as reported. A row for each
-- cell of both amounts; checked: how many such pairs there are (one row without cells when nothing was found).
with places as (
    select distinct unit_code
    from admin_unit
    where $unit in (unit_code, district_code, province_code)
),

pairs as (
    select
        unit_code,
        period_end,
        source_code,
        nature,
        sum(amount_vnd_million) filter (where stage = 'allocated') as allocated,
        sum(amount_vnd_million) filter (where stage = 'disbursed') as disbursed
    from mart_funding
    semi join places using (unit_code)
    where year = $year
        and origin_year = year
        and period_end <= $month
        and value_kind = 'actual'
        and stage in ('allocated', 'disbursed')
    group by all
    having allocated is not null and disbursed is not null
),

file as (
    select distinct source_id, sheet, path from source_file
),

cells as (
    select
        pairs.*,
        funding.stage,
        funding.amount_vnd_million,
        file.path,
        funding.sheet,
        funding.cell,
        funding.source_id
    from pairs
    inner join funding
        on pairs.unit_code = funding.unit_code
        and funding.year = $year
        and funding.origin_year = $year
        and pairs.source_code = funding.source_code
        and pairs.nature is not distinct from funding.nature
        and funding.stage in ('allocated', 'disbursed')
        and funding.value_kind = 'actual'
        and (
            (funding.period_start = make_date($year, 1, 1) and pairs.period_end = funding.period_end)
            or (not funding.is_cumulative and funding.stage = 'disbursed' and funding.period_end <= pairs.period_end)
        )
    left join file on funding.source_id = file.source_id and funding.sheet = file.sheet
    where pairs.disbursed > pairs.allocated
)

select
    counted.checked,
    unit.name,
    cells.period_end,
    cells.source_code,
    cells.nature,
    cells.allocated,
    cells.disbursed,
    cells.stage,
    cells.amount_vnd_million,
    cells.path,
    cells.sheet,
    cells.cell,
    cells.source_id
from (select count(*) as checked from pairs) as counted
left join cells on true
left join admin_unit as unit
    on cells.unit_code = unit.unit_code
    and cells.period_end between unit.valid_from and coalesce(unit.valid_to, date '9999-12-31')
order by unit.name, cells.period_end, cells.source_code, cells.nature, cells.stage
