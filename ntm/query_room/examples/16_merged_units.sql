-- vi: Xã mới từ ngày 1/7/2025 được lập từ những đơn vị nào?
-- en: Of which old units was each new unit of 1 July 2025 made?
select
    new_unit.province_code,
    new_unit.name as new_name,
    count(*) as old_units,
    string_agg(old_unit.name, ', ' order by old_unit.name) as old_names,
    count(*) filter (where change.is_partial) as taken_in_part
from unit_change as change
join admin_unit as new_unit
    on change.new_code = new_unit.unit_code
    and new_unit.level = 'commune'
    and change.change_date between new_unit.valid_from and coalesce(new_unit.valid_to, date '9999-12-31')
join admin_unit as old_unit
    on change.old_code = old_unit.unit_code
    and old_unit.level = 'commune'
    and change.change_date - 1 between old_unit.valid_from and coalesce(old_unit.valid_to, date '9999-12-31')
where change.change_date = date '2025-07-01'
group by all
order by new_unit.province_code, old_units desc, new_name
