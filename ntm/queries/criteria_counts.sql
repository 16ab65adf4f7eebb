-- Communes at a month with their count of criteria, and the row of cells that it was counted from. Where two sheets tell of
-- one report, the one that most of its cells are from is named.
with cells as (
    select
        result.unit_code,
        result.set_code,
        result.period_end,
        result.source_id,
        result.sheet,
        min_by(result.cell, result.criterion_no::integer) as first_cell,
        max_by(result.cell, result.criterion_no::integer) as last_cell
    from criterion_result as result
    where result.value_kind = 'actual' and result.criterion_no similar to '[0-9]+'
    group by result.unit_code, result.set_code, result.period_end, result.source_id, result.sheet
    qualify row_number() over (
        partition by result.unit_code, result.set_code, result.period_end
        order by count(*) desc, result.source_id, result.sheet
    ) = 1
)

select
    months.unit_code,
    months.name,
    months.district_name,
    months.criteria_met,
    months.criteria_total,
    months.criteria_unknown,
    months.is_count_known,
    months.last_report,
    months.unmet,
    file.path,
    cells.sheet,
    cells.first_cell || ':' || cells.last_cell as cell,
    cells.source_id
from mart_commune_month as months
left join cells
    on months.unit_code = cells.unit_code
    and months.set_code = cells.set_code
    and months.last_report = cells.period_end
left join source_file as file on cells.source_id = file.source_id and cells.sheet = file.sheet
where months.province_code = $province
    and months.period_end = $month
    and ($district is null or months.district_code = $district)
    and ($below is null or (months.is_count_known and months.criteria_met < $below))
order by months.unit_code
