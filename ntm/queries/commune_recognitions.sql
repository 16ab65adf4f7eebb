-- Decisions about one commune up to a month, oldest first.
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
left join source_file as file
    on recognition.source_id = file.source_id and recognition.sheet = file.sheet
where recognition.unit_code = $unit and recognition.decision_date <= $month
order by recognition.decision_date
