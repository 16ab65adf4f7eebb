-- Targets of a unit with their progress at a month (or at the due date, when that is earlier), and their cells.
select
    target.*,
    progress.period_end,
    progress.actual,
    progress.communes,
    progress.gap,
    progress.is_reached,
    file.path
from target
left join mart_target_progress as progress
    on target.target_id = progress.target_id
    and progress.period_end = least($month::date, last_day(target.due_date))
left join source_file as file on target.source_id = file.source_id and target.sheet = file.sheet
where target.scope_code = $unit
order by target.due_date, target.metric, target.kind
