-- Decisions up to a month about a district and about the communes, phường and thị trấn that it has then, the newest first.
-- The unit that a list means is the one in force at the list's own date.
with unit as (
    select
        unit_code,
        level,
        name,
        valid_from,
        coalesce(valid_to, date '9999-12-31') as valid_to
    from admin_unit
    where (unit_code = $district or district_code = $district)
        and province_code = $province
        and $month between valid_from and coalesce(valid_to, date '9999-12-31')
)

select
    unit.unit_code,
    unit.level,
    unit.name,
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
order by unit.level != 'district', recognition.decision_date desc, unit.unit_code
