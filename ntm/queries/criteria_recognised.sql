-- Communes of a province (or of one district of it) that a decision on or before a month recognised as NTM or higher, with
-- the first such decision and its cell, the latest reaffirmation, and where they stand at the month.
-- The unit that a list means is the one in force at the list's own date.
with decision as (
    select
        months.unit_code,
        recognition.standard,
        recognition.event,
        recognition.set_code,
        recognition.result_year,
        recognition.decision_no,
        recognition.decision_date,
        file.path,
        recognition.sheet,
        recognition.cell,
        recognition.source_id
    from mart_commune_month as months
    inner join mart_commune_map as map using (unit_code, period_end)
    inner join recognition
        on months.unit_code = recognition.unit_code and recognition.decision_date <= months.period_end
    inner join (
        select distinct source_id, sheet, path, period_end
        from source_file
        where form = 'recognition'
    ) as file
        on recognition.source_id = file.source_id
        and recognition.sheet = file.sheet
        and file.period_end between map.valid_from and coalesce(
            (select unit.valid_to from admin_unit as unit
             where unit.unit_code = months.unit_code and unit.level = 'commune' and unit.valid_from = map.valid_from),
            date '9999-12-31'
        )
    where months.province_code = $province
        and months.period_end = $month
        and ($district is null or months.district_code = $district)
        and recognition.standard in ('ntm', 'nang_cao', 'kieu_mau')
),

first_decision as (
    select *
    from decision
    where event = 'recognised'
    qualify row_number() over (partition by unit_code order by decision_date, standard != 'ntm') = 1
),

reaffirmed as (
    select
        unit_code,
        max(decision_date) as reaffirmed_on
    from decision
    where event = 'reaffirmed'
    group by unit_code
)

select
    months.unit_code,
    months.name,
    months.district_name,
    months.period_end,
    months.set_code,
    months.standard,
    months.criteria_total,
    months.criteria_met,
    months.criteria_not_met,
    months.criteria_unknown,
    months.is_count_known,
    months.last_report,
    months.is_stale,
    map.unmet_mask,
    map.unknown_mask,
    first_decision.set_code as recognised_set,
    set_in_use.valid_from as set_from,
    first_decision.result_year,
    first_decision.decision_no,
    first_decision.decision_date,
    reaffirmed.reaffirmed_on,
    first_decision.path,
    first_decision.sheet,
    first_decision.cell,
    first_decision.source_id
from mart_commune_month as months
inner join mart_commune_map as map using (unit_code, period_end)
inner join first_decision on months.unit_code = first_decision.unit_code
left join reaffirmed on months.unit_code = reaffirmed.unit_code
left join criteria_set as set_in_use on months.set_code = set_in_use.set_code
where months.province_code = $province and months.period_end = $month
order by months.unit_code
