-- vi: Xã nào chỉ còn thiếu một hoặc hai tiêu chí để đủ bộ tiêu chí, mà chưa được công nhận?
-- en: Which communes lack only one or two criteria of their set and are not recognised yet?
select
    period_end,
    district_name,
    name,
    criteria_met,
    criteria_total,
    array_to_string(unmet, ', ') as unmet_criteria,
    standard
from mart_commune_month
where is_count_known
    and criteria_not_met between 1 and 2
    and standard = 'none'
order by period_end desc, criteria_not_met, district_name, name
