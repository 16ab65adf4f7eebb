-- Every fact is about a unit in force at its date: a mart would leave out what is about none.
select
    result.unit_code,
    result.period_end as day
from criterion_result as result
anti join admin_unit as unit
    on result.unit_code = unit.unit_code
    and result.period_end between unit.valid_from and coalesce(unit.valid_to, date '9999-12-31')
union
select
    recognition.unit_code,
    source_file.period_end as day
from recognition
left join source_file using (source_id, sheet)
anti join admin_unit as unit
    on recognition.unit_code = unit.unit_code
    and source_file.period_end between unit.valid_from and coalesce(unit.valid_to, date '9999-12-31')
