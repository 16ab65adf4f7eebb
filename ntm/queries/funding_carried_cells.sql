-- The cells of money that was carried over from earlier budgets into a year, of a unit: of each earlier budget and stage
-- those that the mart counts at the latest cut-off up to a day, reported before estimated and planned.
with told as (
    select
        *,
        case value_kind when 'actual' then 0 when 'estimate' then 1 when 'plan' then 2 else 3 end as kind_rank
    from mart_funding_cell
    where unit_code = $unit and year = $year and origin_year != year and period_end <= $month
    qualify kind_rank = min(kind_rank) over (partition by origin_year, stage)
),

latest as (
    select *
    from told
    qualify period_end = max(period_end) over (partition by origin_year, stage)
)

select
    latest.origin_year,
    latest.told_until as period_end,
    latest.stage,
    latest.source_code,
    latest.nature,
    latest.detail,
    latest.amount_vnd_million,
    file.path,
    latest.sheet,
    latest.cell,
    latest.source_id
from latest
left join (select distinct source_id, sheet, path from source_file) as file
    on latest.source_id = file.source_id and latest.sheet = file.sheet
order by latest.period_end desc, latest.origin_year, latest.stage, latest.source_code, latest.nature, latest.detail
