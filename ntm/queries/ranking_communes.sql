-- Communes of a province at a month with their count of criteria, and that of the month $earlier (null: none), which is
-- empty where it counts with another criteria set.
select
    now.unit_code,
    now.name,
    now.district_code,
    now.district_name,
    district.kind,
    now.set_code,
    now.criteria_total,
    case when now.is_count_known then now.criteria_met end as criteria_met,
    now.last_report,
    now.months_since_report,
    now.is_stale,
    now.standard,
    earlier.period_end as then_month,
    case when earlier.is_count_known then earlier.criteria_met end as then_criteria_met,
    coalesce(earlier.is_stale, false) as then_is_stale
from mart_commune_month as now
left join admin_unit as unit
    on now.unit_code = unit.unit_code
    and $month between unit.valid_from and coalesce(unit.valid_to, date '9999-12-31')
left join admin_unit as district
    on now.district_code = district.unit_code
    and district.level = 'district'
    and $month between district.valid_from and coalesce(district.valid_to, date '9999-12-31')
left join mart_commune_month as earlier
    on now.unit_code = earlier.unit_code
    and earlier.period_end = $earlier
    and earlier.period_end >= unit.valid_from
    and now.set_code = earlier.set_code
where now.province_code = $province and now.period_end = $month
order by now.unit_code
