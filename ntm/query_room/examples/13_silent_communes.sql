-- vi: Xã nào lâu không báo cáo nhất?
-- en: Which communes have not reported for the longest time?
select
    district_name,
    name,
    last_report,
    months_since_report,
    is_stale,
    criteria_met,
    criteria_unknown
from mart_commune_month
where period_end = (select max(period_end) from mart_commune_month)
order by months_since_report desc nulls first, district_name, name
limit 100
