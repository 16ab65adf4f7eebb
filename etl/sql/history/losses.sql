-- What the snapshot before this one knows and this one would not: fewer figures of a table about a unit at a period,
-- those that say 'unknown' not counted. By file, table and period, with where one that is lost stood.
with before as (
    select
        fact.*,
        not exists (
            select 1
            from fact_now as now
            where
                now.is_known
                and now.table_name = fact.table_name
                and now.unit_code is not distinct from fact.unit_code
                and now.period_end is not distinct from fact.period_end
                and now.what = fact.what
        ) as is_lost
    from fact_before as fact
),

figures as (
    select
        table_name,
        unit_code,
        period_end,
        count(*) filter (where is_before) as figures_before,
        count(*) filter (where not is_before) as figures_now,
        arg_min(source_id, what) filter (where is_lost) as source_id,
        arg_min(sheet, what) filter (where is_lost) as sheet
    from (
        select *, true as is_before from before
        union all
        select *, false as is_lost, false as is_before from fact_now
    )
    where is_known
    group by table_name, unit_code, period_end
    having figures_now < figures_before
),

file_before as (
    select
        source_id,
        any_value(path) as path,
        max(period_end) as period_end
    from before_source_file
    group by source_id
),

-- A code is used again: a unit is named as at the period, or as at the sheet's where the figure has none.
named as (
    select
        figures.*,
        file_before.path,
        coalesce(
            (
                select arg_max(unit.name, unit.valid_from)
                from before_admin_unit as unit
                where unit.unit_code = figures.unit_code
                    and unit.valid_from <= coalesce(figures.period_end, file_before.period_end, current_date)
            ),
            figures.unit_code
        ) as name
    from figures
    left join file_before using (source_id)
)

select
    table_name,
    period_end,
    count(*)::integer as units,
    coalesce(list(name order by name, unit_code) filter (where name is not null), []) as unit_names,
    sum(figures_before)::integer as figures_before,
    sum(figures_now)::integer as figures_now,
    source_id,
    any_value(path) as path,
    arg_min(sheet, coalesce(unit_code, '')) as sheet
from named
group by source_id, table_name, period_end
order by path, table_name, period_end
