-- What the load of the snapshot changed against the one before: changed and lost figures first, then the new ones. The
-- cell is where the figure stands now; of a lost one where it stood.
select
    change.table_name,
    change.unit_code,
    coalesce(
        (
            select arg_max(unit.name, unit.valid_from)
            from admin_unit as unit
            where unit.unit_code = change.unit_code and unit.valid_from <= coalesce(change.period_end, current_date)
        ),
        change.unit_code
    ) as unit,
    change.period_end,
    change.what,
    change.change,
    change.column_name,
    change.old_value,
    change.new_value,
    concat_ws(' › ', change.old_path, change.old_sheet, change.old_cell) as old_place,
    case when change.new_source_id is null then change.old_path else file.path end as path,
    coalesce(change.new_sheet, change.old_sheet) as sheet,
    coalesce(change.new_cell, change.old_cell) as cell,
    coalesce(change.new_source_id, change.old_source_id) as source_id
from fact_change as change
left join (select source_id, any_value(path) as path from source_file group by source_id) as file
    on change.new_source_id = file.source_id
order by
    case change.change when 'changed' then 1 when 'removed' then 2 else 3 end,
    change.table_name, change.period_end, change.unit_code, change.what
limit $most
