-- Money coded to the unit with a code at a month, all years (each its own), stages and cut-offs. The mart does not tell two
-- units with one code apart, so that the reports do: theirs is the unit in force at the report's cut-off.
with unit as (
    select
        unit_code,
        district_code,
        province_code,
        valid_from,
        coalesce(valid_to, date '9999-12-31') as valid_to
    from admin_unit
    where unit_code = $unit and $month between valid_from and coalesce(valid_to, date '9999-12-31')
)

select money.*
from mart_funding as money
inner join unit using (unit_code)
where money.origin_year = money.year
    and exists (
        select 1
        from funding
        where funding.unit_code = money.unit_code
            and funding.year = money.year
            and funding.period_end = money.period_end
            and funding.source_code = money.source_code
            and funding.stage = money.stage
            and funding.value_kind = money.value_kind
            and least(funding.period_end, funding.reported_on) between unit.valid_from and unit.valid_to
    )
order by money.year, money.period_end, money.stage, money.source_code, money.nature
