-- Decisions about the unit with a code at a month, up to that month, oldest first. The unit that a list means is the one in
-- force at the list's own date.
with unit as (
    select
        unit_code,
        district_code,
        province_code,
        valid_from,
        coalesce(valid_to, date '9999-12-31') as valid_to
    from admin_unit
    where unit_code = $unit and $month between valid_from and coalesce(valid_to, date '9999-12-31')
)

select
    recognition.standard,
    recognition.event,
    recognition.result_year,
    recognition.decision_no,
    recognition.decision_date,
    file.path,
    recognition.sheet,
    recognition.cell,
    recognition.source_id
from recognition
inner join unit using (unit_code)
inner join (
    select distinct source_id, sheet, path, period_end
    from source_file
    where form = 'recognition'
) as file
    on recognition.source_id = file.source_id
    and recognition.sheet = file.sheet
    and file.period_end between unit.valid_from and unit.valid_to
where recognition.decision_date <= $month
order by recognition.decision_date, recognition.standard
