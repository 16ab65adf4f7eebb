-- The cells that a unit's disbursed and allocated money of two budget years was read from, up to a day: of every period
-- told, the newest report.
select
    told.year,
    told.period_start,
    told.period_end,
    told.stage,
    told.source_code,
    told.nature,
    told.amount_vnd_million,
    file.path,
    told.sheet,
    told.cell,
    told.source_id
from funding as told
left join (select distinct source_id, sheet, path from source_file) as file
    on told.source_id = file.source_id and told.sheet = file.sheet
where told.unit_code = $unit
    and told.year in ($year, $earlier)
    and told.origin_year = told.year
    and told.stage in ('allocated', 'disbursed')
    and told.source_code != 'credit'
    and told.period_end <= $until
qualify told.reported_on = max(told.reported_on) over (
    partition by told.period_start, told.period_end, told.is_cumulative, told.source_code, told.stage, told.value_kind
)
order by told.period_end desc, told.period_start, told.stage, told.source_code, told.nature
