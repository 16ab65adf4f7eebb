-- Today's commune-level units that took in communes, wards or townships which a province had at a day, with their
-- points: the columns of commune_units. Their province is that of today, districts have ended.
with recursive unit as (
    select
        unit_code,
        province_code,
        valid_from,
        coalesce(valid_to, date '9999-12-31') as valid_to
    from admin_unit
    where level = 'commune'
),

-- Changes follow each other, as in reform_parts.
followed as (
    select
        unit_code,
        valid_to,
        0 as steps
    from unit
    where province_code = $province and $day between valid_from and valid_to
    union
    select
        unit.unit_code,
        unit.valid_to,
        followed.steps + 1
    from followed
    inner join unit_change as change
        on followed.unit_code = change.old_code and change.change_date = followed.valid_to + 1
    inner join unit
        on change.new_code = unit.unit_code and change.change_date between unit.valid_from and unit.valid_to
    where followed.valid_to < date '9999-12-31' and followed.steps < 10
)

select
    unit.unit_code,
    unit.name,
    unit.kind,
    unit.is_rural_commune,
    unit.district_code,
    null::varchar as district_name,
    unit.province_code,
    province.name as province_name,
    unit.longitude,
    unit.latitude
from admin_unit as unit
inner join admin_unit as province
    on unit.province_code = province.unit_code and province.level = 'province' and province.valid_to is null
where unit.level = 'commune'
    and unit.valid_to is null
    and unit.unit_code in (select followed.unit_code from followed where followed.valid_to = date '9999-12-31')
order by unit.unit_code
