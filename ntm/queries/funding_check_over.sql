-- Money of which more was disbursed than allocated: same unit, source, nature, year and cut-off, as reported. A row for each
-- cell that the mart counts in either amount; checked: how many such pairs there are (one row without cells when nothing was found).
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
        told.stage,
        told.amount_vnd_million,
        file.path,
        told.sheet,
        told.cell,
        told.source_id
    from pairs
    inner join mart_funding_cell as told
        on pairs.unit_code = told.unit_code
        and told.year = $year
        and told.origin_year = told.year
        and pairs.period_end = told.period_end
        and pairs.source_code = told.source_code
        and pairs.nature is not distinct from told.nature
        and told.stage in ('allocated', 'disbursed')
        and told.value_kind = 'actual'
    left join file on told.source_id = file.source_id and told.sheet = file.sheet
    where pairs.disbursed > pairs.allocated
)

select
    counted.checked,
    cells.unit_code,
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
order by unit.name, cells.unit_code, cells.period_end, cells.source_code, cells.nature, cells.stage
