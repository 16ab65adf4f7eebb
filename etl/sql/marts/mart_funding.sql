-- Money of a year up to each cut-off, by unit, source, nature, stage and kind of value: the sums of the cells that count
-- (mart_funding_cell), so that what is added and what is told twice is decided in one place.
with summed as (
    select
        unit_code,
        valid_from,
        year,
        origin_year,
        period_end,
        source_code,
        source_group,
        source_code = 'credit' as is_credit,
        nature,
        stage,
        value_kind,
        sum(amount_vnd_million) as amount_vnd_million
    from mart_funding_cell
    group by all
)

select
    * exclude (valid_from),
    period_end = max(period_end) over (partition by unit_code, valid_from, year, origin_year, stage, value_kind) as is_latest
from summed
