-- Communes of a province month by month: masks of the criteria not met and not told at the latest report (bit n is criterion
-- n), that report, and the standard held. Months after the one looked at are not shown.
select
    months.unit_code,
    map.valid_from,
    months.name,
    months.district_code,
    months.district_name,
    months.period_end,
    months.set_code,
    months.criteria_total,
    map.unmet_mask,
    map.unknown_mask,
    months.last_report,
    months.standard
from mart_commune_month as months
inner join mart_commune_map as map
    on months.unit_code = map.unit_code and months.period_end = map.period_end
where months.province_code = $province and months.period_end <= $month
order by months.unit_code, months.period_end
