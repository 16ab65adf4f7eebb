-- vi: Mỗi huyện có bao nhiêu xã đạt chuẩn nông thôn mới trên tổng số xã, ở cuối mỗi năm?
-- en: How many communes of each district hold the standard, of how many, at the end of each year?
select
    name,
    period_end,
    ntm_communes,
    communes,
    not_reporting_communes
from mart_district_month
where level = 'district'
    and (month(period_end) = 12 or period_end = (select max(period_end) from mart_district_month))
order by name, period_end
