-- Districts of a province in force at a month with what they are ranked by, and the same at the month $earlier (null:
-- none). Counts of the earlier month stand in columns then_… and are empty where it counts with another criteria set.
with units as (
    select
        unit_code,
        name,
        kind,
        valid_from
    from admin_unit
    where level = 'district'
        and province_code = $province
        and $month between valid_from and coalesce(valid_to, date '9999-12-31')
)

select
    units.unit_code,
    units.name,
    units.kind,
    coalesce(now.communes, 0) as communes,
    now.set_code,
    set_now.criterion_count as criteria_total,
    coalesce(now.known_communes, 0) as known_communes,
    coalesce(now.not_reporting_communes, 0) as not_reporting_communes,
    coalesce(now.stale_communes, 0) as stale_communes,
    now.ntm_communes,
    now.nang_cao_communes,
    now.criteria_met_sum,
    now.communes_below_15,
    earlier.period_end as then_month,
    earlier.communes as then_communes,
    earlier.known_communes as then_known_communes,
    earlier.ntm_communes as then_ntm_communes,
    earlier.nang_cao_communes as then_nang_cao_communes,
    earlier.criteria_met_sum as then_criteria_met_sum,
    earlier.communes_below_15 as then_communes_below_15
from units
left join mart_district_month as now
    on units.unit_code = now.unit_code and now.level = 'district' and now.period_end = $month
left join criteria_set as set_now on now.set_code = set_now.set_code
left join mart_district_month as earlier
    on units.unit_code = earlier.unit_code
    and earlier.level = 'district'
    and earlier.period_end = $earlier
    and earlier.period_end >= units.valid_from
    and now.set_code = earlier.set_code
order by units.unit_code
