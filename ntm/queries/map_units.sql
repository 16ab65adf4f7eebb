-- Districts or provinces ($level) of a province (null: of the country) in force at a day.
select
    unit.unit_code,
    unit.name,
    unit.kind,
    unit.province_code,
    case when unit.level != 'province' then province.name end as province_name
from admin_unit as unit
left join admin_unit as province
    on unit.province_code = province.unit_code
    and province.level = 'province'
    and $day between province.valid_from and coalesce(province.valid_to, date '9999-12-31')
where unit.level = $level
    and ($province is null or unit.province_code = $province)
    and $day between unit.valid_from and coalesce(unit.valid_to, date '9999-12-31')
order by unit.unit_code
