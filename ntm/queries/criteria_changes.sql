-- Criteria of NTM that a commune of a province (or of one district of it) told both ways under one set, up to a month: the
-- reports on both sides of each change, each with its cell. Reports that only repeat their neighbours are left out;
-- report_no counts all of the commune's reports under the set, told_until is the last that tells the criterion.
-- The unit is the one in force at the month: a code is used again after 1 July 2025.
with report as (
    select
        months.unit_code,
        months.name,
        months.district_name,
        result.set_code,
        result.criterion_no,
        result.period_end,
        result.outcome,
        result.sheet,
        result.cell,
        result.source_id,
        dense_rank() over (partition by result.unit_code, result.set_code order by result.period_end) as report_no,
        max(result.period_end) over (partition by result.unit_code, result.set_code) as latest_report
    from mart_commune_month as months
    inner join mart_commune_map as map using (unit_code, period_end)
    inner join criterion_result as result
        on months.unit_code = result.unit_code and result.period_end between map.valid_from and months.period_end
    inner join criteria_set on result.set_code = criteria_set.set_code
    where months.province_code = $province
        and months.period_end = $month
        and ($district is null or months.district_code = $district)
        and criteria_set.standard = 'ntm'
        and result.value_kind = 'actual'
        and result.criterion_no similar to '[0-9]+'
),

told as (
    select
        *,
        max(period_end) over (partition by unit_code, set_code, criterion_no) as told_until,
        lag(outcome) over (partition by unit_code, set_code, criterion_no order by period_end) as outcome_before,
        lead(outcome) over (partition by unit_code, set_code, criterion_no order by period_end) as outcome_after
    from report
    where outcome != 'unknown'
)

select
    told.unit_code,
    told.name,
    told.district_name,
    told.set_code,
    told.criterion_no,
    criterion.name_vi,
    criterion.name_en,
    criterion.lead_agency,
    told.period_end,
    told.outcome,
    told.report_no,
    told.latest_report,
    told.told_until,
    file.path,
    told.sheet,
    told.cell,
    told.source_id
from told
left join criterion on told.set_code = criterion.set_code and told.criterion_no = criterion.criterion_no
left join (select distinct source_id, sheet, path from source_file) as file
    on told.source_id = file.source_id and told.sheet = file.sheet
where told.outcome != told.outcome_before or told.outcome != told.outcome_after
order by told.unit_code, told.set_code, told.criterion_no::integer, told.period_end
