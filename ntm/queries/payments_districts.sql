-- Districts of a province in force at a month, each with the money of its own that tells what was allocated and disbursed
-- at a cut-off of the month's budget year on or before it: by cut-off, source and nature, as reported, without credit and
-- without what was carried over from an earlier budget. A district without such money is there once, with empty amounts.
with units as (
    select
        unit_code,
        name
    from admin_unit
    where level = 'district'
        and province_code = $province
        and $month between valid_from and coalesce(valid_to, date '9999-12-31')
),

told as (
    select
        money.unit_code,
        money.period_end,
        money.source_group,
        money.source_code,
        money.nature,
        sum(money.amount_vnd_million) filter (where money.stage = 'allocated') as allocated,
        sum(money.amount_vnd_million) filter (where money.stage = 'disbursed') as disbursed
    from mart_funding as money
    semi join units on money.unit_code = units.unit_code
    where money.year = year($month::date)
        and money.origin_year = money.year
        and money.period_end <= $month
        and money.value_kind = 'actual'
        and not money.is_credit
        and money.stage in ('allocated', 'disbursed')
    group by all
    having allocated is not null and disbursed is not null
)

select
    units.unit_code,
    units.name,
    told.period_end,
    told.source_group,
    told.source_code,
    told.nature,
    told.allocated,
    told.disbursed
from units
left join told on units.unit_code = told.unit_code
order by units.unit_code, told.period_end, told.source_code, told.nature
