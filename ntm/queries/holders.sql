-- Communes that hold at least a standard at a month, each with the decision that counts and the cell it was read from.
with ranks as (
    select * from (values ('ntm', 1), ('nang_cao', 2), ('kieu_mau', 3)) as listed (standard, rank)
),

event as (
    select
        recognition.*,
        ranks.rank
    from recognition
    inner join ranks using (standard)
    where recognition.decision_date <= $month and recognition.event != 'revoked'
)

select
    months.unit_code,
    months.name,
    months.district_name,
    event.standard,
    event.event,
    event.result_year,
    event.decision_no,
    event.decision_date,
    file.path,
    event.sheet,
    event.cell,
    event.source_id
from mart_commune_month as months
inner join ranks as highest on months.standard = highest.standard
inner join ranks as asked on asked.standard = $standard and highest.rank >= asked.rank
left join event on months.unit_code = event.unit_code and event.rank >= asked.rank
left join source_file as file on event.source_id = file.source_id and event.sheet = file.sheet
where months.province_code = $province
    and months.period_end = $month
    and ($district is null or months.district_code = $district)
-- Of several decisions the lowest standard that suffices counts, and of these the latest.
qualify row_number() over (
    partition by months.unit_code order by event.rank, event.decision_date desc, event.decision_no
) = 1
order by months.unit_code
