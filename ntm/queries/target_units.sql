-- Communes that plans name, with the standard they hold and the criteria they meet at a month.
select
    target_unit.target_year,
    target_unit.standard,
    target_unit.kind,
    target_unit.unit_code,
    months.name,
    months.district_name,
    target_unit.document,
    months.standard as standard_now,
    months.criteria_met,
    months.criteria_total,
    months.is_count_known,
    months.unmet,
    file.is_illustrative,
    file.path,
    target_unit.sheet,
    target_unit.cell,
    target_unit.source_id
from target_unit
inner join mart_commune_month as months
    on target_unit.unit_code = months.unit_code and months.period_end = $month
left join source_file as file on target_unit.source_id = file.source_id and target_unit.sheet = file.sheet
where months.province_code = $province
order by target_unit.target_year, target_unit.standard, target_unit.kind, target_unit.unit_code
