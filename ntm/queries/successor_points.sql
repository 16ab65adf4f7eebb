-- Points of the units that the communes of a province (null: of the country) became part of: a hint where the commune
-- itself has none.
-- Of several successors one that took the commune whole counts first.
select
    change.old_code as unit_code,
    new_unit.longitude,
    new_unit.latitude
from unit_change as change
inner join admin_unit as old_unit
    on change.old_code = old_unit.unit_code
    and old_unit.level = 'commune'
    and old_unit.valid_to = change.change_date - 1
inner join admin_unit as new_unit
    on change.new_code = new_unit.unit_code
    and new_unit.level = 'commune'
    and change.change_date = new_unit.valid_from
where old_unit.province_code = coalesce($province, old_unit.province_code)
qualify row_number() over (partition by change.old_code order by change.is_partial, change.new_code) = 1
