-- What was reached of each target of a unit, month by month: of a share its numerator. With the set that criteria were
-- counted with.
select
    progress.target_id,
    progress.period_end,
    coalesce(progress.numerator, progress.actual) as value,
    months.set_code
from mart_target_progress as progress
inner join target using (target_id)
left join mart_district_month as months
    on target.scope_code = months.unit_code and progress.period_end = months.period_end
where target.scope_code = $unit
order by progress.target_id, progress.period_end
