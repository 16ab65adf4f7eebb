-- The cells that a unit's disbursed and allocated money of two budget years was read from, at the cut-offs of each year up to
-- a day: those that the mart counts, reported and without credit, each once. A month's cell is summed up to later cut-offs.
with unit as (
    select
        unit_code,
        valid_from,
        coalesce(valid_to, date '9999-12-31') as valid_to,
        -- What is told of days before the register begins is told of the first unit with the code.
        valid_from = min(valid_from) over (partition by unit_code) as is_first
    from admin_unit
    where unit_code = $unit
    qualify $until between valid_from and coalesce(valid_to, date '9999-12-31')
),

told as (
    select distinct
        year,
        told_until,
        stage,
        source_code,
        nature,
        amount_vnd_million,
        source_id,
        sheet,
        cell
    from mart_funding_cell as cell
    inner join unit
        on cell.unit_code = unit.unit_code
        and (cell.valid_from = unit.valid_from or (cell.valid_from is null and unit.is_first))
    where year in ($year, $earlier)
        and origin_year = year
        and stage in ('allocated', 'disbursed')
        and value_kind = 'actual'
        and source_code != 'credit'
        and period_end <= $until
        and year(period_end) = year
),

period as (
    select source_id, sheet, cell, min(period_start) as period_start
    from funding
    where unit_code = $unit
    group by source_id, sheet, cell
)

select
    told.year,
    period.period_start,
    told.told_until as period_end,
    told.stage,
    told.source_code,
    told.nature,
    told.amount_vnd_million,
    file.path,
    told.sheet,
    told.cell,
    told.source_id
from told
left join period using (source_id, sheet, cell)
left join (select distinct source_id, sheet, path from source_file) as file
    on told.source_id = file.source_id and told.sheet = file.sheet
order by told.told_until desc, period.period_start, told.stage, told.source_code, told.nature
