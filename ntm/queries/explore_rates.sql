-- Disbursed and allocated money of a province ($level), of its districts or of its communes that tell both of one source
-- and nature at one cut-off: of each budget year from that of $first to that of $month, at the unit's latest such cut-off
-- on or before $month, or at every one with $each. As reported, without credit and without what was carried over. A unit in
-- force at $month that tells no such pair has one row without amounts.
with units as (
    select
        unit_code,
        name,
        kind,
        district_code,
        valid_from,
        coalesce(valid_to, date '9999-12-31') as valid_to
    from admin_unit
    where level = $level
        and province_code = $province
        and ($district is null or unit_code = $district or district_code = $district)
        and $month between valid_from and coalesce(valid_to, date '9999-12-31')
),

paired as (
    select
        money.unit_code,
        money.year,
        money.period_end,
        money.source_code,
        money.nature,
        sum(money.amount_vnd_million) filter (where money.stage = 'allocated') as allocated,
        sum(money.amount_vnd_million) filter (where money.stage = 'disbursed') as disbursed
    from mart_funding as money
    inner join units
        on money.unit_code = units.unit_code
        and money.period_end >= units.valid_from
        and make_date(money.year, 1, 1) <= units.valid_to
    where money.value_kind = 'actual'
        and not money.is_credit
        and money.stage in ('allocated', 'disbursed')
        and money.origin_year = money.year
        and money.year between year($first::date) and year($month::date)
        and money.period_end <= $month
    group by all
    having allocated is not null and disbursed is not null
),

latest as (
    select *
    from paired
    qualify ($each and period_end >= $first) or period_end = max(period_end) over (partition by unit_code, year)
)

select
    units.unit_code,
    units.name,
    units.kind,
    units.district_code,
    district.name as district_name,
    latest.year,
    latest.period_end,
    latest.source_code,
    latest.nature,
    latest.allocated,
    latest.disbursed
from units
left join admin_unit as district
    on units.district_code = district.unit_code
    and district.level = 'district'
    and $month between district.valid_from and coalesce(district.valid_to, date '9999-12-31')
left join latest on units.unit_code = latest.unit_code
order by units.unit_code, latest.period_end, latest.source_code, latest.nature
