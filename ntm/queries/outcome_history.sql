-- What the communes of a province reported of each criterion, all months and sets of NTM; what no report tells has no row.
-- A code is used again after 1 July 2025: valid_from tells the units of one code apart.
select
    result.unit_code,
    unit.valid_from,
    unit.district_code,
    result.set_code,
    result.period_end,
    result.criterion_no,
    result.outcome
from criterion_result as result
inner join admin_unit as unit
    on result.unit_code = unit.unit_code
    and result.period_end between unit.valid_from and coalesce(unit.valid_to, date '9999-12-31')
inner join criteria_set on result.set_code = criteria_set.set_code
where unit.province_code = $province
    and unit.level = 'commune'
    and unit.is_rural_commune
    and criteria_set.standard = 'ntm'
    and result.value_kind = 'actual'
    and result.criterion_no similar to '[0-9]+'
order by result.unit_code, unit.valid_from, result.set_code, result.period_end, result.criterion_no::integer
