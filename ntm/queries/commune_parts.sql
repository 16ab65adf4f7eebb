-- What the commune with a code at a month was made of (side 'before') and what it went into ('after'), whole or in part.
with unit as (
    select
        unit_code,
        valid_from,
        valid_to
    from admin_unit
    where unit_code = $unit
        and level = 'commune'
        and $month between valid_from and coalesce(valid_to, date '9999-12-31')
),

part as (
    select
        'before' as side,
        change.old_code as code,
        change.change_date,
        change.change_date - 1 as day,
        change.kind as change,
        change.is_partial,
        change.source
    from unit_change as change
    inner join unit on change.new_code = unit.unit_code and change.change_date = unit.valid_from
    union all
    select
        'after' as side,
        change.new_code as code,
        change.change_date,
        change.change_date as day,
        change.kind as change,
        change.is_partial,
        change.source
    from unit_change as change
    inner join unit on change.old_code = unit.unit_code and change.change_date = unit.valid_to + 1
)

select
    part.side,
    part.code,
    named.name,
    coalesce(district.name, province.name) as within,
    part.change_date,
    part.is_partial,
    part.source
from part
inner join admin_unit as named
    on part.code = named.unit_code
    and named.level = 'commune'
    and part.day between named.valid_from and coalesce(named.valid_to, date '9999-12-31')
left join admin_unit as district
    on named.district_code = district.unit_code
    and district.level = 'district'
    and part.day between district.valid_from and coalesce(district.valid_to, date '9999-12-31')
left join admin_unit as province
    on named.province_code = province.unit_code
    and province.level = 'province'
    and part.day between province.valid_from and coalesce(province.valid_to, date '9999-12-31')
order by part.side, part.code
