-- vi: Chỉ tiêu nào chưa đạt, còn thiếu bao nhiêu, văn bản nào giao?
-- en: Which targets are not reached, what is missing, and which document sets them?
select
    target.scope_code,
    target.metric_vi,
    target.kind,
    target.due_date,
    target.comparison,
    target.value,
    progress.actual,
    progress.gap,
    progress.is_reached,
    progress.period_end,
    target.document
from target
join mart_target_progress as progress using (target_id)
where progress.period_end = (select max(period_end) from mart_target_progress)
order by progress.is_reached nulls first, target.due_date, target.scope_code
