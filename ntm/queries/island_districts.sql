-- Districts without communes (all are islands) of a province (null: of the country) at a day, with the point of the
-- special zone that they became; their own points are too often that of the mainland.
select
    district.unit_code,
    district.name,
    district.province_code,
    coalesce(zone.longitude, district.longitude) as longitude,
    coalesce(zone.latitude, district.latitude) as latitude
from admin_unit as district
left join unit_change as change
    on district.unit_code = change.old_code and district.valid_to = change.change_date - 1
left join admin_unit as zone
    on change.new_code = zone.unit_code and change.change_date = zone.valid_from and zone.level = 'commune'
where district.level = 'district'
    and district.province_code = coalesce($province, district.province_code)
    and $day between district.valid_from and coalesce(district.valid_to, date '9999-12-31')
    and not exists (
        from admin_unit as commune
        where commune.level = 'commune'
            and commune.district_code = district.unit_code
            and $day between commune.valid_from and coalesce(commune.valid_to, date '9999-12-31')
    )
order by district.unit_code
