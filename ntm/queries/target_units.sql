-- Communes that plans name, with the standard they hold and the criteria they meet at a month: of the NTM set in use, and
-- of a set of the standard named where there is a report under one.
with own as (
    select
        result.unit_code,
        criteria_set.standard,
        result.set_code,
        result.period_end,
        count(*) filter (where result.outcome = 'met') as met,
        list_sort(list(result.criterion_no) filter (where result.outcome = 'not_met')) as unmet,
        list_sort(list(result.criterion_no) filter (where result.outcome = 'unknown')) as unknown
    from criterion_result as result
    inner join criteria_set using (set_code)
    where result.value_kind = 'actual' and criteria_set.standard != 'ntm' and result.period_end <= $month
    group by result.unit_code, criteria_set.standard, result.set_code, result.period_end
    qualify row_number() over (
        partition by result.unit_code, criteria_set.standard order by result.period_end desc, result.set_code desc
    ) = 1
)

select
    target_unit.target_year,
    target_unit.standard,
    target_unit.kind,
    target_unit.unit_code,
    months.name,
    months.district_code,
    months.district_name,
    target_unit.document,
    months.standard as standard_now,
    months.set_code,
    months.criteria_met,
    months.criteria_total,
    months.is_count_known,
    months.unmet,
    months.unknown,
    own.set_code as own_set_code,
    own.period_end as own_report,
    own.met as own_met,
    own.unmet as own_unmet,
    own.unknown as own_unknown,
    file.is_illustrative,
    file.path,
    target_unit.sheet,
    target_unit.cell,
    target_unit.source_id
from target_unit
inner join mart_commune_month as months
    on target_unit.unit_code = months.unit_code and months.period_end = $month
left join own on target_unit.unit_code = own.unit_code and target_unit.standard = own.standard
left join source_file as file on target_unit.source_id = file.source_id and target_unit.sheet = file.sheet
where months.province_code = $province
order by target_unit.target_year, target_unit.standard, target_unit.kind, target_unit.unit_code
