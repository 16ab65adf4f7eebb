-- Money of a year that is coded by component, of a province and its district-level units: of each cut-off the amounts of
-- the newest report. They are a part of the money in mart_funding, never more money.
with told as (
    select funding.*
    from funding
    where year = $year
        and origin_year = year
        and component_no is not null
        and period_start = make_date(year, 1, 1)
        and (
            unit_code = $province
            or unit_code in (
                select unit_code from admin_unit where province_code = $province and level = 'district'
            )
        )
    qualify (reported_on, is_cumulative) = max((reported_on, is_cumulative)) over (
        partition by unit_code, period_end, source_code, stage, value_kind
    )
)

select
    unit_code,
    period_end,
    case when starts_with(source_code, 'local') then 'local' else source_code end as source_group,
    stage,
    value_kind,
    component_no,
    sum(amount_vnd_million) as amount_vnd_million
from told
group by all
order by all
