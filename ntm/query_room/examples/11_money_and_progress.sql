-- vi: Vốn đã giao cho mỗi xã và số tiêu chí đạt ở tháng mới nhất có cả hai số liệu (biểu đồ điểm)
-- en: Money allocated to each commune and criteria met, at the newest month that tells both (scatter chart)
with both_told as (
    select
        standing.period_end,
        standing.name,
        standing.district_name,
        money.allocated_vnd_million,
        money.disbursed_vnd_million,
        standing.criteria_met
    from mart_commune_month as standing
    join mart_commune_map as money using (unit_code, period_end)
    where standing.is_count_known
        and money.allocated_vnd_million is not null
)

select *
from both_told
where period_end = (select max(period_end) from both_told)
order by allocated_vnd_million desc
