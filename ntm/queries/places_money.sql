-- Money of the communes, phường and thị trấn in force at a month in a province or in one district of it, of a budget year:
-- allocated and disbursed, each at the latest cut-off on or before the month that tells of it, and both of the sources that
-- tell both at one cut-off. Reported amounts without credit; a unit that no report tells of has a row without amounts.
with units as (
    select
        unit_code,
        name,
        district_code,
        is_rural_commune,
        valid_from,
        coalesce(valid_to, date '9999-12-31') as valid_to
    from admin_unit
    where level = 'commune'
        and province_code = $province
        and ($district is null or district_code = $district)
        and $month between valid_from and coalesce(valid_to, date '9999-12-31')
),

-- The mart does not tell two units with one code apart, the reports do.
report as (
    select distinct
        units.unit_code,
        funding.period_end
    from funding
    inner join units
        on funding.unit_code = units.unit_code
        and least(funding.period_end, funding.reported_on) between units.valid_from and units.valid_to
    where funding.year = $year and funding.origin_year = funding.year and funding.period_end <= $month
),

by_source as (
    select
        money.unit_code,
        money.period_end,
        sum(money.amount_vnd_million) filter (where money.stage = 'allocated') as allocated,
        sum(money.amount_vnd_million) filter (where money.stage = 'disbursed') as disbursed
    from mart_funding as money
    semi join report
        on money.unit_code = report.unit_code and money.period_end = report.period_end
    where money.year = $year and money.origin_year = money.year and not money.is_credit and money.value_kind = 'actual'
    group by money.unit_code, money.period_end, money.source_code, money.nature
),

by_cutoff as (
    select
        unit_code,
        period_end,
        sum(allocated) as allocated,
        sum(disbursed) as disbursed,
        sum(allocated) filter (where disbursed is not null) as rate_allocated,
        sum(disbursed) filter (where allocated is not null) as rate_disbursed
    from by_source
    group by unit_code, period_end
),

latest as (
    select
        unit_code,
        max_by(allocated, period_end) filter (where allocated is not null) as allocated,
        max(period_end) filter (where allocated is not null) as allocated_until,
        max_by(disbursed, period_end) filter (where disbursed is not null) as disbursed,
        max(period_end) filter (where disbursed is not null) as disbursed_until,
        max_by(rate_allocated, period_end) filter (where rate_allocated is not null) as rate_allocated,
        max_by(rate_disbursed, period_end) filter (where rate_allocated is not null) as rate_disbursed,
        max(period_end) filter (where rate_allocated is not null) as rate_until
    from by_cutoff
    group by unit_code
)

select
    units.unit_code,
    units.name,
    units.district_code,
    district.name as district_name,
    units.is_rural_commune,
    latest.* exclude (unit_code)
from units
left join admin_unit as district
    on units.district_code = district.unit_code
    and district.level = 'district'
    and $month between district.valid_from and coalesce(district.valid_to, date '9999-12-31')
left join latest on units.unit_code = latest.unit_code
order by units.district_code, units.name, units.unit_code
