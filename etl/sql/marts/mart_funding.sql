-- Money by unit, year, cut-off, source, nature, stage and kind of value; details and components taken together.
with summed as (
    select
        unit_code,
        year,
        period_end,
        source_code,
        case when starts_with(source_code, 'local') then 'local' else source_code end as source_group,
        source_code = 'credit' as is_credit,
        nature,
        stage,
        value_kind,
        sum(amount_vnd_million) as amount_vnd_million
    from funding
    group by all
)

select
    *,
    period_end = max(period_end) over (partition by unit_code, year, stage, value_kind) as is_latest
from summed
