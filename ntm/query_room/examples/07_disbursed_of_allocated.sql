-- vi: Huyện nào giải ngân được bao nhiêu so với vốn đã giao? (cùng nguồn, cùng năm, cùng mốc; không tính tín dụng)
-- en: What did each district disburse of what it was allocated? (same source, year and cut-off; without credit)
with told as (
    select
        unit_code,
        year,
        period_end,
        source_code,
        nature,
        sum(amount_vnd_million) filter (where stage = 'allocated') as allocated,
        sum(amount_vnd_million) filter (where stage = 'disbursed') as disbursed
    from mart_funding
    where stage in ('allocated', 'disbursed')
        and origin_year = year
        and value_kind = 'actual'
        and not is_credit
    group by all
    having allocated is not null and disbursed is not null
)

select
    unit.name,
    told.year,
    told.period_end,
    sum(told.allocated) as allocated_vnd_million,
    sum(told.disbursed) as disbursed_vnd_million
from told
join admin_unit as unit
    on told.unit_code = unit.unit_code
    and told.period_end between unit.valid_from and coalesce(unit.valid_to, date '9999-12-31')
where unit.level = 'district'
group by all
order by told.period_end desc, unit.name
