-- Each commune of a province (or of one district of it) and each criterion of the set in use at a month: the outcome at the
-- commune's latest report, with its cell. What no report tells is unknown.
select
    months.unit_code,
    months.name,
    months.district_code,
    months.district_name,
    months.standard,
    months.is_stale,
    months.last_report,
    criterion.set_code,
    criterion.criterion_no,
    criterion.name_vi,
    criterion.name_en,
    criterion.lead_agency,
    coalesce(result.outcome, 'unknown') as outcome,
    file.path,
    result.sheet,
    result.cell,
    result.source_id
from mart_commune_month as months
inner join criterion
    on months.set_code = criterion.set_code and criterion.criterion_no similar to '[0-9]+'
left join criterion_result as result
    on months.unit_code = result.unit_code
    and months.set_code = result.set_code
    and months.last_report = result.period_end
    and criterion.criterion_no = result.criterion_no
    and result.value_kind = 'actual'
left join (select distinct source_id, sheet, path from source_file) as file
    on result.source_id = file.source_id and result.sheet = file.sheet
where months.province_code = $province
    and months.period_end = $month
    and ($district is null or months.district_code = $district)
order by months.unit_code, criterion.criterion_no::integer
