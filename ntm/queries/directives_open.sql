-- Tasks given by documents that are not done by a month, as the latest list of the unit's own on or before it tells, each
-- with its cell. is_overdue: told so, or due on or before the month. told_until: the latest list that there is.
with list as (
    select distinct source_id, sheet, path, period_end
    from source_file
    where form = 'directives' and rows_loaded > 0 and reporting_unit_code = $unit and period_end <= $month
),

latest as (
    select
        directive.*,
        list.path
    from directive
    inner join list using (source_id, sheet)
    qualify row_number() over (
        partition by directive.directive_id order by directive.period_end desc, directive.source_id
    ) = 1
),

open as (
    select
        *,
        coalesce(state = 'overdue' or due_date <= $month, false) as is_overdue
    from latest
    where done_date is null and coalesce(state, 'open') != 'done'
)

select
    told.told_until,
    open.document,
    open.task,
    open.agency,
    open.due_date,
    open.due_rule,
    open.state,
    open.is_overdue,
    open.path,
    open.sheet,
    open.cell,
    open.source_id
from (select max(period_end) as told_until from list having max(period_end) is not null) as told
left join open on true
order by not open.is_overdue, open.due_date nulls last, open.document, open.task
