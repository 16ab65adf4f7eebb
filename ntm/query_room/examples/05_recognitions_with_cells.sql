-- vi: Xã nào được công nhận, theo quyết định nào, đọc từ ô nào của tệp nào?
-- en: Which communes were recognised, by which decision, read from which cell of which file?
select
    unit.name,
    event.standard,
    event.event,
    event.result_year,
    event.decision_no,
    event.decision_date,
    file.path,
    event.sheet,
    event.cell
from recognition as event
join admin_unit as unit
    on event.unit_code = unit.unit_code
    and event.decision_date between unit.valid_from and coalesce(unit.valid_to, date '9999-12-31')
left join (select distinct source_id, sheet, path from source_file) as file
    on event.source_id = file.source_id and event.sheet = file.sheet
order by event.decision_date desc, unit.name
