-- Money of a unit's year that is coded by component, each amount with its cell: of each stage the latest cut-off on or before
-- a month, of the newest report, reported before estimated and planned. A part of the money in mart_funding, never more.
with told as (
    select
        *,
        case value_kind when 'actual' then 0 when 'estimate' then 1 when 'plan' then 2 else 3 end as kind_rank
    from funding
    where unit_code = $unit
        and year = $year
        and origin_year = year
        and component_no is not null
        and period_start = make_date(year, 1, 1)
        and (period_end <= $month or stage = 'need')
    qualify (reported_on, is_cumulative) = max((reported_on, is_cumulative)) over (
        partition by period_end, source_code, stage, value_kind
    )
),

surest as (
    select *
    from told
    qualify kind_rank = min(kind_rank) over (partition by stage)
)

select
    surest.stage,
    surest.component_no,
    surest.source_code,
    surest.amount_vnd_million,
    surest.period_end,
    file.path,
    surest.sheet,
    surest.cell,
    surest.source_id
from surest
left join (select distinct source_id, sheet, path from source_file) as file
    on surest.source_id = file.source_id and surest.sheet = file.sheet
qualify surest.period_end = max(surest.period_end) over (partition by surest.stage)
order by surest.stage, surest.component_no, surest.source_code
