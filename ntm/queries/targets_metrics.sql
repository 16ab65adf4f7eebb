-- What a district or province has reached of each metric at a month.
select metric, value, units, ntm_units
from mart_metric_month
where unit_code = $unit and period_end = $month
order by metric
