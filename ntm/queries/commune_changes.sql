-- What changed in each commune since an earlier month: standard, and criteria where both months are under one set.
select
    now.unit_code,
    now.name,
    now.district_name,
    before.standard as standard_before,
    now.standard,
    case when now.set_code = before.set_code then before.criteria_met end as criteria_before,
    now.criteria_met,
    case
        when now.set_code = before.set_code and now.is_count_known and before.is_count_known
            then now.criteria_met - before.criteria_met
    end as criteria_change,
    now.set_code != before.set_code as is_other_set
from mart_commune_month as now
inner join mart_commune_month as before
    on now.unit_code = before.unit_code and before.period_end = $earlier
where now.province_code = $province
    and now.period_end = $month
    and ($district is null or now.district_code = $district)
order by now.unit_code
