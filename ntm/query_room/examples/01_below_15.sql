-- vi: Xã nào còn ít tiêu chí nhất, và còn thiếu tiêu chí nào?
-- en: Which communes meet the fewest criteria, and which do they lack?
select
    district_name,
    name,
    criteria_met,
    criteria_total,
    criteria_unknown,
    array_to_string(unmet, ', ') as unmet_criteria,
    last_report
from mart_commune_month
where period_end = (select max(period_end) from mart_commune_month)
    and is_count_known
order by criteria_met, district_name, name
limit 30
