-- What differs from the snapshot before this one. A fact of which values differ gives a row for each of them; one that is
-- new, or is there no more, gives one row with all its values. Standing in another cell now is no change. The first load
-- has nothing to differ from.
with file_before as (
    select
        source_id,
        any_value(path) as path
    from before_source_file
    group by source_id
),

paired as (
    select
        coalesce(now.table_name, before.table_name) as table_name,
        coalesce(now.unit_code, before.unit_code) as unit_code,
        coalesce(now.period_end, before.period_end) as period_end,
        coalesce(now.what, before.what) as what,
        case
            when before.table_name is null then 'added'
            when now.table_name is null then 'removed'
            else 'changed'
        end as change,
        before.stated as stated_before,
        now.stated as stated_now,
        before.source_id as old_source_id,
        file_before.path as old_path,
        before.sheet as old_sheet,
        before.cell as old_cell,
        now.source_id as new_source_id,
        now.sheet as new_sheet,
        now.cell as new_cell
    from fact_before as before
    full join fact_now as now
        on before.table_name = now.table_name
        and before.unit_code is not distinct from now.unit_code
        and before.period_end is not distinct from now.period_end
        and before.what = now.what
    left join file_before on before.source_id = file_before.source_id
    where
        before.stated is distinct from now.stated
        and exists (select 1 from before_snapshot)
),

by_value as (
    select
        *,
        unnest(case change
            when 'changed' then list_filter(
                list_zip(stated_before, stated_now), lambda pair: pair[1].value is distinct from pair[2].value
            )
            else [null]
        end) as pair
    from paired
)

select
    *,
    pair[1].name as column_name,
    case change
        when 'changed' then pair[1].value
        else array_to_string(list_transform(stated_before, lambda item: item.name || '=' || item.value), '; ')
    end as old_value,
    case change
        when 'changed' then pair[2].value
        else array_to_string(list_transform(stated_now, lambda item: item.name || '=' || item.value), '; ')
    end as new_value
from by_value
