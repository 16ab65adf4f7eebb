-- The cells that money of a unit was read from, for a year and, when given, a stage and a cut-off: those that the mart counts,
-- of the surest kind told at the cut-off, so that they add up to the amount that is said. Without a cut-off those of all
-- cut-offs: a month's cell is there for each cut-off that it was summed up to. Without what was carried over.
with told as (
    select
        *,
        case value_kind when 'actual' then 0 when 'estimate' then 1 when 'plan' then 2 else 3 end as kind_rank
    from mart_funding_cell
    where unit_code = $unit
        and year = $year
        and origin_year = year
        and ($stages is null or list_contains($stages, stage))
        and ($cutoff is null or period_end = $cutoff)
    qualify kind_rank = min(kind_rank) over (partition by stage, period_end)
)

select
    told.year,
    told.period_end as cutoff,
    told.told_until as period_end,
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
left join (select distinct source_id, sheet, path from source_file) as file
    on told.source_id = file.source_id and told.sheet = file.sheet
order by told.period_end, told.told_until, told.stage, told.source_code, told.nature, told.detail
