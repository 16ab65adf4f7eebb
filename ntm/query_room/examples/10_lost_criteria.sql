-- vi: Tiêu chí nào trước đạt, nay không đạt nữa, ở xã nào, theo ô nào?
-- en: Which criteria were met before and are not met now, in which commune, by which cell?
with turns as (
    select
        *,
        lag(outcome) over (partition by unit_code, set_code, criterion_no order by period_end) as before
    from criterion_result
    where value_kind = 'actual'
)

select
    unit.name,
    turns.criterion_no,
    turns.set_code,
    turns.period_end,
    turns.cause,
    turns.sheet,
    turns.cell
from turns
join admin_unit as unit
    on turns.unit_code = unit.unit_code
    and turns.period_end between unit.valid_from and coalesce(unit.valid_to, date '9999-12-31')
where turns.before = 'met'
    and turns.outcome = 'not_met'
order by turns.period_end desc, unit.name
