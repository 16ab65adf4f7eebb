-- Decisions on or before a month about phường and thị trấn of a unit as đô thị văn minh, each with its cell.
select
    unit.unit_code,
    unit.name,
    recognition.event,
    recognition.decision_no,
    recognition.decision_date,
    file.path,
    recognition.sheet,
    recognition.cell,
    recognition.source_id
from recognition
inner join (select distinct source_id, sheet, path, period_end from source_file) as file
    on recognition.source_id = file.source_id and recognition.sheet = file.sheet
inner join admin_unit as unit
    on recognition.unit_code = unit.unit_code
    and unit.level = 'commune'
    and file.period_end between unit.valid_from and coalesce(unit.valid_to, date '9999-12-31')
where recognition.standard = 'do_thi_van_minh'
    and recognition.decision_date <= $month
    and $unit in (unit.unit_code, unit.district_code, unit.province_code)
order by recognition.decision_date, unit.unit_code
