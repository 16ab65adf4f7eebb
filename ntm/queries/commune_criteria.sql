-- The criteria of one commune at its latest report on or before a month, each with its remarks and its cell.
select
    criterion.criterion_no,
    criterion.name_vi,
    criterion.name_en,
    criterion.lead_agency,
    criterion.confidence,
    coalesce(result.outcome, 'unknown') as outcome,
    result.cause,
    result.proposal,
    file.path,
    result.sheet,
    result.cell,
    result.source_id
from mart_commune_month as months
inner join criterion using (set_code)
left join criterion_result as result
    on months.unit_code = result.unit_code
    and months.set_code = result.set_code
    and months.last_report = result.period_end
    and criterion.criterion_no = result.criterion_no
    and result.value_kind = 'actual'
left join (select distinct source_id, sheet, path from source_file) as file
    on result.source_id = file.source_id and result.sheet = file.sheet
where months.unit_code = $unit and months.period_end = $month
order by criterion.criterion_no::integer
