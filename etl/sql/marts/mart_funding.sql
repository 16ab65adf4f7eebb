-- Money by unit, year, cut-off, source, nature, stage and kind of value; details and components taken together.
with summed as (
    select
        funding.unit_code,
        -- A code is used again after 1 July 2025: the old and the new province have each a latest report of the year.
        any_value(unit.valid_from) as valid_from,
        funding.year,
        funding.period_end,
        funding.source_code,
        case
            when starts_with(funding.source_code, 'local') then 'local'
            else funding.source_code
        end as source_group,
        funding.source_code = 'credit' as is_credit,
        funding.nature,
        funding.stage,
        funding.value_kind,
        sum(funding.amount_vnd_million) as amount_vnd_million
    from funding
    left join admin_unit as unit
        on funding.unit_code = unit.unit_code
        and funding.period_end between unit.valid_from and coalesce(unit.valid_to, date '9999-12-31')
    group by
        funding.unit_code,
        funding.year,
        funding.period_end,
        funding.source_code,
        funding.nature,
        funding.stage,
        funding.value_kind
)

select
    * exclude (valid_from),
    period_end = max(period_end) over (partition by unit_code, valid_from, year, stage, value_kind) as is_latest
from summed
