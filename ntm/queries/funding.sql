-- Money of the unit that has a code at a month, all years, stages and cut-offs: the years' own, without what was carried over
-- from earlier budgets. A code is used again after 1 July 2025: the money of its earlier unit is not that of its new one.
with unit as (
    select
        unit_code,
        valid_from,
        coalesce(valid_to, date '9999-12-31') as valid_to,
        -- What is told of days before the register begins is told of the first unit with the code.
        valid_from = min(valid_from) over (partition by unit_code) as is_first
    from admin_unit
    where unit_code = $unit
    qualify $month between valid_from and coalesce(valid_to, date '9999-12-31')
),

told as (
    select distinct
        cell.unit_code,
        cell.year,
        cell.origin_year,
        cell.period_end,
        cell.source_code,
        cell.nature,
        cell.stage,
        cell.value_kind
    from mart_funding_cell as cell
    inner join unit
        on cell.unit_code = unit.unit_code
        and (cell.valid_from = unit.valid_from or (cell.valid_from is null and unit.is_first))
    where cell.origin_year = cell.year
)

select money.*
from mart_funding as money
semi join told
    on money.unit_code = told.unit_code
    and money.year = told.year
    and money.origin_year = told.origin_year
    and money.period_end = told.period_end
    and money.source_code = told.source_code
    and money.nature is not distinct from told.nature
    and money.stage = told.stage
    and money.value_kind = told.value_kind
order by money.year, money.period_end, money.stage, money.source_code, money.nature
