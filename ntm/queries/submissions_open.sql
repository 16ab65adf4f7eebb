-- Reports that a unit and the units within it owe: due in the years asked for and not received by the latest list on or before
-- a month, or of an unknown state, each with its cell. One row without a report where lists tell that all were received.
with place as (
    select unit_code, name, level
    from admin_unit
    where $unit in (unit_code, district_code, province_code)
        and $month between valid_from and coalesce(valid_to, date '9999-12-31')
),

told as (
    select
        submission.*,
        place.name,
        place.level,
        file.path
    from submission
    inner join place using (unit_code)
    left join (select distinct source_id, sheet, path from source_file) as file
        on submission.source_id = file.source_id and submission.sheet = file.sheet
    where submission.period_end between make_date($first_year, 1, 1) and $month
)

select
    counted.reports,
    told.unit_code,
    told.name,
    told.form,
    told.period_end,
    told.due_date,
    told.due_rule,
    told.state,
    coalesce(told.due_date <= $month, false) as is_overdue,
    told.path,
    told.sheet,
    told.cell,
    told.source_id
from (select count(*) as reports from told having count(*) > 0) as counted
left join told on told.state != 'received'
order by told.due_date nulls last, told.level, told.name, told.form, told.period_end
