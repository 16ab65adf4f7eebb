-- Criteria not met at the latest report of each commune of a province (or of one district of it) for which the report itself
-- names a cause or proposes something, each with its cell.
select
    months.unit_code,
    months.name,
    months.district_name,
    criterion.criterion_no,
    criterion.name_vi,
    criterion.name_en,
    nullif(trim(result.cause), '') as cause,
    nullif(trim(result.proposal), '') as proposal,
    file.path,
    result.sheet,
    result.cell,
    result.source_id
from mart_commune_month as months
inner join criterion_result as result
    on months.unit_code = result.unit_code
    and months.set_code = result.set_code
    and months.last_report = result.period_end
inner join criterion on result.set_code = criterion.set_code and result.criterion_no = criterion.criterion_no
left join (select distinct source_id, sheet, path from source_file) as file
    on result.source_id = file.source_id and result.sheet = file.sheet
where months.province_code = $province
    and months.period_end = $month
    and ($district is null or months.district_code = $district)
    and result.value_kind = 'actual'
    and result.outcome = 'not_met'
    and (nullif(trim(result.cause), '') is not null or nullif(trim(result.proposal), '') is not null)
order by months.unit_code, criterion.criterion_no
