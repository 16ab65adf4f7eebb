-- Every commune-level unit of a province (null: of the country) at a day, phường and thị trấn too, with its point.
select
    unit.unit_code,
    unit.name,
    unit.kind,
    unit.is_rural_commune,
    unit.district_code,
    district.name as district_name,
    unit.province_code,
    province.name as province_name,
    unit.longitude,
    unit.latitude
from admin_unit as unit
left join admin_unit as district
    on unit.district_code = district.unit_code
    and district.level = 'district'
    and $day between district.valid_from and coalesce(district.valid_to, date '9999-12-31')
left join admin_unit as province
    on unit.province_code = province.unit_code
    and province.level = 'province'
    and $day between province.valid_from and coalesce(province.valid_to, date '9999-12-31')
where unit.province_code = coalesce($province, unit.province_code)
    and unit.level = 'commune'
    and $day between unit.valid_from and coalesce(unit.valid_to, date '9999-12-31')
order by unit.unit_code
