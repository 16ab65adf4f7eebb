-- The cells that money of a unit was read from, for a year and, when given, a stage and a cut-off: those of the year so far,
-- else those of the months that were summed up to the cut-off. Without what was carried over from earlier budgets.
with told as (
    select
        *,
        period_start = make_date(year, 1, 1) as is_year_so_far
    from funding
    where unit_code = $unit and year = $year and origin_year = year and ($stages is null or list_contains($stages, stage))
    qualify reported_on = max(reported_on) over (
        partition by period_start, period_end, is_cumulative, source_code, stage, value_kind
    )
)

select
    told.year,
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
left join (select distinct source_id, sheet, path from source_file) as file
    on told.source_id = file.source_id and told.sheet = file.sheet
where
    (told.is_year_so_far and ($cutoff is null or told.period_end = $cutoff))
    or (
        $cutoff is not null
        and not told.is_cumulative
        and told.stage in ('disbursed', 'mobilised')
        and told.period_end <= $cutoff
        and not exists (
            select 1
            from told as whole
            where whole.is_year_so_far
                and whole.period_end = $cutoff
                and whole.stage = told.stage
                and whole.value_kind = told.value_kind
                and whole.source_code = told.source_code
        )
    )
order by told.period_end, told.stage, told.source_code, told.nature, told.detail
