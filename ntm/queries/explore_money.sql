-- Money of a stage of a province ($level), of its districts or of its communes: of each budget year from that of $first to
-- that of $month, at the unit's latest cut-off on or before $month, or at every one with $each. Of the surest kind told at
-- the cut-off; need is told for the whole year. A year's own money, without what was carried over. A unit in force at
-- $month that tells nothing has one row without an amount.
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

told as (
    select
        money.*,
        case money.value_kind when 'actual' then 0 when 'estimate' then 1 when 'plan' then 2 else 3 end as kind_rank
    from mart_funding as money
    inner join units
        on money.unit_code = units.unit_code
        and money.period_end >= units.valid_from
        and make_date(money.year, 1, 1) <= units.valid_to
    where money.stage = $stage
        and money.origin_year = money.year
        and money.year between year($first::date) and year($month::date)
        and (money.period_end <= $month or money.stage = 'need')
),

-- Reported amounts come before estimated and planned ones, also newer ones: the two are never added.
counted as (
    select *
    from told
    qualify kind_rank = min(kind_rank) over (partition by unit_code, year)
),

latest as (
    select *
    from counted
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
    latest.is_credit,
    latest.nature,
    latest.value_kind,
    latest.amount_vnd_million
from units
left join admin_unit as district
    on units.district_code = district.unit_code
    and district.level = 'district'
    and $month between district.valid_from and coalesce(district.valid_to, date '9999-12-31')
left join latest on units.unit_code = latest.unit_code
order by units.unit_code, latest.period_end, latest.source_code, latest.nature
